"""What a check has found: counts that narrow the rows, each change cell by cell, and every reason against a row."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest

from registry import sheets
from registry.admin.differences import Difference, differences
from registry.admin.naming import Wording
from registry.models import Entry, Import, ImportRow, RowOutcome
from registry.sheets.mapping import Mapping

_PER_PAGE = 25


@dataclass(frozen=True)
class ShownRow:
    """A row with its changes in words and its problems under the headers of the sheet."""

    row: ImportRow
    changes: list[Difference]
    problems: list[dict[str, str]]
    may_be_new: bool


def context(request: HttpRequest, sheet: Import, model: type[Entry]) -> dict[str, Any]:
    """For the page of a checked or finished import."""
    shown = request.GET.get("show", "")
    rows = ImportRow.objects.filter(sheet=sheet)
    if shown in RowOutcome.values:
        rows = rows.filter(outcome=shown)
    page = Paginator(rows.order_by("number"), _PER_PAGE).get_page(request.GET.get("p"))
    counts = [(outcome, sheet.counts.get(str(outcome), 0), outcome == shown) for outcome in RowOutcome]
    return {
        "counts": counts,
        "shown": shown,
        "page": page,
        "rows": _in_words(sheet, model, list(page)),
        "query": urlencode({"show": shown} if shown else {}),
        "unknown": _unknown(sheet, model),
        "duplicates": sheet.counts.get("kinds", {}).get("duplicate", 0),
        "html": sheet.counts.get("kinds", {}).get("html", 0),
        "to_do": sheet.counts.get("new", 0) + sheet.counts.get("changed", 0),
        "publishing": sheet.rows.filter(after__state="published").count() if sheet.publish else 0,
    }


def _in_words(sheet: Import, model: type[Entry], rows: list[ImportRow]) -> list[ShownRow]:
    headers = {m.to: sheet.headers[place] for place, m in enumerate(Mapping.of(sheet).meanings)}
    wording = Wording(model, *(side for row in rows for side in (row.before, row.after)))
    return [
        ShownRow(
            row,
            differences(model, row.before, row.after, wording),
            [problem | {"header": headers.get(problem["column"]) or problem["column"]} for problem in row.problems],
            any(problem.get("kind") == "duplicate" for problem in row.problems),
        )
        for row in rows
    ]


def _unknown(sheet: Import, model: type[Entry]) -> list[dict[str, Any]]:
    """By column the values that are on no list, with what they can be said to mean."""
    known = sheets.columns(model)
    return [
        {
            "name": name,
            "label": sheets.column_label(model, name),
            "choices": list(known[name].choices.items()),
            "values": list(enumerate(texts)),
        }
        for name, texts in sheet.counts.get("unknown", {}).items()
        if name in known and texts
    ]
