"""An import of many rows while editors save and readers read: how long a save takes, and whether an edit is lost.

    .venv/bin/python bench/acceptance/import_beside_editors.py [rows]          20,000 rows unless told

The sheet goes the way of every sheet: taken in, checked, confirmed, brought in by a worker in a process of its own.
Four editors save one record after the other; fifty readers, in two processes more, read lists and records. The register
is a throwaway. It prints figures and ends with 1 when an edit was lost, or a number is missing or there twice.
"""

import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django
from django.conf import settings
from django.db import connections

from heritage import embedded

ROOT = Path(__file__).resolve().parents[2]
EDITORS, READERS, PROCESSES = 4, 50, 2
_FORK = get_context("fork")
OVER = _FORK.Event()
PAUSE = 0.2  # seconds that an editor or a reader thinks
PAGES = ["/projects/", "/api/v1/projects/?q=work", "/api/v1/projects/?ordering=title", "/"]


def main(rows: int) -> int:
    """Prepare, let all of them loose, and look at what they have left."""
    os.environ["DATABASE_URL"] = embedded.throwaway()
    os.environ["MEDIA_ROOT"] = mkdtemp()  # the worker makes a dump
    os.environ["DJANGO_SETTINGS_MODULE"] = "heritage.settings"
    django.setup()
    from bench_requests import fill  # noqa: PLC0415 - Django must be ready first
    from django.test import override_settings  # noqa: PLC0415

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing need be collected
    override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}).enable()
    fill(1000, 0)
    sheet, job = _queue(rows)
    connections.close_all()  # a forked reader must not share ours
    with ProcessPoolExecutor(PROCESSES, _FORK) as readers, ThreadPoolExecutor(EDITORS) as editors:
        reading = [readers.submit(_read_together, READERS // PROCESSES) for _process in range(PROCESSES)]
        editing = [editors.submit(_edit, n) for n in range(EDITORS)]
        command = [sys.executable, str(ROOT / "manage.py"), "work", "--with-input"]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own program
        seconds = _follow(job)
        OVER.set()
        saves = [took for edits in editing for took in edits.result()[1]]
        written = dict(edits.result()[0] for edits in editing)
        reads = [took for reader in reading for took in reader.result()]
    worker.stdin.close()
    worker.wait()
    return _say(rows, sheet, seconds, saves, reads, written)


def _queue(rows: int):
    from registry import jobs, sheets  # noqa: PLC0415
    from registry.models import JobKind, User  # noqa: PLC0415
    from registry.tests.sheets import as_csv, checked  # noqa: PLC0415

    lines = [("title", "status", "dates", "summary")]
    lines += [(f"Imported work {n}", "ongoing", f"{1990 + n % 40}", f"Invented row {n}.") for n in range(rows)]
    started = time.perf_counter()
    sheet = checked(as_csv(*lines), by=User.objects.get(username="editor"))
    print(f"checked {rows:,} rows in {time.perf_counter() - started:.1f} s, nobody else there")
    sheets.keeping.confirm(sheet, "For measuring")
    return sheet, jobs.start(JobKind.IMPORT, by=sheet.by, **{"import": sheet.pk})


def _follow(job) -> float:
    """The seconds from the first row to the last."""
    started = None
    while True:
        job.refresh_from_db()
        if job.state == "running" and started is None:
            started = time.perf_counter()
        if job.is_over:
            assert job.state == "finished", job.problem
            return time.perf_counter() - started
        time.sleep(0.05)


def _edit(number: int) -> tuple[tuple[str, int], list[float]]:
    """One record, saved again and again: its code with the number of saves, and how long each took."""
    from registry import ledger  # noqa: PLC0415
    from registry.models import Project  # noqa: PLC0415

    code, took = f"PRJ-{number + 1:06d}", []
    while not OVER.wait(PAUSE):
        started = time.perf_counter()
        project = Project.objects.get(pk=code)
        project.summary = f"Edit {len(took) + 1}"
        with ledger.batch(by=None, reason="Edited beside an import") as batch:
            batch.save(project, expected=project.version)
        took.append(time.perf_counter() - started)
    connections.close_all()
    return (code, len(took)), took


def _read_together(count: int) -> list[float]:
    with ThreadPoolExecutor(count) as readers:
        return [took for reads in readers.map(_read, range(count)) for took in reads]


def _read(number: int) -> list[float]:
    from django.test import Client  # noqa: PLC0415

    client, took = Client(headers={"host": "localhost"}), []
    while not OVER.wait(PAUSE * 10):
        started = time.perf_counter()
        answer = client.get(PAGES[(number + len(took)) % len(PAGES)])
        assert answer.status_code == 200, answer
        took.append(time.perf_counter() - started)
    connections.close_all()
    return took


def _say(rows: int, sheet, seconds: float, saves: list[float], reads: list[float], written: dict[str, int]) -> int:
    from registry.models import Change, Project  # noqa: PLC0415

    print(f"brought in {rows:,} rows in {seconds:.1f} s, {rows / seconds:,.0f} a second")
    for what, took in (("saves", saves), ("reads", reads)):
        cuts = statistics.quantiles(took, n=100)
        print(f"{what}: {len(took)}, median {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms")
    added = Project.objects.filter(title__startswith="Imported work").count()
    lost = {code for code, edits in written.items() if Project.objects.get(pk=code).summary != f"Edit {edits}"}
    lost |= {code for code, edits in written.items() if Change.objects.of(code).count() != edits}
    numbers = list(Change.objects.order_by("number").values_list("number", flat=True))
    gapless = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    mine = Change.objects.filter(batch=sheet.batch).count()
    print(f"rows added {added:,}, changes of the import {mine:,}, edits lost {len(lost)}, numbers gapless: {gapless}")
    return 0 if added == mine == rows and not lost and gapless else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
