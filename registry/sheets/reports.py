"""What an editor takes home from a check: every reason in a list, and the refused rows with theirs."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.models import Import, ImportRow, RowOutcome

from . import reading
from .cells import Cell, Row
from .mapping import Mapping
from .values import shown

REASONS = "what to do"


def problems(sheet: Import) -> Iterator[list[str]]:
    """Row, column as its header says, what stands there, and what to do; a line for each reason."""
    headers = {meaning.to: sheet.headers[place] for place, meaning in enumerate(Mapping.of(sheet).meanings)}
    yield [_("row"), _("column"), _("value"), _("what to do")]
    for row in refused(sheet).iterator(chunk_size=1000):
        for problem in row.problems:
            column = headers.get(problem["column"]) or problem["column"]
            yield [str(row.number), column, problem["value"], problem["message"]]


def refused(sheet: Import):
    """The rows that the register does not take, in their order."""
    return ImportRow.objects.filter(sheet=sheet, outcome=RowOutcome.REFUSED).order_by("number")


def refused_rows(sheet: Import) -> Iterator[list[str]]:
    """The editor's own file with the refused rows alone, and a last column with the reasons."""
    reasons = {row.number: row.problems for row in refused(sheet).only("number", "problems", "sheet_id").iterator(1000)}
    width = len(sheet.headers)
    yield [*sheet.headers, REASONS]
    for row in reading.rows(bytes(sheet.content), reading.Reading(**sheet.reading)):
        if row.number in reasons:
            words = " ".join(problem["message"] for problem in reasons[row.number])
            yield [*_padded(row, width), words]


def _padded(row: Row, width: int) -> list[str]:
    cells: list[Cell] = [*row.cells, *[""] * width][: max(width, len(row.cells))]
    return [shown(cell) for cell in cells]
