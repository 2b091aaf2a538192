"""Sheets for the tests: brought in as an editor does it, without the pages."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from openpyxl import Workbook

from registry import jobs, ledger, sheets
from registry.models import Entry, Import, ImportRow, ImportState, Job, JobKind, Project, User
from registry.sheets.mapping import IGNORED, Mapping
from registry.tests.make import make_user


def as_csv(*rows: Iterable[str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(*rows: Iterable[Any]) -> bytes:
    """The rows as a workbook of one sheet."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def take_in(content: bytes, model: type[Entry] = Project, *, by: User | None = None, **told: Any) -> Import:
    """An import of the content; `told` says by field what the editor has said of its column, or of the whole sheet."""
    sheet = sheets.keeping.take_in(model, "sheet", content, by=by or make_user())
    tell(sheet, **told)
    return sheet


def tell(sheet: Import, **told: Any) -> None:
    """Say more of the columns; a header that says nothing is left out."""
    mapping = Mapping.of(sheet)
    said = {name: told.pop(name) for name in list(told) if isinstance(told[name], dict)}
    meanings = [replace(meaning, to=meaning.to or IGNORED, **said.get(meaning.to, {})) for meaning in mapping.meanings]
    sheets.keeping.say(sheet, replace(mapping, meanings=meanings, **told))


def run(sheet: Import, kind: JobKind) -> Job:
    """Do the job at once."""
    job = Job(kind=kind, by=sheet.by, given={"import": sheet.pk})
    ledger.put(job)
    jobs.work.call(job.pk)
    job.refresh_from_db()
    sheet.refresh_from_db()
    return job


def checked(content: bytes, model: type[Entry] = Project, **told: Any) -> Import:
    """The import after its check."""
    sheet = take_in(content, model, **told)
    assert run(sheet, JobKind.CHECK).problem == "" and sheet.state == ImportState.CHECKED
    return sheet


def imported(content: bytes, model: type[Entry] = Project, **told: Any) -> Import:
    """The import after everything was brought in."""
    sheet = checked(content, model, **told)
    sheets.keeping.confirm(sheet, "From a sheet")
    assert run(sheet, JobKind.IMPORT).problem == ""
    return sheet


def problems(sheet: Import) -> list[tuple[int, str, str]]:
    """Row, column and what to do, of every reason."""
    rows = ImportRow.objects.filter(sheet=sheet).order_by("number")
    return [(row.number, problem["column"], problem["message"]) for row in rows for problem in row.problems]


def counted(sheet: Import) -> dict[str, int]:
    """How many rows are new, changed, unchanged and refused; what is none is left out."""
    return {name: sheet.counts[name] for name in ("new", "changed", "unchanged", "refused") if sheet.counts[name]}
