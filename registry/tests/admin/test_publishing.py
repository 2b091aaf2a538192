"""The way to the public in the admin: the list of what is missing, the plan, withdrawing, likely duplicates."""

from datetime import UTC, datetime

import pytest

from registry.models import Citation, Project, State
from registry.tests.admin.forms import edited, fields, list_url, row, sign_in, url
from registry.tests.make import make_draft, make_project, make_region, make_source

pytestmark = pytest.mark.django_db


def test_a_draft_shows_what_it_needs_with_the_way_to_each_field_and_a_published_record_does_not():
    client, bare = sign_in("Editors"), make_project(state=State.DRAFT, status="completed")
    page = client.get(url(bare)).content.decode()
    assert "Before it can be published" in page
    assert 'href="#registry-citation-entry_type-entry_code-group"' in page and 'href="#id_status"' in page
    assert 'id="registry-citation-entry_type-entry_code-group"' in page and 'id="id_status"' in page
    assert "Before it can be published" not in client.get(url(make_project())).content.decode()


def test_what_keeps_a_record_from_being_published_leads_to_its_field():
    client, record = (
        sign_in("Editors"),
        make_draft(citations=[Citation(source=make_source(), locator="1", fields=["title"])]),
    )
    page = client.post(url(record), edited(client.get(url(record)), status="completed", title="", _publish="1"))
    assert 'href="#id_title"' in page.content.decode()
    page = client.post(url(record), edited(client.get(url(record)), status="completed", _publish="1"))
    assert '<a href="#id_status">Status: No citation says' in page.content.decode()
    bare = make_project(state=State.DRAFT)
    page = client.post(url(bare), edited(client.get(url(bare)), _publish="1")).content.decode()
    assert '<a href="#registry-citation-entry_type-entry_code-group">' in page
    assert Project.objects.public().count() == 0


def test_a_draft_is_planned_in_the_zone_of_its_editor_and_the_plan_is_cancelled():
    client, record = sign_in("Editors"), make_draft()
    sent = edited(client.get(url(record)), plan_at="2199-03-01T10:00", plan_zone="Asia/Baku", _plan="1")
    page = client.post(url(record), sent, follow=True).content.decode()
    assert "It will be published on 2199-03-01 06:00 UTC." in page
    assert "planned for 2199-03-01 06:00 UTC" in client.get(list_url(Project)).content.decode()
    record.refresh_from_db()
    assert record.publish_at == datetime(2199, 3, 1, 6, tzinfo=UTC)
    page = client.get(url(record)).content.decode()
    assert "Planned for 2199-03-01 06:00 UTC." in page and "That is 2199-03-01 10:00 in Asia/Baku." in page
    client.post(url(record), edited(client.get(url(record)), _unplan="1"))
    record.refresh_from_db()
    assert (record.publish_at, record.state) == (None, State.DRAFT)


@pytest.mark.parametrize(
    "at, zone, words",
    [
        ("2001-01-01T10:00", "UTC", "still to come"),
        ("soon", "UTC", "Give the day and the time"),
        ("2199-03-01T10:00+04:00", "UTC", "Give the day and the time"),
        ("2199-03-01T10:00", "Mars", "Choose the time zone"),
        ("2035-10-28T02:30", "Europe/Paris", "Clocks in Europe/Paris are changed"),
    ],
    ids=["over", "no time", "two zones", "no zone", "twice"],
)
def test_a_time_that_is_none_is_refused_in_words_and_nothing_is_saved(at, zone, words):
    client, record = sign_in("Editors"), make_draft()
    sent = edited(client.get(url(record)), title="Another", plan_at=at, plan_zone=zone, _plan="1")
    assert words in client.post(url(record), sent).content.decode()
    stored = Project.objects.get(pk=record.pk)
    assert (stored.publish_at, stored.title) == (None, record.title)


def test_planning_warns_of_what_is_missing_and_needs_the_right_to_publish():
    client, bare = sign_in("Editors"), make_project(state=State.DRAFT)
    plan = {"plan_at": "2199-03-01T10:00", "plan_zone": "UTC", "_plan": "1"}
    page = client.post(url(bare), edited(client.get(url(bare))) | plan, follow=True).content.decode()
    assert "Until then it needs this: It cites no published source" in page
    contributor, other = sign_in("Contributors"), make_project(state=State.DRAFT)
    form = contributor.get(url(other))
    assert "plan_at" not in form.content.decode()
    assert contributor.post(url(other), edited(form) | plan).status_code == 403


def test_editors_publish_and_publishers_withdraw():
    editor, publisher, project = sign_in("Editors"), sign_in("Publishers"), make_project()
    assert "withdraw-form" not in editor.get(url(project)).content.decode()
    sent = {"action": "withdraw", "_selected_action": project.pk, "confirmed": "1", "reason": "x"}
    editor.post(list_url(Project), sent | {f"version-{project.pk}": project.version})
    assert Project.objects.get(pk=project.pk).is_public
    assert "withdraw-form" in publisher.get(url(project)).content.decode()
    question = publisher.post(list_url(Project), {"action": "withdraw", "_selected_action": project.pk})
    publisher.post(list_url(Project), fields(question) | {"reason": "Entered twice"})
    assert Project.objects.get(pk=project.pk).state == State.WITHDRAWN


def test_likely_duplicates_are_named_while_typing_and_after_saving_but_only_those_that_one_may_see():
    here, there = make_region(), make_region()
    known = make_project(title="Sheki Fortress Restoration")
    make_project(title="Sheki Fortress Restoration, secret", state=State.DRAFT, regions=[there])
    client = sign_in("Editors")
    client.user.regions.add(here)
    found = client.get(f"{list_url(Project)}likely/", {"title": "Restoration of Şəki fortress"}).json()["found"]
    assert found == [{"text": f"Sheki Fortress Restoration · {known.pk}", "url": url(known)}]
    assert client.get(
        f"{list_url(Project)}likely/", {"title": "Sheki Fortress Restoration", "besides": known.pk}
    ).json() == {"found": []}
    add = f"{list_url(Project)}add/"
    page = client.post(
        add, fields(client.get(add), "project_form") | {"title": "Sheki fortress restoration"}, follow=True
    )
    assert "It looks like:" in page.content.decode() and url(known) in page.content.decode()
    assert Project.objects.filter(title="Sheki fortress restoration").exists()


@pytest.mark.parametrize("title", ["a\0b c d", "x" * 5000, "' | & ! :*", "\u202e\u202e\u202e\u202e"])
def test_no_title_is_an_error_of_the_search_for_duplicates(title):
    assert sign_in().get(f"{list_url(Project)}likely/", {"title": title}).status_code in {200, 400}


def test_an_undo_of_a_publication_needs_the_right_to_withdraw():
    editor, record = sign_in("Editors"), make_draft()
    sent = edited(editor.get(url(record)), _publish="1")
    editor.post(url(record), sent)
    assert Project.objects.get(pk=record.pk).is_public
    assert "Undo this change" not in editor.get(url(record, "history")).content.decode().split("Created")[0]
    assert "Undo this change" in sign_in("Publishers").get(url(record, "history")).content.decode()


def test_a_mistake_in_a_row_leads_to_the_row():
    client, record = sign_in("Editors"), make_project(state=State.DRAFT)
    sent = edited(client.get(url(record)))
    sent |= row(sent, "registry-citation-entry_type-entry_code", locator="page 3")
    page = client.post(url(record), sent).content.decode()
    assert 'href="#id_registry-citation-entry_type-entry_code-0-source"' in page
