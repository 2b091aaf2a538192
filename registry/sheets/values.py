"""From what a cell shows to the plain value of a field, and the refusal that says what to do instead."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _

from registry.search import fold

from . import days, figures, lists
from .cells import Cell, Kind, Typed, text_of
from .columns import Column, Sort
from .encodings import UNREADABLE
from .finding import Finder
from .problems import Wrong

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|&(?:[A-Za-z]{2,8}|#\d{1,6});", re.DOTALL)
_ESCAPED = re.compile(r"'[=+\-@＝＋－＠\t\r\n']")
_HOUR = re.compile(r"\d{1,2}:\d{2}(:\d{2})?", re.ASCII)
_SHOWN = 12
_TEXTS = {Sort.TEXT, Sort.NAMES, Sort.TRANSLATIONS, Sort.ROWS, Sort.WORDS}


@dataclass(frozen=True)
class Told:
    """What the editor has said about a column: how its numbers and dates are written, and what its values mean."""

    numbers: str = ""
    dates: str = ""
    values: dict[str, str] = field(default_factory=dict)
    clear: bool = False
    take_html_out: bool = False


def shown(cell: Cell) -> str:
    """What stands in the cell, without the mark that keeps a spreadsheet program from taking it for a formula."""
    text = text_of(cell)
    if isinstance(cell, str) and _ESCAPED.match(text):
        text = text[1:]
    return text


def value(column: Column, cell: Cell, told: Told, finder: Finder) -> Any:
    """The plain value as versions hold it; None for a cell that says nothing. Raises Wrong."""
    text = _text(column, cell, told)
    if not text:
        return None
    exact = isinstance(cell, Typed) and cell.kind is Kind.NUMBER
    return _READ[column.sort](column, text, Told("point", told.dates, told.values) if exact else told, finder)


def named_by(column: Column, cell: Cell, told: Told) -> Iterator[tuple[type | None, str]]:
    """The records that a cell names, to be looked up together: their noun, or None for any, and the text."""
    if column.sort in {Sort.RECORD, Sort.RECORDS, Sort.CODES}:
        text = text_of(cell).strip()
        for member in [text] if column.sort is Sort.RECORD else lists.members(text):
            yield column.points_to, member
    elif column.sort is Sort.ROWS:
        for row in lists.rows(shown(cell)):
            for part, text in zip(column.parts, row, strict=False):
                yield from named_by(part, text, told)


def _text(column: Column, cell: Cell, told: Told) -> str:
    if isinstance(cell, Typed):
        _refuse_typed(column, cell)
    text = shown(cell).strip()
    if "\x00" in text:
        raise Wrong(_("The cell holds a NUL byte. Type its text again."))
    if UNREADABLE in text:
        raise Wrong(_("The cell holds characters that cannot be read. Save the file as UTF-8, or choose its encoding."))
    if column.sort in _TEXTS and (found := _TAG.search(text)):
        if not told.take_html_out:
            words = _("The cell holds HTML (%(what)s). Take it out, or tick that the register does.")
            raise Wrong(words % {"what": found[0][:40]}, "html")
        text = html.unescape(re.sub(_TAG, lambda tag: tag[0] if tag[0][0] == "&" else "", text)).strip()
    return text


def _refuse_typed(column: Column, cell: Typed) -> None:
    if cell.kind is Kind.FORMULA:
        raise Wrong(_("The cell contains a formula. Copy the column and paste its values."))
    if cell.kind is Kind.ERROR:
        raise Wrong(_("The cell shows an error (%(text)s). Write the value itself.") % {"text": cell.text})
    if cell.kind is Kind.DATE and column.sort in _TEXTS:
        words = _("A date has been made of this text (%(text)s). Format the column as text and type it again.")
        raise Wrong(words % {"text": cell.text})


def _as_text(column: Column, text: str, told: Told, finder: Finder) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _choice(column: Column, text: str, told: Told, finder: Finder) -> str:
    """By its code or its label; what an editor has chosen for the same words counts first."""
    choices = column.choices
    if not told.values and text in choices:
        return text
    key = fold(text)
    if told.values.get(key) in choices:
        return told.values[key]
    if text in choices:
        return text
    found = {code for code, label in choices.items() if key in {fold(code), fold(label)}}
    if len(found) == 1:
        return found.pop()
    allowed = ", ".join(f"{label} ({code})" for code, label in list(choices.items())[:_SHOWN])
    if len(choices) > _SHOWN:
        allowed = _("%(some)s and %(n)d more") % {"some": allowed, "n": len(choices) - _SHOWN}
    words = _("“%(text)s” is none of: %(allowed)s. Write one of them, or say beside the column what it means.")
    raise Wrong(words % {"text": text[:60], "allowed": allowed}, "choice", text)


def _choices(column: Column, text: str, told: Told, finder: Finder) -> list[str]:
    if told.values and told.values.get(fold(text)) in column.choices:
        return [told.values[fold(text)]]
    return sorted({_choice(column, member, told, finder) for member in lists.members(text)})


def _words(column: Column, text: str, told: Told, finder: Finder) -> list[str]:
    words = lists.members(text)
    if column.name == "hashtags":
        words = [word.lstrip("#") for word in words]
    return list(dict.fromkeys(word for word in words if word))


def _whole(column: Column, text: str, told: Told, finder: Finder) -> int:
    number = figures.number(text, told.numbers)
    if number != number.to_integral_value() or number.adjusted() > 18:
        raise Wrong(_("“%(text)s” is not a whole number.") % {"text": text[:40]})
    return int(number)


def _decimal(column: Column, text: str, told: Told, finder: Finder) -> str:
    if column.name.endswith("_percent"):
        text = text.removesuffix("%").rstrip()
    limits = [check.limit_value for check in column.field.validators if isinstance(check, MaxValueValidator)]
    number = figures.number(text, told.numbers, Decimal(min(limits)) if limits else None)
    places = Decimal(1).scaleb(-column.field.decimal_places)
    exact = number.adjusted() < 30 and number == number.quantize(places)
    return str(number.quantize(places) if exact else number)


def _day(column: Column, text: str, told: Told, finder: Finder) -> str:
    return days.day(text, told.dates)


def _dates(column: Column, text: str, told: Told, finder: Finder) -> str:
    return days.dates(text, told.dates)


def _time(column: Column, text: str, told: Told, finder: Finder) -> str:
    try:
        return time.fromisoformat(text.rjust(5, "0") if _HOUR.fullmatch(text) else "-").isoformat()
    except ValueError as error:
        raise Wrong(_("“%(text)s” is not a time of day. Write it like 10:30.") % {"text": text[:40]}) from error


def _record(column: Column, text: str, told: Told, finder: Finder) -> str:
    return finder.find(column.points_to, text)


def _records(column: Column, text: str, told: Told, finder: Finder) -> list[str]:
    codes = list(dict.fromkeys(finder.find(column.points_to, member) for member in lists.members(text)))
    return sorted(codes) if column.sort is Sort.RECORDS else codes


def _names(column: Column, text: str, told: Told, finder: Finder) -> list[dict[str, str]]:
    found = []
    for parts in lists.rows(text):
        if len(parts) > 3:
            raise Wrong(_("A name has three parts at most: name | language | note."))
        name, language, note = [*parts, "", ""][:3]
        found.append({"name": name, "language": language, "note": note})
    return found


def _translations(column: Column, text: str, told: Told, finder: Finder) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for parts in lists.rows(text):
        language, title, summary = [*parts, "", ""][:3]
        said = {name: words for name, words in (("title", title), ("summary", summary)) if words}
        if len(parts) > 3 or not said or language.lower() in found:
            raise Wrong(_("A translation has three parts, and a language one line: language | title | summary."))
        found[language.lower()] = said
    return found


def _rows(column: Column, text: str, told: Told, finder: Finder) -> list[dict[str, Any]]:
    return [_row(column, parts, told, finder) for parts in lists.rows(text)]


def _row(column: Column, texts: list[str], told: Told, finder: Finder) -> dict[str, Any]:
    if len(texts) > len(column.parts):
        words = _("The row has more than its %(n)d parts: %(parts)s.")
        parts = " | ".join(str(part.field.verbose_name) for part in column.parts)
        raise Wrong(words % {"n": len(column.parts), "parts": parts})
    given = dict(zip((part.name for part in column.parts), texts, strict=False))
    made = {}
    for part in column.parts:
        try:
            found = value(part, given.get(part.name, ""), told, finder)
        except Wrong as wrong:
            words = _("%(part)s: %(why)s") % {"part": part.field.verbose_name, "why": wrong}
            raise Wrong(words, "" if wrong.kind == "choice" else wrong.kind) from wrong
        made[part.name] = blank(part) if found is None else found
    return made


def blank(column: Column) -> Any:
    """What a field holds when nothing is stated."""
    if column.sort is Sort.TRANSLATIONS:
        return {}
    if column.sort in {Sort.CHOICES, Sort.WORDS, Sort.RECORDS, Sort.CODES, Sort.NAMES, Sort.ROWS}:
        return []
    if column.field.has_default():
        default = column.field.get_default()
        return str(default) if isinstance(default, str) else default
    return None if column.field.null else ""


_READ = {
    Sort.TEXT: _as_text,
    Sort.CHOICE: _choice,
    Sort.CHOICES: _choices,
    Sort.WORDS: _words,
    Sort.WHOLE: _whole,
    Sort.DECIMAL: _decimal,
    Sort.DAY: _day,
    Sort.DATES: _dates,
    Sort.TIME: _time,
    Sort.RECORD: _record,
    Sort.RECORDS: _records,
    Sort.CODES: _records,
    Sort.NAMES: _names,
    Sort.TRANSLATIONS: _translations,
    Sort.ROWS: _rows,
}
