"""Somebody who looks after some regions meets the drafts of others by no door of the admin."""

import pytest

from registry import ledger
from registry.models import Change, Citation, Project, State
from registry.tests.admin.forms import edited, list_url, sign_in, url
from registry.tests.make import make_event, make_project, make_region, make_source

pytestmark = pytest.mark.django_db
HIDDEN = "Citadel of elsewhere"


@pytest.fixture
def places():
    return make_region(title="Here", kind="country"), make_region(title="There", kind="country")


@pytest.fixture
def keeper(places):
    client = sign_in("Editors")
    client.user.regions.add(places[0])
    return client


@pytest.fixture
def hidden(places):
    return make_project(title=HIDDEN, regions=[places[1]], state=State.DRAFT)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/admin/registry/project/", id="list"),
        pytest.param("/admin/registry/project/?q=citadel", id="search"),
        pytest.param("/admin/registry/project/{code}/change/", id="form"),
        pytest.param("/admin/registry/project/{code}/history/", id="history"),
        pytest.param("/admin/registry/project/{code}/delete/", id="delete page"),
        pytest.param("/admin/records/?term=citadel", id="records while typing"),
        pytest.param(
            "/admin/autocomplete/?term=citadel&app_label=registry&model_name=funding&field_name=project",
            id="autocomplete",
        ),
        pytest.param("/admin/registry/change/", id="changes"),
        pytest.param("/admin/registry/change/{number}/change/", id="one change"),
        pytest.param("/admin/", id="desk"),
    ],
)
def test_a_draft_of_another_region_is_shown_by_no_page(keeper, hidden, address):
    number = Change.objects.of(hidden.pk).first().pk
    address = address.format(code=hidden.pk, number=number)
    assert HIDDEN in sign_in().get(address, follow=True).content.decode() or address == "/admin/"
    assert HIDDEN not in keeper.get(address, follow=True).content.decode()


def test_a_hidden_draft_is_changed_deleted_and_undone_by_nobody_else(keeper, hidden):
    batch = Change.objects.of(hidden.pk).first().batch
    keeper.post(url(hidden), edited(sign_in().get(url(hidden)), title="Taken over"))
    keeper.post(url(hidden, "delete"), {"confirmed": "1", f"version-{hidden.pk}": "1"})
    keeper.post(list_url(Project), {"action": "delete", "_selected_action": [hidden.pk], "confirmed": "1"})
    keeper.post(f"/admin/batches/{batch}/undo/")
    assert Project.objects.get(pk=hidden.pk).title == HIDDEN


def test_a_field_offers_and_takes_only_records_that_the_editor_sees(keeper, places):
    mine = make_project(title="Mine", regions=[places[0]], state=State.DRAFT)
    unseen = make_event(title="Hidden congress", region=places[1], state=State.DRAFT)
    page = keeper.get(url(mine))
    refused = keeper.post(url(mine), edited(page, event=unseen.pk))
    assert "Select a valid choice" in refused.content.decode()
    # What somebody else has entered there stays as it is.
    boss = sign_in()
    boss.post(url(mine), edited(boss.get(url(mine)), event=unseen.pk))
    kept = keeper.post(url(mine), edited(keeper.get(url(mine)), summary="In other words"))
    assert kept.status_code == 302 and Project.objects.get(pk=mine.pk).event == unseen


def test_no_record_leaves_the_regions_of_whoever_saves_it(keeper, places):
    mine = make_project(title="Mine", regions=[places[0]], state=State.DRAFT)
    moved = keeper.post(url(mine), edited(keeper.get(url(mine)), regions=[places[1].pk]))
    assert "Choose a place that you look after" in moved.content.decode()
    assert list(Project.objects.get(pk=mine.pk).regions.all()) == [places[0]]
    both = keeper.post(url(mine), edited(keeper.get(url(mine)), regions=[place.pk for place in places]))
    assert both.status_code == 302


def test_what_a_record_of_another_region_said_before_it_was_published_stays_with_those_who_looked_after_it(
    keeper, hidden
):
    boss = sign_in()
    boss.post(url(hidden), edited(boss.get(url(hidden)), summary="Known since yesterday", title="Citadel"))
    cited = Citation(source=make_source(), locator="page 1")
    with ledger.batch(by=boss.user, reason="Ready") as batch:
        hidden.refresh_from_db()
        batch.publish(hidden, expected=hidden.version, related={"citations": [cited]})
    page = keeper.get(url(hidden, "history")).content.decode()
    assert "Published" in page and HIDDEN not in page
    assert HIDDEN in boss.get(url(hidden, "history")).content.decode()
