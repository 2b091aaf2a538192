"""What is typed and not saved: kept for its editor alone, offered again, restored by the server, dropped once saved."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from registry import ledger
from registry.models import Project, Scratch, Site, State
from registry.tests.admin.forms import edited, fields, list_url, row, sign_in, url
from registry.tests.make import make_project, make_region, make_source

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def typed_in(client, project, **changes):
    """The fields of the form with something typed, kept by the server and not saved."""
    values = edited(client.get(url(project)), **changes)
    answer = client.post(url(project, "scratch"), urlencode(values, doseq=True), content_type=FORM)
    assert answer.status_code == 200 and answer.json()["saved_at"]
    return values


def test_what_was_typed_is_offered_compared_and_restored_with_its_rows_and_nothing_is_saved_by_that():
    client, baku, source = sign_in("Editors"), make_region(title="Baku"), make_source(title="The report")
    project = make_project(title="Before", state="draft")
    values = fields(client.get(url(project)), "project_form")
    cited = row(values, "registry-citation-entry_type-entry_code", source=source.pk, locator="page 4")
    typed_in(client, project, title="Half a tit", regions=baku.pk, **cited)
    page = client.get(url(project))
    said = page.content.decode()
    assert "and did not save it" in said and "Half a tit" in said and "page 4" in said and f"Baku ({baku.pk})" in said
    assert fields(page, "project_form")["title"] == ["Before"]
    restored = client.get(url(project) + "?restore=1")
    form = fields(restored, "project_form")
    assert (form["title"], form["regions"]) == (["Half a tit"], [baku.pk])
    assert form["registry-citation-entry_type-entry_code-0-locator"] == ["page 4"]
    assert Project.objects.get(pk=project.pk).title == "Before"
    client.post(url(project), form | {"reason": "Now it is done"})
    stored = Project.objects.get(pk=project.pk)
    assert (stored.title, stored.regions.get(), stored.citations.get().locator) == ("Half a tit", baku, "page 4")
    assert not Scratch.objects.exists() and "did not save it" not in client.get(url(project)).content.decode()


def test_a_new_record_has_one_scratch_draft_a_noun_and_what_cannot_be_read_yet_is_kept_as_it_is():
    client, address = sign_in("Contributors"), list_url(Project) + "add/"
    for title in ("First", "Second"):
        body = f"title={title}&dates=in the twent"
        assert client.post(list_url(Project) + "scratch/", body, content_type=FORM).status_code == 200
    assert Scratch.objects.get().typed["title"] == ["Second"]
    said = client.get(address).content.decode()
    assert "Second" in said and "in the twent" in said
    form = fields(client.get(address + "?restore=1"), "project_form")
    assert (form["title"], form["dates"]) == (["Second"], ["in the twent"])
    client.post(list_url(Project) + "scratch/", "_drop=1", content_type=FORM)
    assert not Scratch.objects.exists()


def test_restoring_over_a_version_that_somebody_else_saved_meets_the_conflict_page():
    client, project = sign_in("Editors"), make_project(title="Before")
    typed_in(client, project, title="Mine")
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        project.title = "Theirs"
        batch.save(project, expected=project.version)
    assert "Somebody has saved the record since" in client.get(url(project)).content.decode()
    answer = client.post(url(project), fields(client.get(url(project) + "?restore=1"), "project_form"))
    assert answer.status_code == 409 and Project.objects.get(pk=project.pk).title == "Theirs"
    assert Scratch.objects.exists()
    client.post(url(project, "conflict"), fields(answer) | {"keep-title": "mine"})
    assert Project.objects.get(pk=project.pk).title == "Mine" and not Scratch.objects.exists()


def test_a_row_that_somebody_else_took_away_comes_back_with_what_was_typed():
    client, project = sign_in("Editors"), make_project(title="Before")
    typed_in(client, project, title="Mine")
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        batch.withdraw(project, expected=project.version, why="Doubtful")
        project.title = "Theirs"
        batch.save(project, expected=project.version, related={"citations": []})
    form = fields(client.get(url(project) + "?restore=1"), "project_form")
    prefix = "registry-citation-entry_type-entry_code"
    assert form[f"{prefix}-INITIAL_FORMS"] == ["0"] and form[f"{prefix}-0-locator"] == ["page 1"]


def test_an_exact_place_a_file_and_the_token_of_the_form_are_not_kept():
    client = sign_in("Publishers")
    page = client.get(list_url(Site) + "add/").content.decode()
    assert "exact_as_it_is exact_latitude exact_longitude" in page
    body = "title=A mound&exact_longitude=47.17&exact_latitude=41.19&csrfmiddlewaretoken=x&password=y&_save=1&upload=z"
    assert client.post(list_url(Site) + "scratch/", body, content_type=FORM).status_code == 200
    assert Scratch.objects.get().typed == {"title": ["A mound"]}


@pytest.mark.parametrize("group", ["Auditors", None], ids=["who may only read", "who is signed out"])
def test_nothing_is_kept_for(group, client):
    project = make_project(state="draft")
    client = sign_in(group) if group else client
    answer = client.post(url(project, "scratch"), "title=Mine", content_type=FORM)
    assert answer.status_code == (403 if group else 302) and not Scratch.objects.exists()
    assert not group or "data-autosave" not in client.get(url(project)).content.decode()


def test_nothing_is_kept_in_a_region_that_the_account_does_not_look_after():
    here, there = make_region(title="Here"), make_region(title="There")
    client = sign_in("Editors")
    client.user.regions.set([here])
    project = make_project(state="draft", regions=[there])
    answer = client.post(url(project, "scratch"), "title=Mine", content_type=FORM)
    assert answer.status_code in {403, 404} and not Scratch.objects.exists()


def test_another_editor_sees_nothing_of_it_and_a_lost_session_ends_at_the_form_with_the_offer():
    client, project = sign_in("Editors"), make_project(state="draft")
    values = typed_in(client, project, title="Only mine")
    assert "Only mine" not in sign_in("Editors").get(url(project)).content.decode()
    client.logout()
    lost = client.post(url(project), values)
    assert lost.status_code == 302 and url(project) in lost["Location"]
    client.force_login(client.user)
    assert "Only mine" in client.get(url(project)).content.decode()
    assert client.get(url(project, "scratch")).json()["user"] == client.user.pk


def test_a_form_is_too_large_above_a_megabyte():
    client, project = sign_in("Editors"), make_project(state="draft")
    answer = client.post(url(project, "scratch"), "summary=" + "x" * 1024 * 1024, content_type=FORM)
    assert answer.status_code == 413 and answer.json()["problem"] and not Scratch.objects.exists()


def test_a_scratch_draft_is_dropped_after_thirty_days():
    user = sign_in("Editors").user
    for days, code in ((31, "PRJ-0001"), (29, "PRJ-0002")):
        at = timezone.now() - timedelta(days=days)
        ledger.put(Scratch(by=user, entry_type="project", code=code, typed={"title": ["x"]}, saved_at=at))
    assert ledger.erase_expired().scratches == 1
    assert Scratch.objects.get().code == "PRJ-0002"


def test_a_form_without_its_token_says_that_the_text_is_kept():
    client = sign_in("Editors")
    client.handler.enforce_csrf_checks = True
    project = make_project(state=State.DRAFT)
    answer = client.post(url(project), {"title": "Mine"})
    assert answer.status_code == 403 and "What you typed is kept" in answer.content.decode()
    assert "What you typed" not in client.post("/api/nothing", {}).content.decode()
