"""Records as a sheet: any filtered list as CSV or XLSX, a few hundred records at a time, whatever its length."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from registry.models import Entry

from . import stored, texts
from .columns import Column, Sort, column_label, columns, in_words

_AT_ONCE = 300
_MOST_ROWS = 1_048_575  # of a worksheet, below its headers
_MOST_TEXT = 32_767
_EXACT_DIGITS = 15
_NUMBERS = {Sort.VERSION, Sort.WHOLE, Sort.DECIMAL}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Notes:
    """What is said beside a download: when it was made and which list it is."""

    made_at: datetime
    narrowed_to: str = ""


def table(model: type[Entry], records: QuerySet) -> Iterator[list[str]]:
    """The headers, then each record as the texts of its cells; memory does not grow with the list."""
    wanted = list(columns(model).values())
    yield [column.name for column in wanted]
    codes = records.prefetch_related(None).values_list("pk", flat=True).iterator(chunk_size=2000)
    while some := list(islice(codes, _AT_ONCE)):
        found = model.objects.defer("search", "search_text").in_bulk(some)
        there = [found[code] for code in some if code in found]
        held = stored.snapshots(model, there, wanted)
        for entry in there:
            yield [texts.text(column, held[entry.pk][column.name]) for column in wanted]


def as_csv(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that spreadsheet programs read every script; formulas are harmless."""
    lines = _Lines()
    writer = csv.writer(lines)
    yield b"\xef\xbb\xbf"
    for row in rows:
        writer.writerow([texts.safe(cell) for cell in row])
        if lines.length > 32_768:
            yield lines.taken()
    yield lines.taken()


class _Lines:
    """Where a writer puts its lines until they are sent."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0

    def write(self, line: str) -> None:
        """Keep a line."""
        self.lines.append(line)
        self.length += len(line)

    def taken(self) -> bytes:
        """All lines since the last time."""
        found = "".join(self.lines).encode()
        self.lines, self.length = [], 0
        return found


def as_xlsx(model: type[Entry], rows: Iterable[list[str]], notes: Notes) -> IO[bytes]:
    """A workbook in a temporary file: the table, and a second sheet that says what its columns hold."""
    file, book = _new_book()
    wanted = list(columns(model).values())
    sheet = book.add_worksheet(str(model._meta.verbose_name_plural).capitalize()[:31])
    sheet.freeze_panes(1, 1)
    for number, cells in enumerate(rows):
        if number > _MOST_ROWS:
            break
        for place, text in enumerate(cells):
            if number and wanted[place].sort in _NUMBERS and _is_exact(text):
                sheet.write_number(number, place, float(text))
            elif text:
                sheet.write_string(number, place, texts.safe(text)[:_MOST_TEXT])
    _write_notes(book, model, wanted, notes)
    book.close()
    file.seek(0)
    return file


def plain_xlsx(name: str, rows: Iterable[list[str]]) -> IO[bytes]:
    """A workbook of one sheet with texts alone."""
    file, book = _new_book()
    sheet = book.add_worksheet(name[:31])
    for number, cells in enumerate(rows):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, texts.safe(text)[:_MOST_TEXT])
    book.close()
    file.seek(0)
    return file


def _new_book() -> tuple[IO[bytes], Workbook]:
    file = SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115 - whoever sends it closes it
    kept_as_text = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return file, Workbook(file, kept_as_text | {"constant_memory": True})


def _is_exact(text: str) -> bool:
    return bool(text) and sum(map(str.isdigit, text)) <= _EXACT_DIGITS


def _write_notes(book: Workbook, model: type[Entry], wanted: list[Column], notes: Notes) -> None:
    sheet = book.add_worksheet(_("Notes"))
    lines = [
        [_("Made on"), f"{notes.made_at:%Y-%m-%d %H:%M} UTC"],
        [_("List"), notes.narrowed_to or _("all records")],
        [],
        [_("Column"), _("Name"), _("What it holds"), _("Code"), _("Label")],
    ]
    for column in wanted:
        choices = list(column.choices.items()) or [("", "")]
        first = [column.name, column_label(model, column.name), in_words(column)]
        lines += [[*(first if place == 0 else ["", "", ""]), *pair] for place, pair in enumerate(choices)]
    for number, cells in enumerate(lines):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, texts.safe(str(text)))
