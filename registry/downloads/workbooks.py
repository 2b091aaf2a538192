"""A workbook: the table, in as many sheets as it needs, then a sheet that says what its columns mean."""

from collections.abc import Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from registry.documents import Sort
from registry.models.translations import capitalised
from registry.sheets.texts import safe

from . import notes, tables
from .listing import Listing
from .tables import Column

MOST_ROWS = 1_048_575  # of a worksheet, below its headers
MOST_TEXT = 32_767  # characters of a cell
_EXACT_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)  # what spreadsheet programs call earlier days differs from program to program
_NUMBERS = {Sort.WHOLE, Sort.DECIMAL, Sort.DEGREES}
_WIDTHS = {Sort.WHOLE: 10, Sort.DECIMAL: 16, Sort.DEGREES: 12, Sort.DAY: 12, Sort.CODE: 16, Sort.MOMENT: 21}
_AS_TEXT = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
_BLOCK = 65_536  # bytes


def write(listing: Listing) -> Iterator[bytes]:
    """The bytes of the file, once all of it stands on the disk; memory does not grow with the list."""
    with TemporaryFile() as file:
        _fill(file, listing)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _fill(file: IO[bytes], listing: Listing) -> None:
    with Workbook(file, _AS_TEXT | {"constant_memory": True}) as book:
        if listing.as_of:
            book.set_properties({"created": listing.as_of.replace(tzinfo=None)})
        bold, days = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        wanted = tables.columns(listing.model, listing.chosen)
        rows = tables.rows(wanted, listing.chunks())
        next(rows)  # the headers, which every sheet has
        sheet, place = _new_sheet(book, listing, wanted, bold), 0
        for cells in rows:
            if place == MOST_ROWS:
                sheet.autofilter(0, 0, place, len(wanted) - 1)
                sheet, place = _new_sheet(book, listing, wanted, bold), 0
            place += 1
            for number, cell in enumerate(cells):
                _put(sheet, place, number, wanted[number], cell, days)
        sheet.autofilter(0, 0, place, len(wanted) - 1)
        _put_notes(book, notes.lines(listing, wanted), bold)


def _new_sheet(book: Workbook, listing: Listing, wanted: list[Column], bold: Format) -> Worksheet:
    name, number = str(capitalised(listing.model._meta.verbose_name_plural)), len(book.worksheets()) + 1
    ending = f" {number}" if number > 1 else ""
    sheet = book.add_worksheet(name[: 31 - len(ending)] + ending)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(wanted):
        sheet.set_column(place, place, _WIDTHS.get(column.sort, 12 if column.name == "code" else 28))
        sheet.write_string(0, place, column.name, bold)
    return sheet


def _put(sheet: Worksheet, row: int, place: int, column: Column, cell: Any, days: Format) -> None:
    """Numbers and days as such where they keep their exact value, all else as text that is no formula."""
    if cell is None:
        return
    if column.sort in _NUMBERS and sum(map(str.isdigit, str(cell))) <= _EXACT_DIGITS:
        sheet.write_number(row, place, float(cell))
    elif column.sort is Sort.DAY and date.fromisoformat(cell) >= _FIRST_DAY:
        sheet.write_datetime(row, place, date.fromisoformat(cell), days)
    else:
        sheet.write_string(row, place, _shortened(safe(str(cell))))


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"


def _put_notes(book: Workbook, lines: Iterator[notes.Line], bold: Format) -> None:
    sheet = book.add_worksheet(_("Notes"))
    for place, width in enumerate((30, 44, 60, 26, 26, 22)):
        sheet.set_column(place, place, width)
    for number, line in enumerate(lines):
        for place, text in enumerate(line.cells):
            sheet.write_string(number, place, _shortened(safe(text)), bold if line.is_heading else None)
