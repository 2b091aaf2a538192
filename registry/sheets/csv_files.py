"""CSV files as people send them: any separator, ragged rows, quotation marks that are never closed."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import encodings
from .cells import Row
from .limits import MOST_COLUMNS, MOST_ROWS, Unreadable

SEPARATORS = {",": ",", ";": ";", "\t": "Tab", "|": "|"}
_SAID = re.compile(r"\Asep=(.)\s*\Z")
_LOOKED_AT = 200
_MOST_IN_A_LINE = 100_000


def find_separator(content: bytes, encoding: str) -> str:
    """The separator that gives the rows at the beginning most columns that they agree on, and more than one.

    Marks within a cell, such as the bars of a citation, share out fewer rows than they make.
    """
    start: list[str] = []
    for line in encodings.lines(content[:262_144], encoding):
        start.append(line)
        if len(start) == _LOOKED_AT:
            break
    if start and (said := _SAID.match(start[0])):
        return said[1]
    return max(SEPARATORS, key=lambda separator: _agreement(start, separator))


def _agreement(lines: list[str], separator: str) -> tuple[bool, float]:
    """Whether most rows have the same number of columns, and that number by the share of those rows."""
    first = next((line for line in lines if line.strip()), "")
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
    except csv.Error:
        return (False, 0)
    wide = [(count, width) for width, count in widths.items() if width > 1]
    count, width = max(wide, default=(0, 0))
    if count <= 1 and separator not in first:
        return (False, 0)
    share = count / widths.total()
    return (share > 0.5, share * width)


def rows(content: bytes, encoding: str, separator: str, odd: str = "") -> Iterator[Row]:
    """Every record of the file, numbered as a spreadsheet program shows it; blank ones have no cells.

    A record that cannot be read says why and the next ones go on.
    """
    if separator not in SEPARATORS:
        raise Unreadable(_("Choose one of the separators of the list."))
    lines = (_no_endless(line, separator) for line in encodings.lines(content, encoding, odd))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        begun, number = reader.line_num + 1, number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, [], _why(error, begun))
            continue
        if number > MOST_ROWS + 1:
            raise Unreadable(_("The sheet has more than %(n)d rows. Divide it.") % {"n": MOST_ROWS})
        if number == 1 and len(cells) <= 2 and _SAID.match("".join([cells[0] if cells else "", separator])):
            cells = []
        if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
            yield Row(number, [], _("The row has more than %(n)d columns.") % {"n": MOST_COLUMNS})
            continue
        yield Row(number, cells[:MOST_COLUMNS] if any(map(str.strip, cells)) else [])


def _no_endless(line: str, separator: str) -> str:
    """The line, unless it is made to fill the memory."""
    if len(line) > _MOST_IN_A_LINE and line.count(separator) > _MOST_IN_A_LINE:
        raise Unreadable(_("A line has more than %(n)d columns.") % {"n": _MOST_IN_A_LINE})
    return line


def _why(error: csv.Error, line: int) -> str:
    words = str(error)
    if "field larger" in words:
        return (
            _("A cell is longer than any cell may be. Look for a quotation mark that is never closed, from line %d on.")
            % line
        )
    if "end of data" in words:
        return _("The quotation mark opened in line %d is never closed. Close it, or write it twice.") % line
    if "expected after" in words:
        return _("A quotation mark stands within the cell in line %d. Write it twice.") % line
    return _("Line %(line)d cannot be read: %(why)s.") % {"line": line, "why": words}
