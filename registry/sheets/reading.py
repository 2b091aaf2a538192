"""How a file is read: what kind it is, its encoding and separator or its sheet, and the row that holds the headers."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import islice

from django.utils.translation import gettext as _

from . import csv_files, encodings
from .cells import Row, text_of
from .limits import MOST_BYTES, Unreadable
from .workbooks import open_workbook
from .worksheets import Worksheet

_FIRST = 12


@dataclass(frozen=True)
class Reading:
    """What an editor can correct of how the file is read; kept as JSON with the import."""

    kind: str
    encoding: str = ""
    separator: str = ""
    odd_lines: list[int] = field(default_factory=list)
    odd: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    header_row: int = 1

    def as_json(self) -> dict:
        """For the import."""
        return asdict(self)


def look(content: bytes) -> Reading:
    """How the file seems to be written; raises Unreadable for what is no sheet."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(n)d MB. Divide it.") % {"n": MOST_BYTES // 1024**2})
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        sheets = list(open_workbook(content).sheets)
        found = Reading("xlsx", sheet=sheets[0], sheets=sheets)
    else:
        encoding, odd = encodings.find(content)
        found = Reading("csv", encoding, csv_files.find_separator(content, encoding), odd)
    return replace(found, header_row=_header_row(content, found))


def _header_row(content: bytes, reading: Reading) -> int:
    """The first row that holds anything; an editor chooses another where a title stands above the table."""
    first = next((row.number for row in _rows(content, reading) if row.cells or row.problem), 0)
    if not first:
        raise Unreadable(_("The sheet is empty."))
    return first


def rows(content: bytes, reading: Reading) -> Iterator[Row]:
    """The rows below the headers that hold anything or cannot be read."""
    for row in _rows(content, reading):
        if row.number > reading.header_row and (row.problem or any(text_of(cell).strip() for cell in row.cells)):
            yield row


def headers(content: bytes, reading: Reading) -> list[str]:
    """The texts of the header row; raises Unreadable when there is none."""
    for row in _rows(content, reading):
        if row.number == reading.header_row:
            if row.problem:
                raise Unreadable(row.problem)
            names = [" ".join(text_of(cell).split())[:200] for cell in row.cells]
            while names and not names[-1]:
                names.pop()
            if any(encodings.UNREADABLE in name or "\x00" in name for name in names):
                raise Unreadable(_("The headers hold characters that cannot be read. Choose another encoding."))
            if names:
                return names
        if row.number >= reading.header_row:
            break
    words = _("Row %(n)d holds no headers. Choose the row with the names of the columns.")
    raise Unreadable(words % {"n": reading.header_row})


def first_rows(content: bytes, reading: Reading) -> list[Row]:
    """The beginning of the sheet as it is read, headers included."""
    return list(islice(_rows(content, reading), _FIRST))


def estimate(content: bytes, reading: Reading) -> int:
    """About how many rows the sheet has, for a bar that shows how far the work is."""
    if reading.kind == "csv":
        return max(1, content.count(b"\r" if b"\n" not in content else b"\n"))
    workbook = open_workbook(content)
    found = 0
    with workbook.archive.open(workbook.sheets[reading.sheet]) as stream:
        while piece := stream.read(1024 * 1024):
            found += piece.count(b"<row")
    return max(1, found)


def digest(content: bytes) -> str:
    """By which the same file is known again."""
    return hashlib.sha256(content).hexdigest()


def _rows(content: bytes, reading: Reading) -> Iterator[Row]:
    if reading.kind == "xlsx":
        return Worksheet(open_workbook(content), reading.sheet).rows()
    return csv_files.rows(content, reading.encoding, reading.separator, reading.odd)
