"""What a PDF and a text have to be."""

import codecs
import csv
from io import SEEK_END, StringIO
from itertools import islice
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .kinds import has_markup

PIECE = 1024 * 1024
SAMPLE = 20  # rows that tell a table


def check_pdf(file: IO[bytes], size: int) -> None:
    """The end-of-file mark of ISO 32000 stands where it should, and nothing is hung on after it."""
    file.seek(-min(size, 2048), SEEK_END)
    _before, mark, after = file.read().rpartition(b"%%EOF")
    if not mark or after.strip(b"\0\t\n\f\r "):
        raise ValidationError(
            _("The PDF is incomplete, or something hangs on after its end. Print it to a new PDF and upload that."),
            code="damaged",
        )


def check_text(file: IO[bytes]) -> str:
    """Either "text/csv" or "text/plain"; UTF-8 without control characters and without markup."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    start, tail, piece = "", b"", b"-"
    while piece:
        piece = file.read(PIECE)
        text = _decode(decoder, piece)
        start = start or text
        if has_markup(tail + piece):
            raise ValidationError(_("The text holds parts of a web page. Save it as PDF and upload that."), code="kind")
        tail = piece[-16:]
    return "text/csv" if _is_a_table(start) else "text/plain"


def _decode(decoder: codecs.IncrementalDecoder, piece: bytes) -> str:
    try:
        text = decoder.decode(piece, final=not piece)
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The text is not in UTF-8. Save it with the encoding UTF-8 and upload that."), code="encoding"
        ) from error
    if any(byte < 9 or byte == 11 or 13 < byte < 32 or byte == 127 for byte in set(piece)):
        raise ValidationError(
            _("The text holds control characters. Save it as plain text in UTF-8 and upload that."), code="encoding"
        )
    return text


def _is_a_table(text: str) -> bool:
    """Whether the first rows, two at the least, have the same number of cells, more than one."""
    for mark in ",;\t":
        try:
            rows = [row for row in islice(csv.reader(StringIO(text, newline=""), delimiter=mark), SAMPLE) if row]
        except csv.Error:
            continue
        if len(rows) > 1 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1:
            return True
    return False
