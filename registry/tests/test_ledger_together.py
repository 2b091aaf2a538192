"""The ledger under several writers at once: numbers appear in the order of commit, and of two edits one wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import uuid4

from django.db import connection
from django.test import TransactionTestCase

from registry import ledger
from registry.models import ENTRIES, Change, Project, Region
from registry.tests.make import make_project, make_region

WRITERS, EDITS = 6, 8


def in_threads(work, count):
    """Run `work(number)` in as many threads, each with a connection of its own; return the answers."""

    def run(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


class TestSeveralWriters(TransactionTestCase):
    """Writers in threads of their own see only what is committed, so these tests commit."""

    def _fixture_teardown(self):
        """Empty the register alone: Django would empty every table, and with them what migrations put there."""
        tables = ", ".join(model._meta.db_table for model in (*ENTRIES, Change))
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} CASCADE")

    def test_somebody_who_follows_the_numbers_misses_no_change_of_overlapping_writers(self):
        projects = [make_project(title=f"Number {n}").pk for n in range(WRITERS)]
        start, done = Change.objects.revision(), Event()
        seen: list[int] = []

        def follow():
            last, finished = start, False
            while not finished:
                finished = done.is_set()  # read once more after the last writer has gone
                for number in (
                    Change.objects.filter(number__gt=last).order_by("number").values_list("number", flat=True)
                ):
                    seen.append(number)
                    last = number

        def write(writer):
            for edit in range(EDITS):
                project = Project.objects.get(pk=projects[writer])
                project.summary = f"Edit {edit}"
                with ledger.batch(by=None, reason="Overlapping") as batch:
                    batch.save(project, expected=project.version)

        with ThreadPoolExecutor(1) as follower:
            following = follower.submit(lambda: (follow(), connection.close()))
            in_threads(write, WRITERS)
            done.set()
            following.result()

        assert seen == list(range(start + 1, start + 1 + WRITERS * EDITS))

    def test_a_place_is_renamed_while_its_projects_are_retitled_and_no_words_go_stale(self):
        place = make_region(title="Place")
        projects = [make_project(title=f"Number {n}", regions=[place]).pk for n in range(WRITERS - 1)]

        def write(writer):
            for edit in range(EDITS):
                renamed = (
                    Region.objects.get(pk=place.pk) if writer == 0 else Project.objects.get(pk=projects[writer - 1])
                )
                renamed.title = f"{renamed.noun} of {edit}"
                with ledger.batch(by=None, reason="Overlapping") as batch:
                    batch.save(renamed, expected=renamed.version)
                make_project(title="Newcomer", regions=[place], citations=[], state="draft")

        in_threads(write, WRITERS)
        for project in Project.objects.filter(pk__in=projects):
            assert project.title_folded == f"project of {EDITS - 1}"
            assert f"region of {EDITS - 1}" in project.search_text

    def test_editors_beside_an_import_lose_no_edit_and_it_overwrites_none(self):
        projects = [make_project(title=f"Number {n}").pk for n in range(WRITERS)]
        start, sheet = Change.objects.revision(), uuid4()

        def bring_in(chunk):
            items = [ledger.Item(Project(title=f"Row {chunk}, {n}")) for n in range(20)]
            for project in Project.objects.filter(pk__in=projects):
                project.title = f"As of chunk {chunk}"
                items.append(ledger.Item(project, expected=project.version))
            with ledger.batch(by=None, reason="A sheet", going_on=sheet) as batch:
                answers = batch.save_many(items)
            assert all(isinstance(answer, ledger.Saved) for answer in answers[:20])
            return sum(isinstance(answer, ledger.Saved) for answer in answers)

        def write(writer):
            done = 0
            for step in range(EDITS):
                if writer == 0:
                    done += bring_in(step)
                    continue
                project = Project.objects.get(pk=projects[writer])
                project.summary = f"Edit {step}"
                try:
                    with ledger.batch(by=None, reason="By hand") as batch:
                        batch.save(project, expected=project.version)
                except ledger.EditConflict:
                    continue
                done += 1
            return done

        done = in_threads(write, WRITERS)
        numbers = Change.objects.filter(number__gt=start).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(start + 1, start + 1 + sum(done)))
        for project in Project.objects.filter(pk__in=projects):
            history = list(Change.objects.of(project.pk))
            assert project.version == len(history)
            for name in ("title", "summary"):
                said = [change.after[name] for change in history if name in change.after]
                assert getattr(project, name) == (said[0] if said else "")

    def test_of_several_editors_who_save_the_same_version_at_once_exactly_one_wins(self):
        project, together = make_project(title="Before"), Barrier(WRITERS)

        def save(editor):
            mine = Project.objects.get(pk=project.pk)
            mine.title = f"By editor {editor}"
            together.wait()
            try:
                with ledger.batch(by=None, reason="At once") as batch:
                    batch.save(mine, expected=mine.version)
            except ledger.EditConflict as conflict:
                return conflict.mine["title"], conflict.theirs["title"]
            return None

        answers = in_threads(save, WRITERS)
        stored = Project.objects.get(pk=project.pk)
        assert answers.count(None) == 1 and stored.version == 2
        assert stored.title == f"By editor {answers.index(None)}"
        assert {theirs for _mine, theirs in filter(None, answers)} == {stored.title}
