"""Ways around the rules of the desk that somebody with an account might try; each of them leads nowhere."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from registry import ledger, planning
from registry.models import Change, Citation, Contact, Job, Project, Site, State, Statement
from registry.tests.admin.forms import edited, fields, list_url, row, sign_in, url
from registry.tests.make import make_project, make_protocol, make_region, make_site, make_source, make_user
from registry.tests.sheets import as_csv, imported, problems

pytestmark = pytest.mark.django_db
HIDDEN = "Citadel of elsewhere"


@pytest.fixture
def places():
    return make_region(title="Here"), make_region(title="There")


def keeper(here, group="Editors"):
    """Somebody who looks after one region."""
    client = sign_in(group)
    client.user.regions.add(here)
    return client


def saved(*records, **values):
    """The records with other values, saved together by somebody who may do everything; the batch."""
    with ledger.batch(by=make_user(), reason="Meanwhile") as batch:
        for record in records:
            stored = type(record).objects.get(pk=record.pk)
            for name, value in values.items():
                setattr(stored, name, value)
            batch.save(stored, expected=stored.version)
    return batch.id


def test_what_was_planned_is_not_published_with_words_of_somebody_who_may_not_publish():
    editor, contributor = sign_in("Editors"), sign_in("Contributors")
    draft = make_project(state=State.DRAFT, citations=[Citation(source=make_source(), locator="page 1")])
    plan = {"_plan": "1", "plan_at": "2990-01-01T10:00", "plan_zone": "UTC"}
    editor.post(url(draft), edited(editor.get(url(draft)), **plan))
    contributor.post(url(draft), edited(contributor.get(url(draft)), title="Words that nobody has read"))
    due = Project.objects.get().publish_at + timedelta(minutes=1)
    assert planning.publish_due(due) == [] and Project.objects.get().state == State.DRAFT
    assert "Since it was planned, somebody changed it" in Job.objects.get(by=editor.user).problem


def test_the_conflict_page_takes_no_record_out_of_the_regions_of_its_editor(places):
    editor, mine = keeper(places[0]), make_project(regions=[places[0]], state=State.DRAFT)
    typed = edited(editor.get(url(mine)), regions=[places[1].pk])
    saved(mine, title="Theirs")
    page = editor.post(url(mine), typed)
    answer = editor.post(url(mine, "conflict"), fields(page) | {"keep-regions": "mine"})
    assert "Choose a place that you look after" in answer.content.decode()
    assert list(mine.regions.all()) == [places[0]]


def test_a_sheet_takes_no_record_out_of_the_regions_of_whoever_brings_it(places):
    steward, mine = keeper(places[0], "Stewards"), make_project(regions=[places[0]], state=State.DRAFT)
    rows = ["code", "version", "regions"], [mine.pk, str(mine.version), places[1].pk]
    sheet = imported(as_csv(*rows), Project, by=steward.user)
    assert "outside the regions of your account" in str(problems(sheet))
    assert list(mine.regions.all()) == [places[0]]


def test_a_list_of_codes_names_and_takes_no_record_that_its_editor_does_not_see(places):
    editor, address = keeper(places[0]), "/admin/registry/statement/add/"
    hidden = make_project(title=HIDDEN, regions=[places[1]], state=State.DRAFT)
    said = {"title": "Words", "speaker": "A speaker", "verification": "reported", "about": [hidden.pk]}
    refused = editor.post(address, edited(editor.get(address), **said)).content.decode()
    assert f"There is no record {hidden.pk}" in refused and HIDDEN not in refused
    assert HIDDEN not in editor.get(f"{address}?about={hidden.pk}").content.decode()
    assert not Statement.objects.exists()
    # What somebody else has entered there stays as it is.
    boss = sign_in()
    boss.post(address, edited(boss.get(address), **said))
    statement = Statement.objects.get()
    editor.post(url(statement), edited(editor.get(url(statement)), title="In other words"))
    assert (Statement.objects.get().title, Statement.objects.get().about) == ("In other words", [hidden.pk])


def test_the_form_of_a_contact_names_and_takes_no_record_that_its_editor_does_not_see(places):
    editor, address = keeper(places[0]), "/admin/registry/contact/add/"
    hidden = make_project(title=HIDDEN, regions=[places[1]], state=State.DRAFT)
    assert HIDDEN not in editor.get(f"{address}?record={hidden.pk}").content.decode()
    typed = edited(editor.get(address), name="Somebody", expires_on="2099-01-01")
    refused = editor.post(address, typed | row(typed, "duties", code=hidden.pk)).content.decode()
    assert f"There is no record {hidden.pk}" in refused and HIDDEN not in refused
    assert not Contact.objects.exists()


def test_whoever_is_on_duty_reads_no_draft_of_other_regions(places):
    make_protocol(title="What to do elsewhere", regions=[places[1]], hazards=["flood"], state=State.DRAFT)
    address = f"/admin/duty/?hazard=flood&place={places[1].pk}"
    assert "What to do elsewhere" in sign_in("Contributors").get(address).content.decode()
    assert "What to do elsewhere" not in keeper(places[0], "Contributors").get(address).content.decode()


def test_what_an_undo_did_is_told_without_the_drafts_of_other_regions(places):
    mine = make_project(title="Mine", regions=[places[0]], state=State.DRAFT)
    hidden = make_project(title=HIDDEN, regions=[places[1]], state=State.DRAFT)
    batch = saved(mine, hidden, summary="Together")
    sign_in().post(f"/admin/batches/{batch}/undo/")
    shown = keeper(places[0]).get(f"/admin/batches/{batch}/").content.decode()
    assert shown.count(f'Mine <span class="quiet">{mine.pk}') == 1
    assert HIDDEN not in shown and hidden.pk not in shown


@pytest.mark.parametrize(("group", "shown"), [("Editors", "10km"), ("Publishers", "exact")])
def test_no_place_is_shown_more_exactly_by_changing_many_at_once(group, shown):
    client = sign_in(group)
    site = make_site(heritage_types=["archaeological_site"], exact=("47.171234", "41.191234"))
    asked = {"action": "set_field", "_selected_action": [site.pk], "field": "precision_chosen"}
    asked |= {"operation": "set", "_preview": "1", "precision_chosen": "exact"}
    client.post(list_url(Site), fields(client.post(list_url(Site), asked)))
    assert Site.objects.get(pk=site.pk).precision == shown


def test_nobody_takes_away_their_own_second_step_without_their_password_or_widens_their_own_regions(places):
    boss = keeper(places[0], "Administrators")
    Authenticator.objects.create(user=boss.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    page = f"/admin/registry/user/{boss.user.pk}/"
    assert boss.post(f"{page}factors/").url == "/accounts/second-step/"
    boss.post(f"{page}change/", edited(boss.get(f"{page}change/"), first_name="Leyla", regions=[]))
    boss.user.refresh_from_db()
    assert boss.user.first_name == "Leyla" and list(boss.user.regions.all()) == [places[0]]
    assert Authenticator.objects.filter(user=boss.user).exists()


def test_a_number_too_long_to_be_read_is_no_proposal():
    assert sign_in("Contributors").post("/admin/review/mine/", {"proposal": "9" * 5000}).status_code == 404
    assert not Change.objects.exists()
