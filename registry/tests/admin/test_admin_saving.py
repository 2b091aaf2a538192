"""Saving in the admin: one batch of one change, nothing without a version, and refusals that lose no word."""

import pytest
from django.contrib.admin.models import LogEntry

from registry import ledger
from registry.models import Change, Citation, Project, Region, Source, State
from registry.tests.admin.forms import edited, fields, list_url, row, sign_in, url
from registry.tests.make import (
    make_initiative,
    make_organisation,
    make_project,
    make_region,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
CITATIONS = "registry-citation-entry_type-entry_code"


def test_an_edit_with_relations_and_rows_is_one_change_with_before_and_after():
    client, project = sign_in(), make_project(title="Old", status="ongoing")
    baku, body, source = make_region(title="Baku"), make_organisation(), make_source()
    page = client.get(url(project))
    values = edited(page, title="New", status="completed", regions=[baku.pk], reason="The source was corrected")
    values |= row(values, CITATIONS, source=source.pk, locator="table 2", fields=["title", "status"])
    values |= row(values, "participations", organisation=body.pk, role="funding")
    count = Change.objects.count()
    response = client.post(url(project), values)
    assert response.status_code == 302, response.context and response.context["errors"]
    assert Change.objects.count() == count + 1
    change = Change.objects.of(project.pk).first()
    assert (change.by, change.reason, change.action) == (client.user, "The source was corrected", "edited")
    assert change.before == {
        "title": "Old",
        "status": "ongoing",
        "regions": [],
        "participations": [],
        "citations": change.before["citations"],
    }
    assert change.after["regions"] == [baku.pk]
    assert change.after["participations"] == [{"organisation": body.pk, "role": "funding"}]
    cited = {"source": source.pk, "locator": "table 2", "fields": ["status", "title"], "note": ""}
    assert cited in change.after["citations"]
    assert len(change.before["citations"]) == 1
    assert not LogEntry.objects.exists()


def test_a_new_record_gets_its_code_and_its_rows_in_one_change():
    client, source = sign_in(), make_source()
    add = list_url(Project) + "add/"
    values = fields(client.get(add), "project_form") | {
        "title": "A new bridge",
        "heritage_types": ["monument", "urban"],
    }
    values |= {f"{CITATIONS}-0-source": source.pk, f"{CITATIONS}-0-locator": "page 3"}
    response = client.post(add, values | {"_continue": "1"})
    assert response.status_code == 302, response.context and response.context["errors"]
    project = Project.objects.get(title="A new bridge")
    assert response.url == url(project)
    assert (project.state, project.heritage_types) == (State.DRAFT, ["monument", "urban"])
    change = Change.objects.of(project.pk).get()
    assert (change.action, change.after["citations"][0]["locator"]) == ("created", "page 3")


def test_a_save_without_a_version_is_refused_and_stores_nothing():
    client, project = sign_in(), make_project(title="Kept")
    values = edited(client.get(url(project)), title="Lost")
    for version in ("", "abc", "9" * 30, "٣"):
        response = client.post(url(project), values | {"version": version})
        assert response.status_code == 400
        assert "does not say which version it started from" in response.content.decode()
    del values["version"]
    assert client.post(url(project), values).status_code == 400
    assert Project.objects.get(pk=project.pk).title == "Kept"


def test_a_save_that_changes_nothing_leaves_no_change():
    client, project = sign_in(), make_project(regions=[make_region()])
    response = client.post(url(project), edited(client.get(url(project))), follow=True)
    assert "Nothing was changed." in response.content.decode()
    assert Change.objects.of(project.pk).count() == 1


def test_publishing_without_a_citation_is_refused_in_words_and_keeps_what_was_typed():
    client, project = sign_in(), make_project(state=State.DRAFT)
    response = client.post(url(project), edited(client.get(url(project)), title="Typed just now", _publish="1"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "It cites no published source with a locator." in page
    assert "Typed just now" in page
    assert Project.objects.get(pk=project.pk).state == State.DRAFT
    assert Change.objects.of(project.pk).count() == 1


def test_save_and_publish_lets_the_public_read_it():
    client, source = sign_in(), make_source()
    project = make_project(state=State.DRAFT, citations=[Citation(source=source, locator="page 1")])
    client.post(url(project), edited(client.get(url(project)), title="Ready", _publish="1"))
    project.refresh_from_db()
    assert (project.state, project.title) == (State.PUBLISHED, "Ready")
    assert Change.objects.of(project.pk).first().action == "published"


def test_a_save_is_told_once_with_who_reads_it_and_the_way_back():
    client, draft, project = sign_in(), make_project(state=State.DRAFT), make_project()
    said = [
        [str(message) for message in client.post(url(entry), typed, follow=True).context["messages"]]
        for entry in (draft, project)
        for typed in [edited(client.get(url(entry)), summary="New words", _save="1")]
    ]
    assert [len(told) for told in said] == [1, 1]
    assert f"{draft.pk} is kept as “Draft”" in said[0][0] and f'href="{url(draft)}"' in said[0][0]
    assert f"{project.pk} is published" in said[1][0] and f'href="/projects/{project.pk}/"' in said[1][0]


def test_a_rule_of_the_ledger_comes_back_on_the_form_with_everything_typed():
    client, project, source = sign_in(), make_project(), make_source()
    values = edited(client.get(url(project)), summary="Typed with care")
    values |= row(values, CITATIONS, source=source.pk, locator="page 9")
    values |= row(values, CITATIONS, source=source.pk, locator="page 9")
    response = client.post(url(project), values)
    page = response.content.decode()
    assert response.status_code == 200
    assert "This place in this source is cited already." in page
    assert "Typed with care" in page and page.count("page 9") == 2


def test_a_reason_that_cannot_be_read_comes_back_with_everything_typed():
    client, project = sign_in(), make_project(title="Old")
    values = edited(client.get(url(project)), title="Typed with care", reason="un\u202eseen")
    response = client.post(url(project), values)
    again = edited(response)
    assert "invisible character" in response.content.decode()
    assert (again["title"], again["reason"]) == (["Typed with care"], ["un\u202eseen"])
    assert Project.objects.get(pk=project.pk).title == "Old"


def test_a_citation_that_is_ticked_off_is_gone_and_the_others_keep_their_place():
    client, source = sign_in(), make_source()
    project = make_project(citations=[Citation(source=source, locator=f"page {n}") for n in (1, 2, 3)])
    kept = project.citations.get(locator="page 3").pk
    client.post(url(project), edited(client.get(url(project))) | {f"{CITATIONS}-1-DELETE": "on"})
    assert [c.locator for c in project.citations.all()] == ["page 1", "page 3"]
    assert project.citations.get(locator="page 3").pk == kept


def test_other_names_are_rows_that_need_no_script():
    client, region = sign_in(), make_region(other_names=[{"name": "Bakı", "language": "az", "note": ""}])
    values = edited(client.get(url(region)))
    assert values["other_names-name"] == ["Bakı", "", "", ""]
    values["other_names-name"][1], values["other_names-language"][1] = "Баку", "ru"
    client.post(url(region), values)
    assert [name["name"] for name in Region.objects.get(pk=region.pk).other_names] == ["Bakı", "Баку"]


def test_hashtags_and_links_are_typed_freely():
    client, initiative = sign_in(), make_initiative()
    typed = {"hashtags": "#EvdeQal, MuseumFromHome", "links": "https://example.org/a\nhttps://example.org/b"}
    client.post(url(initiative), edited(client.get(url(initiative)), **typed))
    initiative.refresh_from_db()
    assert initiative.hashtags == ["EvdeQal", "MuseumFromHome"]
    assert initiative.links == ["https://example.org/a", "https://example.org/b"]


def test_a_statement_names_the_records_it_is_about_and_an_unknown_code_is_named():
    client, statement, region = sign_in(), make_statement(state=State.DRAFT), make_region()
    values = edited(client.get(url(statement)), about=[region.pk, "PRJ-9999", "prj-0001"])
    page = client.post(url(statement), values).content.decode()
    assert "There is no record PRJ-9999, prj-0001." in page
    client.post(url(statement), values | {"about": [region.pk]})
    statement.refresh_from_db()
    assert statement.about == [region.pk]


def test_a_bad_date_is_explained_with_examples():
    client, source = sign_in(), make_source()
    page = client.post(url(source), edited(client.get(url(source)), dates="5 December")).content.decode()
    assert "is not a date the register can read" in page and "2020-11-20?" in page
    assert Source.objects.get(pk=source.pk).dates == ""


def test_the_list_saves_what_was_touched_and_only_that():
    client = sign_in()
    first, second = make_project(title="First", status="ongoing"), make_project(title="Second", status="ongoing")
    values = fields(client.get(list_url(Project)), "changelist-form")
    rows = {values[f"form-{n}-code"][0]: n for n in range(2)}
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        second.status = "completed"
        batch.save(second, expected=second.version)
    values[f"form-{rows[first.pk]}-status"] = "suspended"
    response = client.post(list_url(Project), values | {"_save": "1"})
    assert response.status_code == 302
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.status, second.status) == ("suspended", "completed")
    assert Change.objects.of(first.pk).first().by == client.user


def test_a_title_that_is_pasted_into_the_list_with_a_line_break_is_one_line():
    client, project = sign_in(), make_project(title="Old mill")
    values = fields(client.get(list_url(Project)), "changelist-form") | {"_save": "1"}
    assert client.post(list_url(Project), values).status_code == 302
    assert Change.objects.of(project.pk).count() == 1  # nothing was touched
    client.post(list_url(Project), values | {"form-0-title": "Old mill\r\nat the river"})
    assert Project.objects.get(pk=project.pk).title == "Old mill at the river"


def test_a_list_edited_in_place_is_one_batch_that_one_undo_takes_back():
    client, projects = sign_in(), [make_project(status="ongoing") for _n in range(3)]
    values = fields(client.get(list_url(Project)), "changelist-form") | {"_save": "1"}
    client.post(list_url(Project), values | {f"form-{n}-status": "suspended" for n in range(3)})
    batch = {Change.objects.of(project.pk).first().batch for project in projects}
    assert len(batch) == 1
    assert Change.objects.filter(batch__in=batch, reason="No reason given", by=client.user).count() == 3
    client.post(f"/admin/batches/{batch.pop()}/undo/")
    assert {project.status for project in Project.objects.all()} == {"ongoing"}


def test_one_refused_row_of_the_list_takes_all_rows_back():
    client, projects = sign_in(), [make_project(status="ongoing") for _n in range(3)]
    values = fields(client.get(list_url(Project)), "changelist-form") | {"_save": "1", "form-2-version": ""}
    page = client.post(list_url(Project), values | {f"form-{n}-status": "suspended" for n in range(3)})
    assert [fields(page, "changelist-form")[f"form-{n}-status"] for n in range(3)] == [["suspended"]] * 3
    assert {project.status for project in Project.objects.all()} == {"ongoing"}
    assert Change.objects.filter(entry_type="project").count() == len(projects)


def test_a_row_of_the_list_that_somebody_else_changed_is_shown_again_and_saved_on_demand():
    client, project = sign_in(), make_project(status="ongoing")
    values = fields(client.get(list_url(Project)), "changelist-form") | {"form-0-status": "suspended", "_save": "1"}
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        project.status = "completed"
        batch.save(project, expected=project.version)
    response = client.post(list_url(Project), values)
    assert "changed by somebody else meanwhile. It now holds: Status: Completed" in response.content.decode()
    assert Project.objects.get(pk=project.pk).status == "completed"
    again = fields(response, "changelist-form")
    assert again["form-0-status"] == ["suspended"]
    assert client.post(list_url(Project), again | {"_save": "1"}).status_code == 302
    assert Project.objects.get(pk=project.pk).status == "suspended"


def test_a_list_row_without_a_version_is_refused():
    client, project = sign_in(), make_project(status="ongoing")
    values = fields(client.get(list_url(Project)), "changelist-form") | {"form-0-status": "suspended", "_save": "1"}
    response = client.post(list_url(Project), values | {"form-0-version": ""})
    assert "does not say which version it started from" in response.content.decode()
    assert Project.objects.get(pk=project.pk).status == "ongoing"
