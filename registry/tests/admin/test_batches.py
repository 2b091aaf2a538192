"""A save and its undo: what was saved together, what an undo would do, what it did, and who may ask for it."""

import pytest
from django.urls import reverse

from registry import jobs, ledger
from registry.models import Change, Job, Project, State
from registry.tests.admin.forms import edited, fields, list_url, sign_in, url
from registry.tests.make import make_initiative, make_project, make_region, make_user
from registry.versions import snapshot

pytestmark = pytest.mark.django_db


def page_of(batch, page="batch"):
    return reverse(f"admin:{page}", args=[batch])


def saved_together(*entries, by=None, **values):
    """The batch in which all of them got the values."""
    with ledger.batch(by=by, reason="All of them at once") as batch:
        for entry in entries:
            for name, value in values.items():
                setattr(entry, name, value)
            batch.save(entry, expected=entry.version)
    return batch.id


def test_an_undo_of_an_edit_gives_the_state_before_keeps_later_edits_and_says_so_before_and_after():
    client, project = sign_in(), make_project(title="Old", status="ongoing")
    before = snapshot(project)
    sent = edited(client.get(url(project)), title="Newer", status="completed", summary="More", reason="A mistake")
    client.post(url(project), sent)
    batch = Change.objects.of(project.pk).first().batch
    client.post(url(project), edited(client.get(url(project)), title="Newest"))
    page = client.get(page_of(batch)).content.decode()
    assert "A mistake" in page and "Completed" in page and "changed again later" in page
    asked = client.get(page_of(batch, "batch-undo"))
    assert "Would be taken back" in asked.content.decode() and "title was changed later" in asked.content.decode()
    assert Project.objects.get(pk=project.pk).status == "completed" and Change.objects.of(project.pk).count() == 3
    done = client.post(page_of(batch, "batch-undo"), fields(asked) | {"reason": "Back again"}, follow=True)
    said = done.content.decode()
    assert done.request["PATH_INFO"] == page_of(batch)
    assert "Back again" in said and "title was changed later" in said and f"Taken back: {project.pk}." in said
    stored = Project.objects.get(pk=project.pk)
    assert snapshot(stored) == before | {"title": "Newest"}
    assert "title was changed later" in sign_in().get(page_of(batch)).content.decode()


def test_an_undo_of_a_list_edited_in_place_takes_all_of_its_rows_back():
    client, records = sign_in(), [make_project(title=f"Record {n}", status="ongoing") for n in range(3)]
    page = client.get(list_url(Project))
    values = fields(page, "changelist-form")
    cells = {name: "completed" for name in values if name.endswith("-status") and not name.startswith("initial-")}
    client.post(list_url(Project), values | cells | {"_save": "1"})
    batch = Change.objects.latest("number").batch
    assert {p.status for p in Project.objects.all()} == {"completed"}
    with ledger.batch(by=None, reason="Later") as later:
        first = Project.objects.get(pk=records[0].pk)
        first.status = "proposed"
        later.save(first, expected=first.version)
    said = client.get(page_of(batch)).content.decode()
    assert "Edited: 3" in said and said.count("changed again later") == 1
    client.post(page_of(batch, "batch-undo"))
    assert [Project.objects.get(pk=p.pk).status for p in records] == ["proposed", "ongoing", "ongoing"]
    result = Job.objects.get().result
    assert len(result["taken_back"]) == 2 and "status was changed later" in result["kept"][0]


def test_an_undo_of_many_goes_on_in_the_background_once(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("registry.admin.undoing.FEW", 2)
    client, records = sign_in(), [make_initiative(state=State.DRAFT) for _n in range(3)]
    batch = saved_together(*records, summary="Words")
    with ledger.batch(by=None, reason="Later") as later:
        records[0].summary = "Other words"
        later.save(records[0], expected=records[0].version)
    asked = client.get(page_of(batch, "batch-undo")).content.decode()
    assert "This save holds 3 changes" in asked and "1 of the records was changed again later" in asked
    said = client.post(page_of(batch, "batch-undo"), {"reason": "All wrong"}, follow=True).content.decode()
    assert "3 changes are being taken back" in said and "Waiting" in said
    assert "being taken back already" in client.post(page_of(batch, "batch-undo")).content.decode()
    jobs.work.func(Job.objects.get().pk)
    said = client.get(page_of(batch)).content.decode()
    assert "All wrong" in said and "summary was changed later" in said and records[2].pk in said


def test_a_batch_in_other_regions_is_shown_as_far_as_it_may_be_and_not_undone():
    here, there = make_region(title="Here"), make_region(title="There")
    client = sign_in("Editors")
    client.user.regions.add(here)
    mine, theirs = (make_project(title=t, state=State.DRAFT, regions=[r]) for t, r in (("Ours", here), ("Kept", there)))
    batch = saved_together(mine, theirs, summary="Words")
    said = client.get(page_of(batch)).content.decode()
    assert "Ours" in said and "Kept" not in said and "1 record of this save is kept from you" in said
    assert page_of(batch, "batch-undo") not in said
    assert client.get(page_of(batch, "batch-undo")).status_code == 403
    assert client.get(page_of(saved_together(theirs, summary="Secret"))).status_code == 404


def test_an_auditor_reads_a_batch_and_takes_nothing_back():
    project = make_project(state=State.DRAFT)
    batch = saved_together(project, by=make_user(username="somebody"), summary="Words")
    auditor = sign_in("Auditors")
    said = auditor.get(page_of(batch)).content.decode()
    assert "somebody" in said and page_of(batch, "batch-undo") not in said
    assert auditor.post(page_of(batch, "batch-undo")).status_code == 403
    assert Project.objects.get(pk=project.pk).summary == "Words"


def test_the_page_of_a_batch_costs_the_same_for_few_records_and_for_many(django_assert_max_num_queries):
    client = sign_in()
    batch = saved_together(*(make_project(state=State.DRAFT) for _n in range(20)), summary="Words")
    with django_assert_max_num_queries(22):
        client.get(page_of(batch))
