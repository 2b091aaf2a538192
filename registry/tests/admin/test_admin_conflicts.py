"""Two editors on one record: the second meets before, theirs and mine, and nothing is lost."""

import pytest

from registry import ledger
from registry.models import Change, Citation, Project, ProjectParticipation, State
from registry.tests.admin.forms import edited, fields, row, sign_in, url
from registry.tests.make import make_organisation, make_project, make_region, make_source

pytestmark = pytest.mark.django_db
CITATIONS = "registry-citation-entry_type-entry_code"


def meanwhile(project, related=None, **changes):
    stored = Project.objects.get(pk=project.pk)
    for name, value in changes.items():
        setattr(stored, name, value)
    with ledger.batch(by=None, reason="Somebody was faster") as batch:
        batch.save(stored, expected=stored.version, related=related)


def choices(response):
    return {choice.name: choice for choice in response.context["choices"]}


def test_the_second_save_meets_all_three_sides_and_stores_nothing():
    client, project = sign_in(), make_project(title="Before", status="ongoing")
    values = edited(client.get(url(project)), title="Mine", reason="My reason")
    meanwhile(project, title="Theirs")
    response = client.post(url(project), values)
    assert response.status_code == 409
    choice = choices(response)["title"]
    assert (choice.before, choice.theirs, choice.mine) == (["Before"], ["Theirs"], ["Mine"])
    assert choice.both and choice.keep_mine
    assert "My reason" in response.content.decode()
    assert Project.objects.get(pk=project.pk).title == "Theirs"


def test_what_only_one_side_changed_is_taken_from_that_side():
    client, project, baku = sign_in(), make_project(title="Before", status="ongoing"), make_region(title="Baku")
    values = edited(client.get(url(project)), title="Mine")
    meanwhile(project, status="completed", related={"regions": [baku]})
    page = client.post(url(project), values)
    shown = choices(page)
    assert {name: choice.keep_mine for name, choice in shown.items()} == {
        "title": True,
        "status": False,
        "regions": False,
    }
    assert shown["status"].theirs == ["Completed"] and shown["regions"].theirs == [f"Baku ({baku.pk})"]
    response = client.post(url(project, "conflict"), fields(page))
    assert response.status_code == 302
    project.refresh_from_db()
    assert (project.title, project.status, [r.pk for r in project.regions.all()]) == ("Mine", "completed", [baku.pk])
    change = Change.objects.of(project.pk).first()
    assert (change.by, change.before, change.after) == (client.user, {"title": "Before"}, {"title": "Mine"})


def test_rows_conflict_as_whole_lists_and_mine_can_win():
    client, project, source, body = sign_in(), make_project(), make_source(), make_organisation(title="A museum")
    values = edited(client.get(url(project)))
    values |= row(values, CITATIONS, source=source.pk, locator="page 7")
    theirs = [Citation(source=source, locator="page 8")]
    meanwhile(
        project,
        related={"citations": theirs, "participations": [ProjectParticipation(organisation=body, role="owner")]},
    )
    page = client.post(url(project), values)
    shown = choices(page)
    assert page.status_code == 409
    assert len(shown["citations"].mine) == 2 and len(shown["citations"].theirs) == 1
    assert shown["participations"].theirs == [f"A museum ({body.pk}) · Owner"]
    client.post(url(project, "conflict"), fields(page))
    assert {c.locator for c in project.citations.all()} == {"page 1", "page 7"}
    assert project.participations.count() == 1


def test_a_third_save_in_between_is_met_again():
    client, project = sign_in(), make_project(title="Before")
    values = edited(client.get(url(project)), title="Mine")
    meanwhile(project, title="Theirs")
    page = client.post(url(project), values)
    meanwhile(project, title="Theirs again")
    again = client.post(url(project, "conflict"), fields(page))
    assert again.status_code == 409
    choice = choices(again)["title"]
    assert (choice.before, choice.theirs, choice.mine) == (["Theirs"], ["Theirs again"], ["Mine"])
    assert client.post(url(project, "conflict"), fields(again)).status_code == 302
    assert Project.objects.get(pk=project.pk).title == "Mine"


def test_what_was_chosen_still_has_to_keep_the_rules():
    client, project = sign_in(), make_project(state=State.DRAFT)
    values = edited(client.get(url(project)), title="Mine", _publish="1")
    meanwhile(project, title="Theirs")
    page = client.post(url(project), values)
    response = client.post(url(project, "conflict"), fields(page))
    assert response.status_code == 409
    assert "It cites no published source with a locator." in response.content.decode()
    assert choices(response)["title"].mine == ["Mine"]
    assert Project.objects.get(pk=project.pk).state == State.DRAFT


def test_a_refused_reason_loses_neither_the_words_nor_the_choice():
    client, project = sign_in(), make_project(title="Before")
    values = edited(client.get(url(project)), title="Mine", summary="Mine too")
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        project.title = "Theirs"
        batch.save(project, expected=project.version)
    sent = fields(client.post(url(project), values)) | {"keep-title": "theirs", "reason": "un\u202eseen"}
    response = client.post(url(project, "conflict"), sent)
    again = fields(response)
    assert response.status_code == 409 and "invisible character" in response.content.decode()
    assert (again["keep-title"], again["keep-summary"], again["reason"]) == (["theirs"], ["mine"], ["un\u202eseen"])
    assert client.post(url(project, "conflict"), again | {"reason": "Both are right"}).status_code == 302
    project.refresh_from_db()
    assert (project.title, project.summary) == ("Theirs", "Mine too")


def test_what_travels_with_the_page_cannot_be_forged_or_borrowed():
    client, project, other = sign_in(), make_project(title="Before"), make_project(title="Other")
    values = edited(client.get(url(project)), title="Mine")
    meanwhile(project, title="Theirs")
    sent = fields(client.post(url(project), values))
    assert client.post(url(project, "conflict"), sent | {"carried": sent["carried"][0][:-2] + "zz"}).status_code == 400
    assert client.post(url(project, "conflict"), {}).status_code == 400
    assert client.post(url(other, "conflict"), sent).status_code == 400
    assert sign_in().post(url(project, "conflict"), sent).status_code == 400
    assert client.get(url(project, "conflict")).status_code == 405
    assert Project.objects.get(pk=project.pk).title == "Theirs"


def test_a_row_that_somebody_removed_meanwhile_is_a_conflict_and_not_an_error():
    client, source = sign_in(), make_source()
    project = make_project(
        citations=[Citation(source=source, locator="page 1"), Citation(source=source, locator="page 2")]
    )
    values = edited(client.get(url(project)), title="Mine")
    meanwhile(project, related={"citations": [Citation(source=source, locator="page 1")]})
    page = client.post(url(project), values)
    assert page.status_code == 409
    assert choices(page)["citations"].keep_mine is False
