"""In which encoding a text file was written: found from its bytes, and said so that an editor can correct it."""

import codecs
import re
from collections.abc import Iterator
from io import BytesIO, StringIO

from django.utils.translation import gettext as _

from .limits import Unreadable

# What an editor can choose, by the name that Python has for it.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16 (BOM)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1254": "Windows-1254",
}
# For the lines of a file that is otherwise UTF-8.
ODD = ("cp1251", "cp1252", "cp1254")

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH = re.compile(rb"[\x80-\xff]+")
_NAMED = 20
UNREADABLE = "\ufffd"


def find(content: bytes) -> tuple[str, list[int]]:
    """The encoding and, where most but not all lines are UTF-8, the first numbers of the lines that are not."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name, []
    if wide := _without_mark(content[:4096]):
        return wide, []
    if _is_utf8(content):
        return "utf-8", []
    odd: list[int] = []
    proper = broken = 0
    for number, line in enumerate(_pieces(content), start=1):
        if not line.isascii():
            right = _is_utf8(line)
            proper, broken = proper + right, broken + (not right)
            if not right and len(odd) < _NAMED:
                odd.append(number)
    return ("utf-8", odd) if broken <= proper else (_one_byte(content), [])


def _pieces(content: bytes) -> Iterator[bytes]:
    """The lines with their ends, whichever of the three ends a system writes."""
    for line in BytesIO(content):
        if b"\r" in line[:-2]:
            yield from line.splitlines(keepends=True)
        else:
            yield line


def _without_mark(start: bytes) -> str:
    """UTF-16 without its mark: every other byte of western text is zero."""
    even, uneven = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 4
    if uneven > half and not even:
        return "utf-16-le"
    return "utf-16-be" if even > half and not uneven else ""


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _one_byte(content: bytes) -> str:
    """Cyrillic words are long runs of high bytes; the letters with marks of western words stand alone."""
    runs = [len(run) for run in _HIGH.findall(content[:1_000_000])]
    if sum(length for length in runs if length >= 4) * 2 > sum(runs):
        return "cp1251"
    turkish = sum(content.count(letter) for letter in (b"\xfe", b"\xde", b"\xf0", b"\xfd", b"\xdd"))
    return "cp1254" if turkish * 3 > len(runs) else "cp1252"


def lines(content: bytes, encoding: str, odd: str = "") -> Iterator[str]:
    """The decoded lines with their ends; what cannot be decoded reads as U+FFFD, which no cell may hold.

    `odd` is the encoding of the lines of a UTF-8 file that are not UTF-8.
    """
    if encoding not in ENCODINGS or odd not in {"", *ODD}:
        raise Unreadable(_("Choose one of the encodings of the list."))
    if encoding.startswith("utf-16"):
        yield from StringIO(content.decode(encoding, errors="replace").removeprefix("\ufeff"), newline="")
        return
    if encoding == "utf-8-sig":
        content = content.removeprefix(codecs.BOM_UTF8)
        encoding = "utf-8"
    for line in _pieces(content):
        if odd and encoding == "utf-8" and not _is_utf8(line):
            yield line.decode(odd, errors="replace")
        else:
            yield line.decode(encoding, errors="replace")
