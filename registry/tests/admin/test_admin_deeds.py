"""Publishing, withdrawing, deleting and undoing in the admin: each asks first and leaves its change."""

import pytest

from registry.models import Change, Citation, Initiative, Project, State
from registry.tests.admin.forms import edited, fields, list_url, sign_in, url
from registry.tests.make import make_initiative, make_project, make_source

pytestmark = pytest.mark.django_db


def ask(client, model, action, *entries):
    return client.post(list_url(model), {"action": action, "_selected_action": [e.pk for e in entries]})


def carry_out(client, model, action, *entries, **given):
    return client.post(list_url(model), fields(ask(client, model, action, *entries)) | given, follow=True)


def test_publishing_asks_first_and_says_which_record_is_not_ready():
    client, source = sign_in(), make_source()
    ready = make_project(title="Ready", state=State.DRAFT, citations=[Citation(source=source, locator="page 1")])
    bare = make_project(title="Bare", state=State.DRAFT)
    question = ask(client, Project, "publish", ready, bare)
    assert "Everybody will be able to read these records." in question.content.decode()
    assert Project.objects.public().count() == 0
    answer = client.post(list_url(Project), fields(question), follow=True).content.decode()
    assert "Bare: It cites no published source with a locator." in answer
    assert [p.pk for p in Project.objects.public()] == [ready.pk]
    assert Change.objects.of(ready.pk).first().by == client.user


def test_withdrawing_needs_a_reason_that_the_public_can_read():
    client, project = sign_in(), make_project()
    page = carry_out(client, Project, "withdraw", project, reason=" ")
    assert "Say why; everybody can read it." in page.content.decode()
    carry_out(client, Project, "withdraw", project, reason="It was entered twice")
    project.refresh_from_db()
    assert (project.state, project.withdrawn_reason) == (State.WITHDRAWN, "It was entered twice")
    assert Change.objects.of(project.pk).first().action == "withdrawn"


def test_what_changed_between_the_question_and_the_answer_is_left_alone():
    client, project = sign_in(), make_project()
    answer = fields(ask(client, Project, "withdraw", project)) | {"reason": "A duplicate"}
    client.post(url(project), edited(client.get(url(project)), title="Changed since"))
    page = client.post(list_url(Project), answer, follow=True).content.decode()
    assert "was changed by somebody else" in page
    assert Project.objects.get(pk=project.pk).state == State.PUBLISHED


def test_an_answer_without_versions_does_nothing():
    client, draft = sign_in(), make_project(state=State.DRAFT)
    sent = {"action": "delete", "_selected_action": [draft.pk], "confirmed": "1"}
    assert "does not say which version" in client.post(list_url(Project), sent, follow=True).content.decode()
    assert Project.objects.filter(pk=draft.pk).exists()


def test_only_what_changed_is_counted():
    client, public, review = sign_in(), make_project(), make_project(title="Ready", state=State.DRAFT)
    client.post(url(review), edited(client.get(url(review)), _review="1"))
    page = carry_out(client, Project, "publish", public).content.decode()
    assert "Nothing was changed." in page and "Published:" not in page
    page = carry_out(client, Project, "send_back", public, review).content.decode()
    assert "Sent back: 1 record." in page
    assert Project.objects.get(pk=review.pk).state == State.DRAFT


@pytest.mark.parametrize(
    "reason, words", [("x" * 501, "at most 500 characters"), ("un\u202eseen", "invisible character")]
)
def test_a_reason_that_cannot_be_read_is_asked_for_again(reason, words):
    client, draft = sign_in(), make_project(state=State.DRAFT)
    response = carry_out(client, Project, "delete", draft, reason=reason)
    assert response.status_code == 200 and words in response.content.decode()
    assert fields(response)["reason"] == [reason]
    assert Project.objects.filter(pk=draft.pk).exists()
    batch = Change.objects.of(draft.pk).get().batch
    response = client.post(f"/admin/batches/{batch}/undo/", {"reason": reason}, follow=True)
    assert response.status_code == 200 and words in response.content.decode()
    assert Project.objects.filter(pk=draft.pk).exists()


def test_a_draft_is_deleted_and_an_undo_brings_it_back_under_its_code():
    client, draft = sign_in(), make_project(title="A slip", state=State.DRAFT)
    response = client.post(url(draft, "delete"), fields(client.get(url(draft, "delete"))))
    assert response.url == list_url(Project)
    assert not Project.objects.filter(pk=draft.pk).exists()
    change = Change.objects.of(draft.pk).first()
    assert change.action == "deleted"
    assert client.get(url(draft, "history")).status_code == 200
    page = client.post(f"/admin/batches/{change.batch}/undo/", follow=True).content.decode()
    assert f"Taken back: {draft.pk}." in page
    assert Project.objects.get(pk=draft.pk).title == "A slip"


def test_what_was_public_is_not_deleted_but_the_editor_is_told_to_withdraw():
    client, project = sign_in(), make_project()
    page = client.post(url(project, "delete"), fields(client.get(url(project, "delete"))), follow=True)
    assert "has been public and cannot be deleted. Withdraw it instead." in page.content.decode()
    assert Project.objects.filter(pk=project.pk).exists()


def test_a_source_in_use_is_not_deleted_and_its_users_are_named():
    client, source = sign_in(), make_source(state=State.DRAFT)
    make_project(title="The user", state=State.DRAFT, citations=[Citation(source=source, locator="page 1")])
    page = client.post(url(source, "delete"), fields(client.get(url(source, "delete"))), follow=True)
    assert "is still used by" in page.content.decode()


def test_the_history_names_fields_in_words_and_an_undo_says_what_it_kept():
    client, project = sign_in(), make_project(title="Old", status="ongoing")
    client.post(url(project), edited(client.get(url(project)), title="Newer", status="completed", reason="First"))
    batch = Change.objects.of(project.pk).first().batch
    client.post(url(project), edited(client.get(url(project)), title="Newest"))
    page = client.get(url(project, "history")).content.decode()
    assert "First" in page and "Ongoing" in page and "Completed" in page and client.user.username in page
    answer = client.post(f"/admin/batches/{batch}/undo/", {"reason": "A mistake"}, follow=True).content.decode()
    assert f"Taken back: {project.pk}." in answer
    assert "title was changed later" in answer
    project.refresh_from_db()
    assert (project.title, project.status) == ("Newest", "ongoing")
    assert Change.objects.of(project.pk).first().reason == "A mistake"


def test_an_action_on_too_many_records_is_refused(monkeypatch):
    monkeypatch.setattr("registry.admin.bulk.MOST", 1)
    client, records = sign_in(), [make_initiative(state=State.DRAFT) for _n in range(2)]
    page = client.post(
        list_url(Initiative),
        {"action": "delete", "_selected_action": [r.pk for r in records], "select_across": "1", "index": "0"},
        follow=True,
    )
    assert "Choose at most 1 records at once." in page.content.decode()
    assert Initiative.objects.count() == 2
