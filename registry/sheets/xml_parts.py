"""The XML parts of a workbook, read piece by piece: what is too large or plays tricks is refused while reading."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from .limits import MOST_CHARACTERS, Unreadable

Attributes = dict[str, str]
_PIECE = 65_536
_MOST_PARTS = 2_000
_MOST_UNPACKED = 400 * 1024 * 1024
# Real sheets shrink to a tenth, sheets of blank styled cells to a hundredth.
_RATIO, _RATIO_FROM = 250, 8 * 1024 * 1024


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The parts of the workbook; raises Unreadable for what is none, is encrypted, or would fill the memory."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is an old or a protected Excel file. Save it as “Excel workbook (.xlsx)” without a password.")
        )
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(_("The workbook is damaged. Open it, save it and bring it again.")) from error
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unreadable(_("The workbook holds far more than a table. Save the one sheet as CSV."))
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable(_("The workbook has a password. Save it without one."))
        if part.file_size > max(_RATIO_FROM, part.compress_size * _RATIO):
            raise Unreadable(_("The workbook unpacks to far more than it seems. Save the one sheet as CSV."))
    return archive


class Part:
    """One part; `starts`, `ends` and `text` are called for each tag by its local name, and for text that is wanted.

    `most` is how many tags it may have. Set `wants_text` from within `starts` to have the text of the element.
    """

    def __init__(self, most: int, starts: Callable[[str, Attributes], None], ends: Callable[[str, str], None]) -> None:
        self.left, self.starts, self.ends = most, starts, ends
        self.wants_text, self.pieces, self.length = False, [], 0
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def read(self, archive: zipfile.ZipFile, name: str) -> Iterator[None]:
        """Read the part; yields after each piece of 64 kB, so that nobody has to wait for the end."""
        try:
            with archive.open(name) as stream:
                while piece := stream.read(_PIECE):
                    self.parser.Parse(piece, False)
                    yield
                self.parser.Parse(b"", True)
                yield
        except KeyError as error:
            raise Unreadable(_("The workbook lacks a part. Open it, save it and bring it again.")) from error
        except (expat.ExpatError, zipfile.BadZipFile, zipfile.zlib.error, EOFError, NotImplementedError) as error:
            raise Unreadable(_("The workbook is damaged. Open it, save it and bring it again.")) from error

    def _refuse(self, *_declared: object) -> None:
        raise Unreadable(_("The workbook holds what no spreadsheet program writes. Save the sheet as CSV."))

    def _start(self, tag: str, attributes: Attributes) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unreadable(_("The workbook holds far more than a table. Save the one sheet as CSV."))
        if self.pieces:
            self.pieces, self.length = [], 0
        self.starts(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def _end(self, tag: str) -> None:
        text = "".join(self.pieces)
        self.pieces, self.length = [], 0
        self.ends(tag.rpartition(":")[2] if ":" in tag else tag, text)

    def _text(self, piece: str) -> None:
        if self.wants_text:
            self.length += len(piece)
            if self.length > MOST_CHARACTERS * 2:
                raise Unreadable(_("A cell of the workbook holds more text than any cell may."))
            self.pieces.append(piece)
