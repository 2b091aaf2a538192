"""What a workbook says besides its cells: its sheets, its shared texts, and how its numbers are shown."""

import re
import zipfile
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from .limits import Unreadable
from .xml_parts import Attributes, Part, open_archive

_MOST_SHEETS, _MOST_STYLES, _MOST_TEXTS, _MOST_SHARED = 500, 70_000, 1_000_000, 40_000_000
_QUOTED = re.compile(r'"[^"]*"|\[(?!h|m|s)[^\]]*\]|\\.|_.|\*.', re.IGNORECASE)

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Shows(Enum):
    """What a number of a cell stands for, by its format."""

    NUMBER = auto()
    PERCENT = auto()
    DAY = auto()
    MONTH = auto()
    YEAR = auto()
    TIME = auto()


@dataclass(frozen=True)
class Workbook:
    """An opened workbook; `sheets` are the parts of its tables by name, in their order, hidden ones left out."""

    archive: zipfile.ZipFile
    sheets: dict[str, str]
    from_1904: bool


def open_workbook(content: bytes) -> Workbook:
    """The tables of a workbook; raises Unreadable for what is none."""
    archive = open_archive(content)
    start = _relations(archive, "_rels/.rels")
    book = next((target for kind, target in start.values() if kind.endswith("/officeDocument")), "xl/workbook.xml")
    folder, _slash, name = book.rpartition("/")
    targets = _relations(archive, f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    found: list[tuple[str, str]] = []
    epochs: list[bool] = []

    def starts(tag: str, attributes: Attributes) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            kind, target = targets.get(key, ("", ""))
            if kind.endswith("/worksheet"):
                path = target.removeprefix("/") if target.startswith("/") else f"{folder}/{target}"
                found.append((attributes.get("name", ""), path))
        elif tag == "workbookPr":
            epochs.append(attributes.get("date1904") in {"1", "true"})

    _whole(Part(50_000, starts, _nothing), archive, book)
    if not found or len(found) > _MOST_SHEETS:
        raise Unreadable(_("The workbook has no sheet with a table that can be seen."))
    return Workbook(archive, dict(found), any(epochs))


def shared_texts(workbook: Workbook) -> list[str]:
    """The texts that cells refer to by number."""
    name = _part(workbook, "sharedStrings")
    texts: list[str] = []
    pieces: list[str] = []
    reading_aloud = total = 0

    def starts(tag: str, _attributes: Attributes) -> None:
        nonlocal reading_aloud
        part.wants_text = tag == "t" and not reading_aloud
        reading_aloud += tag == "rPh"

    def ends(tag: str, text: str) -> None:
        nonlocal reading_aloud, total
        part.wants_text = False
        if tag == "t" and not reading_aloud:
            pieces.append(text)
        elif tag == "rPh":
            reading_aloud -= 1
        elif tag == "si":
            texts.append(unescaped("".join(pieces)))
            total += len(texts[-1])
            pieces.clear()
            if len(texts) > _MOST_TEXTS or total > _MOST_SHARED:
                raise Unreadable(_("The workbook holds far more than a table. Save the one sheet as CSV."))

    part = Part(3 * _MOST_TEXTS, starts, ends)
    if name:
        _whole(part, workbook.archive, name)
    return texts


def unescaped(text: str) -> str:
    """With the characters that XML cannot hold, which a workbook writes as _x000D_."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


def formats(workbook: Workbook) -> list[Shows]:
    """By the number of a style, what its cells stand for."""
    own: dict[str, str] = {}
    used: list[Shows] = []
    inside = ""

    def starts(tag: str, attributes: Attributes) -> None:
        nonlocal inside
        if tag == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = tag
        elif tag == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            used.append(_shows(own.get(number) or BUILTIN_FORMATS.get(int(number) if number.isdigit() else 0, "")))

    def ends(tag: str, _text: str) -> None:
        nonlocal inside
        inside = "" if tag == "cellXfs" else inside

    if name := _part(workbook, "styles"):
        _whole(Part(_MOST_STYLES * 4, starts, ends), workbook.archive, name)
    return used


def _shows(code: str) -> Shows:
    if not is_date_format(code):
        return Shows.PERCENT if "%" in _QUOTED.sub("", code) else Shows.NUMBER
    letters = _QUOTED.sub("", code).lower()
    if "d" in letters:
        return Shows.DAY
    if "h" in letters or "s" in letters:
        return Shows.TIME
    return Shows.MONTH if "m" in letters else Shows.YEAR


def _part(workbook: Workbook, name: str) -> str:
    return next((n for n in workbook.archive.namelist() if n.endswith(f"/{name}.xml")), "")


def _relations(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}

    def starts(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "").removeprefix("./")
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), target)

    _whole(Part(10_000, starts, _nothing), archive, name)
    return {
        key: (kind, target.removeprefix("/") if name == "_rels/.rels" else target)
        for key, (kind, target) in found.items()
    }


def _whole(part: Part, archive: zipfile.ZipFile, name: str) -> None:
    for _piece in part.read(archive, name):
        pass


def _nothing(_tag: str, _text: str) -> None:
    """Nothing to do at the end of a tag."""
