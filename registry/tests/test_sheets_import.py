"""Bringing a checked sheet in: exactly what was shown, by those who may, whole again after anything that stops it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registry import jobs, ledger, sheets
from registry.models import Change, Import, ImportRow, ImportState, JobKind, JobState, Project, State
from registry.sheets import importing
from registry.tests.admin.forms import sign_in
from registry.tests.make import make_project, make_region, make_source
from registry.tests.sheets import as_csv, checked, counted, imported, problems, run

pytestmark = pytest.mark.django_db


def ready(content: bytes, **told):
    sheet = checked(content, **told)
    sheets.keeping.confirm(sheet, "From a sheet")
    return sheet


def many(number: int) -> bytes:
    return as_csv(["title"], *([f"Tower {n}"] for n in range(number)))


def test_an_import_is_one_batch_that_an_undo_takes_back():
    old = make_project(title="Old", state="draft")
    sheet = imported(as_csv(["code", "title"], [old.pk, "New"], ["", "Another"]))
    assert {*Project.objects.values_list("title", flat=True)} == {"New", "Another"}
    assert {*Change.objects.filter(batch=sheet.batch).values_list("reason", flat=True)} == {"From a sheet"}
    ledger.undo(sheet.batch, by=sheet.by, reason="Wrong file")
    assert [*Project.objects.values_list("title", flat=True)] == ["Old"]


def test_a_check_writes_nothing_and_uses_no_code_up():
    project = make_project(title="Old")
    changes = Change.objects.count()
    checked(as_csv(["code", "title"], [project.pk, "New"], ["", "Another"]))
    assert Project.objects.get().title == "Old" and Change.objects.count() == changes
    number = int(project.pk.removeprefix("PRJ-"))
    assert make_project().pk == f"PRJ-{number + 1:04d}"


def test_a_record_that_was_changed_since_the_check_is_left_as_it_is():
    first, second = make_project(title="First"), make_project(title="Second")
    sheet = ready(as_csv(["code", "summary"], [first.pk, "Words"], [second.pk, "Words"]))
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        first.title = "Theirs"
        batch.save(first, expected=first.version)
    run(sheet, JobKind.IMPORT)
    assert [*Project.objects.order_by("pk").values_list("title", "summary")] == [("Theirs", ""), ("Second", "Words")]
    assert "changed since the check" in problems(sheet)[0][2] and sheet.counts["done_kept"] == 1


def test_an_import_that_was_killed_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 3)
    sheet = ready(many(10))
    job, told = None, []

    def tell(done: int, of: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise KeyboardInterrupt

    job = jobs.start(JobKind.IMPORT, by=sheet.by, **{"import": sheet.pk})
    with pytest.raises(KeyboardInterrupt):
        sheets.bring_in(job, tell)
    assert Project.objects.count() == 6
    assert run(Import.objects.get(pk=sheet.pk), JobKind.IMPORT).state == JobState.FINISHED
    sheet.refresh_from_db()
    assert Project.objects.count() == Project.objects.values("title").distinct().count() == 10
    assert (sheet.state, sheet.counts["done_added"]) == (ImportState.IMPORTED, 10)
    assert Change.objects.filter(batch=sheet.batch).count() == 10


def test_an_import_can_be_stopped_and_gone_on_with(monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 3)
    sheet = ready(many(5))
    job = jobs.start(JobKind.IMPORT, by=sheet.by, **{"import": sheet.pk})
    jobs.stop(job)
    jobs.work.call(job.pk)
    sheet.refresh_from_db()
    assert sheet.state == ImportState.STOPPED and Project.objects.count() == 3
    run(sheet, JobKind.IMPORT)
    assert sheet.state == ImportState.IMPORTED and Project.objects.count() == 5


def test_the_same_file_after_an_undo_makes_its_records_anew():
    sheet = imported(many(2))
    ledger.undo(sheet.batch, by=sheet.by, reason="Wrong file")
    assert counted(checked(many(2))) == {"new": 2}


def test_what_is_complete_is_published_and_what_is_not_stays_a_draft():
    source = make_source(title="Report")
    content = as_csv(["title", "citations"], ["Cited", f"{source.pk} | page 1"], ["Bare", ""])
    sheet = checked(content)
    sheet.publish = True
    ledger.put(sheet, only=["publish"])
    run(sheet, JobKind.CHECK)
    assert [*sheet.rows.values_list("title", "after__state")] == [("Cited", "published"), ("Bare", None)]
    sheets.keeping.confirm(sheet, "From a sheet")
    run(sheet, JobKind.IMPORT)
    assert {*Project.objects.values_list("title", "state")} == {("Cited", State.PUBLISHED), ("Bare", State.DRAFT)}


def test_rows_outside_the_regions_of_an_account_are_refused():
    mine, theirs = make_region(title="Mine"), make_region(title="Theirs")
    steward = sign_in("Stewards").user
    steward.regions.add(mine)
    other = make_project(title="Elsewhere", regions=[theirs])
    hidden = make_project(title="Hidden", regions=[theirs], state="draft")
    rows = [other.pk, "New", ""], [hidden.pk, "New", ""], ["", "Here", mine.pk], ["", "There", theirs.pk]
    sheet = checked(as_csv(["code", "title", "regions"], *rows), by=steward)
    found = {row: message for row, _column, message in problems(sheet)}
    assert "outside the regions" in found[2] and "There is no project" in found[3] and "outside" in found[5]
    assert counted(sheet) == {"new": 1, "refused": 3}


def test_somebody_who_lost_a_right_after_the_check_changes_nothing():
    client = sign_in("Stewards")
    project = make_project(title="Old")
    sheet = ready(as_csv(["code", "title"], [project.pk, "New"], ["", "Another"]), by=client.user)
    client.user.groups.clear()
    run(sheet, JobKind.IMPORT)
    assert Project.objects.get().title == "Old" and sheet.counts["done_kept"] == 2


def test_files_and_rows_older_than_ninety_days_are_dropped_and_what_they_changed_stays():
    sheet, young = imported(many(1)), checked(as_csv(["title"], ["Other"]))
    sheet.made_at = timezone.now() - timedelta(days=91)
    ledger.put(sheet, only=["made_at"])
    assert sheets.keeping.erase_expired() == 1 and sheets.keeping.erase_expired() == 0
    sheet.refresh_from_db()
    assert bytes(sheet.content) == b"" and not ImportRow.objects.filter(sheet=sheet).exists()
    assert Change.objects.filter(batch=sheet.batch).exists() and ImportRow.objects.filter(sheet=young).exists()
