"""Brings in projects through the ledger, many at once and one at a time, and prints how many rows a second.

    .venv/bin/python bench/import_rows.py [rows] [chunk]          20,000 rows, 500 in each transaction, unless told

The register is a throwaway of its own. Each row is a project with a title, a status, a region, dates, a summary and a
citation; it is added, then changed. The seconds of this process's own work stand beside those of the clock, because
they hardly change when something else uses the machine.
"""

import os
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from heritage import embedded

SINGLE = 300
STATUSES = ["proposed", "ongoing", "completed", "suspended"]


def main(rows: int, chunk: int) -> None:
    """Add and change, one at a time and many at once."""
    os.environ["DATABASE_URL"] = embedded.throwaway()
    os.environ["DJANGO_SETTINGS_MODULE"] = "heritage.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be ready first
    from generate import surroundings  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    surroundings()
    figures = {}
    single, singly = range(SINGLE), range(SINGLE, SINGLE + rows)
    for publish in (False, True):
        state = "published" if publish else "drafts"
        figures[f"new {state}, one at a time"] = _timed(SINGLE, lambda p=publish: _new(single, 1, p))
        figures[f"new {state}, many at once"] = _timed(rows, lambda p=publish: _new(singly, chunk, p))
    figures["changed, one at a time"] = _timed(SINGLE, lambda: _changed(single, 1))
    figures["changed, many at once"] = _timed(rows, lambda: _changed(singly, chunk))
    print(f"{'':34} {'rows a second':>14} {'own seconds for 1,000 rows':>28}")
    for name, (rate, own) in figures.items():
        print(f"{name:34} {rate:>14,.0f} {own:>28.2f}")


def _timed(rows: int, work) -> tuple[float, float]:
    started, own = time.perf_counter(), time.process_time()
    work()
    return rows / (time.perf_counter() - started), (time.process_time() - own) / rows * 1000


def _new(numbers: range, chunk: int, publish: bool) -> None:
    from registry import ledger  # noqa: PLC0415
    from registry.models import Citation, Project, Region, Source  # noqa: PLC0415

    regions, sources = list(Region.objects.filter(kind="city")), list(Source.objects.all())
    batch_id = uuid.uuid4()
    for start in range(numbers.start, numbers.stop, chunk):
        items = [
            ledger.Item(
                Project(
                    title=f"Invented work {n} on a caravanserai",
                    status=STATUSES[n % 4],
                    dates=f"{1990 + n % 40}-{1 + n % 12:02}-{1 + n % 28:02}",
                    summary=f"Invented work number {n}: repair of roof, walls and gate, for measuring only.",
                ),
                related={
                    "regions": [regions[n % len(regions)]],
                    "citations": [Citation(source=sources[n % len(sources)], locator=f"table, row {n}")],
                },
                publish=publish,
            )
            for n in range(start, min(start + chunk, numbers.stop))
        ]
        _store(ledger, items, batch_id)


def _changed(numbers: range, chunk: int) -> None:
    from registry import ledger  # noqa: PLC0415
    from registry.models import Project  # noqa: PLC0415

    batch_id = uuid.uuid4()
    codes = list(Project.objects.order_by("pk").values_list("pk", flat=True)[numbers.start : numbers.stop])
    for start in range(0, len(codes), chunk):
        projects = Project.objects.filter(pk__in=codes[start : start + chunk]).defer("search", "search_text")
        items = []
        for project in projects:
            project.status = "finalising"
            project.summary = project.summary.replace("roof", "vault")
            items.append(ledger.Item(project, expected=project.version))
        _store(ledger, items, batch_id)


def _store(ledger, items: list, batch_id: uuid.UUID) -> None:
    """One row as an editor saves it; several as a sheet brings them in."""
    with ledger.batch(by=None, reason="For measuring", going_on=batch_id) as batch:
        if len(items) > 1:
            assert all(isinstance(answer, ledger.Saved) and answer.change for answer in batch.save_many(items))
        elif items[0].publish:
            batch.publish(items[0].entry, related=items[0].related)
        else:
            batch.save(items[0].entry, expected=items[0].expected, related=items[0].related)


if __name__ == "__main__":
    given = sys.argv[1:3]
    main(*map(int, [*given, *["20000", "500"][len(given) :]]))
