"""Background work: done once, gone on with after a crash, stopped when asked; by workers in processes of their own."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django_tasks_db.models import DBTaskResult

from registry import jobs, ledger, sheets
from registry.models import ENTRIES, Change, Import, ImportState, Job, JobKind, JobState, Project, User
from registry.sheets.limits import CHUNK
from registry.tests.make import make_user
from registry.tests.sheets import as_csv, checked

ROWS = 3 * CHUNK + 20


@contextmanager
def worker() -> Iterator[subprocess.Popen]:
    """`manage.py work` on the database of the tests; it ends with the test."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work", "--with-input"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address, "MEDIA_ROOT": f"{settings.MEDIA_ROOT}/of-a-worker"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen, rows, **wanted) -> None:
    """Until the database holds what is wanted; fails when the worker has ended before."""
    while not rows.filter(**wanted).exists():
        assert process.poll() is None, process.stdout.read()


def drafts(count: int) -> list[ledger.Item]:
    return [ledger.Item(Project(title=f"Number {n}")) for n in range(count)]


def brought_in(count: int):
    """The batch of so many new drafts."""
    with ledger.batch(by=None, reason="A sheet") as batch:
        batch.save_many(drafts(count))
    return batch.id


def undo_of(batch) -> Job:
    return jobs.start(JobKind.UNDO, by=make_user(), batch=str(batch), reason="Not ours")


class TestWorkers(TransactionTestCase):
    """Workers see only what is committed, so these tests commit."""

    def _fixture_teardown(self):
        """Empty what these tests fill: Django would empty every table, and with them what migrations put there."""
        tables = ", ".join(model._meta.db_table for model in (*ENTRIES, Change, Import, Job, DBTaskResult, User))
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} CASCADE")

    def test_an_import_whose_worker_is_killed_goes_on_where_it_was_and_brings_in_no_row_twice(self):
        lines = (("title", "summary"), *((f"Number {n}", f"Row {n}") for n in range(ROWS)))
        sheet = checked(as_csv(*lines))
        sheets.keeping.confirm(sheet, "From a sheet")
        job = jobs.start(JobKind.IMPORT, by=sheet.by, **{"import": sheet.pk})
        with worker() as killed:
            wait_for(killed, Job.objects, pk=job.pk, done__gt=0)
            killed.kill()
            killed.wait()
        halfway = Project.objects.count()
        sheet.refresh_from_db()
        assert halfway % CHUNK in (0, ROWS % CHUNK) and sheet.counts["done_added"] == halfway
        with worker() as living:
            wait_for(living, Job.objects, pk=job.pk, state=JobState.FINISHED)
        titles = Counter(Project.objects.values_list("title", flat=True))
        assert len(titles) == ROWS and set(titles.values()) == {1}
        numbers = list(Change.objects.filter(batch=sheet.batch).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(numbers[0], numbers[0] + ROWS))
        sheet.refresh_from_db()
        assert sheet.state == ImportState.IMPORTED and sheet.counts["done_added"] == ROWS

    def test_a_job_that_is_queued_twice_is_done_once(self):
        job = undo_of(brought_in(3))
        jobs.work.enqueue(job.pk)
        with worker() as process:
            wait_for(process, Job.objects, pk=job.pk, state=JobState.FINISHED)
            while DBTaskResult.objects.ready().exists():
                assert process.poll() is None
        assert Change.objects.filter(action="deleted").count() == 3

    def test_nobody_does_a_job_that_somebody_is_at(self):
        job = undo_of(brought_in(3))
        with ledger.held(job.pk) as mine:
            assert mine
            other = Thread(target=lambda: (jobs.work.call(job.pk), connection.close()))
            other.start()
            other.join()
            assert jobs.go_on() == 0
        job.refresh_from_db()
        assert job.state == JobState.WAITING and Project.objects.count() == 3

    def test_what_a_dead_worker_left_is_queued_again_once(self):
        job = undo_of(brought_in(3))
        assert jobs.go_on() == 0  # it waits in the queue
        DBTaskResult.objects.update(status="RUNNING")  # as a killed worker leaves it
        assert (jobs.go_on(), jobs.go_on()) == (1, 0)
        jobs.work.call(job.pk)
        DBTaskResult.objects.update(status="RUNNING")
        assert jobs.go_on() == 0

    def test_a_worker_ends_with_whoever_started_it(self):
        with worker() as process:
            process.stdin.close()
            process.stdin = None
            assert (process.wait(), process.stdout.read()) == (0, "")


@pytest.mark.django_db
def test_an_undo_of_many_goes_on_after_an_interruption_and_can_itself_be_undone():
    batch = brought_in(620)
    codes = set(Project.objects.values_list("pk", flat=True))
    job = undo_of(batch)
    jobs.ending.set()
    try:
        jobs.work.call(job.pk)
    finally:
        jobs.ending.clear()
    job.refresh_from_db()
    assert (job.state, job.done, Project.objects.count()) == (JobState.RUNNING, 500, 120)
    jobs.work.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["kept"], set(job.result["taken_back"])) == (JobState.FINISHED, [], codes)
    deletions = Change.objects.filter(action="deleted")
    assert len(set(deletions.values_list("batch", flat=True))) == 1
    ledger.undo(deletions.first().batch, by=None, reason="Ours after all")
    assert set(Project.objects.values_list("pk", flat=True)) == codes


@pytest.mark.django_db
def test_a_job_that_is_to_stop_keeps_what_it_has_done_and_is_over():
    job = undo_of(brought_in(620))
    jobs.stop(job)
    jobs.work.call(job.pk)
    job.refresh_from_db()
    assert (job.state, len(job.result["taken_back"]), Project.objects.count()) == (JobState.STOPPED, 500, 120)
    jobs.work.call(job.pk)
    assert Project.objects.count() == 120


@pytest.mark.django_db
def test_an_undo_of_many_keeps_what_was_changed_later():
    with ledger.batch(by=None, reason="A sheet") as batch:
        batch.save_many(drafts(4))
    first = Project.objects.order_by("pk").first()
    first.title = "By somebody else"
    with ledger.batch(by=None, reason="Better") as later:
        later.save(first, expected=1)
    done = ledger.undo(batch.id, by=None, reason="Not ours")
    assert list(Project.objects.all()) == [first] and len(done.taken_back) == 3
    assert [first.pk in words and "changed later" in words for words in done.kept] == [True]
