"""The cells of one sheet of a workbook, row by row, whatever its size."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from .cells import Cell, Kind, Row, Typed
from .limits import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Unreadable
from .workbooks import Shows, Workbook, formats, shared_texts, unescaped
from .xml_parts import Attributes, Part

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_VALUED = {"v", "f", "t"}
_SHOWN = {Shows.DAY: 10, Shows.MONTH: 7, Shows.YEAR: 4}


class Worksheet:
    """Reads a sheet; empty cells, however far away, are nothing."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        if name not in workbook.sheets:
            raise Unreadable(_("The workbook has no sheet “%(name)s”.") % {"name": name[:60]})
        self.workbook, self.name = workbook, workbook.sheets[name]
        self.texts, self.formats = shared_texts(workbook), formats(workbook)
        self.epoch = MAC_EPOCH if workbook.from_1904 else WINDOWS_EPOCH
        self.done: list[Row] = []
        self.number = self.column = self.cells_read = 0
        self.cells: dict[int, Cell] = {}
        self.kind = self.style = ""
        self.value = self.formula = None
        self.inline: list[str] = []

    def rows(self) -> Iterator[Row]:
        """The rows that hold anything, in their order, with the numbers that a spreadsheet program shows."""
        self.part = Part(4 * MOST_CELLS, self._starts, self._ends)
        for _piece in self.part.read(self.workbook.archive, self.name):
            yield from self.done
            self.done = []

    def _starts(self, tag: str, attributes: Attributes) -> None:
        self.part.wants_text = tag in _VALUED
        if tag == "c":
            self.cells_read += 1
            if self.cells_read > MOST_CELLS:
                words = _("The sheet has more than %(n)d cells. Divide it, or save it as CSV.")
                raise Unreadable(words % {"n": MOST_CELLS})
            place = _PLACE.fullmatch(attributes.get("r", ""))
            self.column = _number(place[1]) if place else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.value, self.formula, self.inline = None, None, []
        elif tag == "row":
            given = attributes.get("r", "")
            number = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else self.number + 1
            if number <= self.number:
                raise Unreadable(_("The rows of the sheet are out of order. Open it, save it and bring it again."))
            self.number, self.column, self.cells = number, 0, {}

    def _ends(self, tag: str, text: str) -> None:
        self.part.wants_text = False
        if tag == "v":
            self.value = text
        elif tag == "t":
            self.inline.append(text)
        elif tag == "f":
            self.formula = text
        elif tag == "c":
            cell = self._cell()
            if cell != "":
                self._keep(cell)
        elif tag == "row" and self.cells:
            width = max(self.cells)
            self.done.append(Row(self.number, [self.cells.get(n, "") for n in range(1, width + 1)]))

    def _keep(self, cell: Cell) -> None:
        place = {"row": self.number, "column": self.column}
        if self.number > MOST_ROWS + 1 or self.column > MOST_COLUMNS:
            raise Unreadable(
                _("A cell far away from the table holds something (row %(row)d, column %(column)d). Delete it.") % place
            )
        if isinstance(cell, str) and len(cell) > MOST_CHARACTERS:
            raise Unreadable(_("The cell in row %(row)d, column %(column)d holds more text than a cell may.") % place)
        self.cells[self.column] = cell

    def _cell(self) -> Cell:
        if self.formula is not None:
            return Typed(Kind.FORMULA, f"={self.formula[:200]}")
        if self.kind == "inlineStr":
            return unescaped("".join(self.inline))
        if self.value is None or self.value == "":
            return ""
        if self.kind == "s":
            place = int(self.value) if self.value.isascii() and self.value.isdigit() else -1
            return self.texts[place] if 0 <= place < len(self.texts) else Typed(Kind.ERROR, "#REF!")
        if self.kind == "b":
            return "TRUE" if self.value == "1" else "FALSE"
        if self.kind == "e":
            return Typed(Kind.ERROR, self.value[:40])
        if self.kind == "d":
            return Typed(Kind.DATE, self.value.removesuffix("T00:00:00")[:40])
        return self.value if self.kind == "str" else self._numeric()

    def _numeric(self) -> Cell:
        style = int(self.style) if self.style.isascii() and self.style.isdigit() else -1
        shows = self.formats[style] if 0 <= style < len(self.formats) else Shows.NUMBER
        try:
            if shows in {Shows.NUMBER, Shows.PERCENT}:
                number = as_typed(self.value)
                return Typed(Kind.NUMBER, f"{_plain(Decimal(number) * 100)}%" if shows is Shows.PERCENT else number)
            return _moment(from_excel(float(self.value), self.epoch), shows)
        except (ValueError, OverflowError, InvalidOperation, TypeError):
            return Typed(Kind.ERROR, self.value[:40])


def as_typed(value: str) -> str:
    """A stored number as its cell shows it: 15 digits, which is what a spreadsheet program keeps of a number."""
    if value.isascii() and value.isdigit() and len(value) <= 15:
        return value
    return _plain(Decimal(format(float(value), ".15g")))


def _plain(number: Decimal) -> str:
    if not number.is_finite() or abs(number.adjusted()) > 40:
        raise ValueError(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(found: date | time | datetime | None, shows: Shows) -> Cell:
    """Only what the cell shows: a month that a program keeps as its first day is a month."""
    if isinstance(found, time):
        return Typed(Kind.TIME, found.isoformat(timespec="seconds"))
    if not isinstance(found, datetime) or shows is Shows.TIME:
        return Typed(Kind.ERROR, str(found)[:40])
    if shows is Shows.DAY and found.time() != time():
        return Typed(Kind.DATE, found.isoformat(timespec="seconds"))
    return Typed(Kind.DATE, found.date().isoformat()[: _SHOWN[shows]])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
