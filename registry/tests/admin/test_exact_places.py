"""Where a site exactly is, in the admin: seen only by those who may, each look kept, and nowhere else told."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission

from registry import ledger
from registry.models import Change, Citation, ExactPlace, Look, PrivateChange, Site, State
from registry.tests.admin.forms import edited, fields, list_url, sign_in, url
from registry.tests.make import make_region, make_site, make_source

pytestmark = pytest.mark.django_db
EXACT = ("49.762577", "40.466733")
TYPED = {"longitude": "47.170012", "latitude": "41.204321"}


def page_of(site):
    return url(site, "exact-place")


def secret_site(**given):
    given = {"heritage_types": ["archaeological_site"], "exact": EXACT, "state": State.DRAFT} | given
    return make_site(title="Mound", **given)


def tells(response):
    text = response.content.decode()
    return any(degrees in text for degrees in ("49.762", "40.466"))


def sent(page, **typed):
    return fields(page, "exact-place-form") | typed


class TestAdding:
    def add(self, client, **typed):
        form = fields(client.get(list_url(Site) + "add/"), "site_form")
        return client.post(list_url(Site) + "add/", form | {"title": "A mound"} | typed)

    def test_the_exact_place_is_kept_with_the_new_site_in_one_change(self):
        client = sign_in("Contributors")
        exact = {"exact_longitude": EXACT[0], "exact_latitude": EXACT[1]}
        answer = self.add(client, heritage_types=["archaeological_site"], **exact)
        site = Site.objects.get()
        assert answer.status_code == 302 and (site.longitude, site.latitude) == (Decimal("49.75"), Decimal("40.45"))
        assert str(ExactPlace.objects.get(pk=site.pk).latitude) == EXACT[1]
        assert Change.objects.get(entry_code=site.pk).batch == PrivateChange.objects.get().batch

    def test_without_coordinates_no_exact_place_is_kept(self):
        assert self.add(sign_in("Contributors")).status_code == 302
        assert Site.objects.count() == 1 and not ExactPlace.objects.exists()

    @pytest.mark.parametrize(
        ("longitude", "latitude", "says"),
        [
            ("49.8", "", "A point needs longitude and latitude"),
            ("40.466733", "49.762577", "look swapped"),
            ("181", "40", "less than or equal to 180"),
            ("4_9", "40", "plain digits"),
        ],
    )
    def test_half_a_point_and_a_swapped_one_are_asked_about(self, longitude, latitude, says):
        answer = self.add(sign_in(), exact_longitude=longitude, exact_latitude=latitude)
        assert answer.status_code == 200 and says in answer.content.decode()
        assert not Site.objects.exists() and not ExactPlace.objects.exists()

    def test_a_point_that_is_right_although_it_looks_swapped_is_kept_when_somebody_says_so(self):
        client = sign_in()
        swapped = {"exact_longitude": "40.466733", "exact_latitude": "49.762577"}
        form = fields(self.add(client, **swapped), "site_form")
        client.post(list_url(Site) + "add/", form | {"exact_as_it_is": "on"})
        assert str(ExactPlace.objects.get().longitude) == "40.466733"

    def test_what_the_ledger_refuses_leaves_nothing_and_loses_nothing_that_was_typed(self):
        answer = self.add(sign_in(), exact_longitude=EXACT[0], exact_latitude=EXACT[1], _publish="1")
        assert "cites no published source" in answer.content.decode() and tells(answer)
        assert not Site.objects.exists() and not ExactPlace.objects.exists()


class TestTelling:
    @pytest.mark.parametrize("group", [None, "Contributors"])
    @pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
    def test_no_page_but_its_own_tells_where_a_site_is(self, group, state):
        site, client = secret_site(state=state), sign_in(group)
        client.post(url(site), edited(client.get(url(site)), summary="Another"))
        if group is None:
            client.post(page_of(site), sent(client.get(page_of(site)), longitude="49.762601"))
        number = Change.objects.of(site.pk).first().number
        for page in (
            *(url(site, name) for name in ("change", "history", "delete")),
            *(f"{list_url(Site)}?{query}" for query in ("", "q=mound", "q=49", "q=40.46", "precision__exact=10km")),
            "/admin/",
            f"/admin/registry/change/{number}/change/",
            "/admin/records/?term=mound",
            "/admin/autocomplete/?app_label=registry&model_name=observation&field_name=site&term=mound",
            f"{list_url(Site)}?longitude__gt=49",
            f"{list_url(Site)}?o=99",
        ):
            assert not tells(client.get(page, follow=True)), page
        assert group is None or not Look.objects.exists()

    def test_what_was_shown_exactly_is_not_told_by_the_history_once_it_is_a_secret(self):
        site = secret_site(heritage_types=[], state=State.PUBLISHED)
        assert tells(sign_in("Contributors").get(site.get_absolute_url()))
        publisher = sign_in("Publishers")
        publisher.post(url(site), edited(publisher.get(url(site)), precision_chosen="10km"))
        for name in ("change", "history"):
            assert not tells(sign_in("Contributors").get(url(site, name)))

    @pytest.mark.parametrize("page", ["look", "privatechange"])
    def test_the_lists_of_looks_and_private_changes_tell_names_and_no_values(self, page):
        site, client = secret_site(), sign_in()
        client.get(page_of(site))
        answer = client.get(f"/admin/registry/{page}/")
        assert site.pk in answer.content.decode() and not tells(answer)
        row = (Look if page == "look" else PrivateChange).objects.get()
        assert not tells(client.get(f"/admin/registry/{page}/{row.pk}/change/"))
        for group in ("Publishers", "Editors"):
            assert sign_in(group).get(f"/admin/registry/{page}/").status_code == 403
        assert client.get(f"/admin/registry/{page}/add/").status_code == 403
        assert client.post(f"/admin/registry/{page}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


class TestThePage:
    def test_each_look_is_kept_and_shows_both_points_and_the_private_history(self):
        site, client = secret_site(state=State.PUBLISHED), sign_in("Publishers")
        text = client.get(page_of(site)).content.decode()
        assert EXACT[0] in text and EXACT[1] in text and "40.45° N, 49.75° E (within 10 km)" in text
        assert "For a test" in text
        assert list(Look.objects.values_list("by", "what", "key")) == [(client.user.pk, "exact place", site.pk)]

    @pytest.mark.parametrize("group", ["Editors", "Contributors"])
    def test_who_may_only_enter_a_place_enters_one_unseen_and_once(self, group):
        client, site = sign_in(group), secret_site(exact=None)
        page = client.get(page_of(site))
        answer = client.post(page_of(site), sent(page, longitude=EXACT[0], latitude=EXACT[1], note="Behind the mill"))
        assert answer.url == url(site) and ExactPlace.objects.get(pk=site.pk).note == "Behind the mill"
        again = client.get(page_of(site))
        assert not tells(again) and b"Behind" not in again.content and b"exact-place-form" not in again.content
        late = client.post(page_of(site), sent(page, **TYPED))
        assert late.status_code == 409 and TYPED["latitude"] in late.content.decode() and not tells(late)
        assert client.post(page_of(site), {"_clear": "1", "version": "1"}).status_code == 403
        assert str(ExactPlace.objects.get(pk=site.pk).longitude) == EXACT[0] and not Look.objects.exists()

    def test_without_a_right_to_exact_places_the_page_is_refused(self):
        client, site = sign_in(is_superuser=False), secret_site()
        client.user.user_permissions.set(Permission.objects.filter(content_type__model="site"))
        for answer in (client.get(page_of(site)), client.post(page_of(site), TYPED | {"version": "1"})):
            assert answer.status_code == 403 and not tells(answer)
        assert "exact-place" not in client.get(url(site)).content.decode()
        assert "exact_longitude" not in client.get(list_url(Site) + "add/").content.decode()

    def test_an_account_with_regions_sees_no_exact_place_outside_them(self):
        here, there = make_region(title="Here"), make_region(title="There")
        client = sign_in("Publishers")
        client.user.regions.add(here)
        answers = [client.get(page_of(secret_site(region=place))) for place in (here, there)]
        assert [(answer.status_code, tells(answer)) for answer in answers] == [(200, True), (302, False)]
        assert Look.objects.count() == 1

    def test_of_what_the_public_reads_only_a_publisher_places_the_point(self):
        site = secret_site(exact=None, state=State.PUBLISHED)
        for group, status in (("Contributors", 403), ("Editors", 403), ("Publishers", 302)):
            assert sign_in(group).post(page_of(site), TYPED).status_code == status

    def test_a_publisher_moves_it_and_then_clears_it(self):
        client, site = sign_in("Publishers"), secret_site()
        client.post(page_of(site), sent(client.get(page_of(site)), **TYPED, reason="Measured again"))
        site.refresh_from_db()
        assert (site.longitude, site.latitude) == (Decimal("47.15"), Decimal("41.25"))
        cleared = client.post(page_of(site), fields(client.get(page_of(site)), "clear-form") | {"_clear": "1"})
        site.refresh_from_db()
        assert cleared.status_code == 302 and not site.is_drawn and not ExactPlace.objects.exists()
        assert "None is kept." in client.get(page_of(site)).content.decode()

    def test_the_second_editor_is_told_what_is_kept_and_keeps_what_was_typed(self):
        client, other, site = sign_in("Publishers"), sign_in("Publishers"), secret_site()
        mine = sent(client.get(page_of(site)), **TYPED, note="By the well", reason="My reason")
        theirs = sent(other.get(page_of(site)), longitude="51.5", note="By the sea")
        other.post(page_of(site), theirs)
        refused = client.post(page_of(site), mine)
        text = refused.content.decode()
        assert refused.status_code == 409 and "51.500000" in text and "By the sea" in text
        assert all(typed in text for typed in (*TYPED.values(), "By the well", "My reason"))
        assert str(ExactPlace.objects.get().longitude) == "51.500000"
        client.post(page_of(site), sent(refused))
        assert str(ExactPlace.objects.get().longitude) == TYPED["longitude"]

    def test_nobody_clears_what_they_have_not_seen(self):
        client, site = sign_in("Publishers"), secret_site()
        clearing = fields(client.get(page_of(site)), "clear-form") | {"_clear": "1"}
        client.post(page_of(site), sent(client.get(page_of(site)), **TYPED))
        for stale in (clearing, clearing | {"version": ""}):
            assert client.post(page_of(site), stale).status_code == 409
        assert ExactPlace.objects.exists()

    def test_a_swapped_point_is_asked_about_once(self):
        client, site = sign_in(), secret_site(exact=None)
        doubt = client.post(page_of(site), {"longitude": EXACT[1], "latitude": EXACT[0]})
        assert "look swapped" in doubt.content.decode() and not ExactPlace.objects.exists()
        client.post(page_of(site), sent(doubt, as_it_is="on"))
        assert str(ExactPlace.objects.get().latitude) == EXACT[0]


class TestWaysAround:
    def test_who_may_not_see_the_place_cannot_have_it_shown_more_exactly(self):
        client, site = sign_in("Contributors"), secret_site()
        form = edited(client.get(url(site)))
        for chosen in ("exact", "1km"):
            answer = client.post(url(site), form | {"precision_chosen": chosen})
            assert answer.status_code == 200 and not tells(answer)
        client.post(url(site), form | {"precision_chosen": "hidden"})
        site.refresh_from_db()
        assert (site.precision, site.is_drawn) == ("hidden", False)
        publisher = sign_in("Publishers")
        publisher.post(url(site), edited(publisher.get(url(site)), precision_chosen="exact"))
        site.refresh_from_db()
        assert (site.precision, str(site.longitude)) == ("exact", EXACT[0])

    def test_who_may_not_change_the_place_does_not_undo_its_move_nor_what_hid_it(self):
        site, publisher, editor = secret_site(heritage_types=[]), sign_in("Publishers"), sign_in("Editors")
        publisher.post(page_of(site), sent(publisher.get(page_of(site)), **TYPED))
        publisher.post(url(site), edited(publisher.get(url(site)), precision_chosen="hidden"))
        for change in Change.objects.of(site.pk)[:2]:
            assert editor.post(f"/admin/batches/{change.batch}/undo/").status_code == 403
            assert publisher.post(f"/admin/batches/{change.batch}/undo/").status_code == 302
        site.refresh_from_db()
        assert str(site.longitude) == EXACT[0]

    def test_private_changes_alone_are_not_undone_from_the_history_of_a_record(self):
        site, publisher = secret_site(), sign_in("Publishers")
        publisher.post(page_of(site), sent(publisher.get(page_of(site)), longitude="49.71"))
        batch = PrivateChange.objects.first().batch
        assert not Change.objects.filter(batch=batch).exists()
        assert sign_in("Contributors").post(f"/admin/batches/{batch}/undo/").status_code == 404
        assert str(ExactPlace.objects.get().longitude) == "49.710000"

    def test_a_conflict_shows_no_exact_place_and_gives_no_way_to_it(self):
        site, client, publisher = secret_site(exact=None, heritage_types=[]), sign_in("Editors"), sign_in("Publishers")
        mine = edited(client.get(url(site)), precision_chosen="exact")
        publisher.post(url(site), edited(publisher.get(url(site)), summary="Theirs"))
        conflict = client.post(url(site), mine)
        publisher.post(url(site), edited(publisher.get(url(site)), precision_chosen="10km"))
        with ledger.batch(by=None, reason="For a test") as batch:
            batch.keep(ExactPlace(pk=site.pk, longitude=Decimal(EXACT[0]), latitude=Decimal(EXACT[1])))
        again = client.post(url(site, "conflict"), fields(conflict) | {"keep-precision_chosen": "mine"})
        for _attempt in range(2):
            assert again.status_code == 409 and not tells(again)
            again = client.post(url(site, "conflict"), fields(again) | {"keep-precision_chosen": "mine"})
        assert Site.objects.get(pk=site.pk).precision == "10km"

    def test_deleting_a_draft_and_undoing_it_brings_the_place_back_unseen(self):
        site, editor = secret_site(citations=[Citation(source=make_source(), locator="1")]), sign_in("Editors")
        editor.post(url(site, "delete"), fields(editor.get(url(site, "delete"))))
        assert not Site.objects.exists() and not ExactPlace.objects.exists()
        batch = Change.objects.of(site.pk).first().batch
        answer = editor.post(f"/admin/batches/{batch}/undo/", follow=True)
        assert str(ExactPlace.objects.get(pk=site.pk).longitude) == EXACT[0] and not tells(answer)


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_the_point_of_a_site_that_is_not_public_yet_is_told_only_to_those_who_see_exact_places(state):
    site = secret_site(heritage_types=["monument"], state=state)
    assert str(site.longitude) == EXACT[0]  # by the rule it would be shown exactly, and nobody has decided that yet
    contributor = sign_in("Contributors")
    for page in (url(site), page_of(site), url(site, "history"), url(site, "preview")):
        shown = contributor.get(page)
        assert shown.status_code in {200, 403} and not tells(shown), page
    assert "The public sees nothing of it now" in contributor.get(url(site)).content.decode()
    typed = fields(contributor.get(url(site)), "site_form")
    assert not tells(contributor.post(url(site, "preview"), typed))
    publisher = sign_in("Publishers")
    assert tells(publisher.get(page_of(site))) and tells(publisher.get(url(site, "preview")))
