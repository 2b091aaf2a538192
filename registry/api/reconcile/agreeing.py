"""Whether what a client says of a property is what the record says."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from registry import public
from registry.documents import Field, Sort
from registry.models import Entry

from . import spellings
from .properties import Property

Given = str | dict[str, str]  # a value as text, or the {"id": code} of a record
_NUMBERS = {Sort.WHOLE, Sort.DECIMAL, Sort.DEGREES}


def linked(documents: Iterable[dict[str, Any]], asked: Iterable[Property]) -> dict[str, Entry]:
    """The public records that the documents name in these properties, by code."""
    asked = [each for each in asked if each.field.sort in {Sort.LINK, Sort.LINKS}]
    return public.by_code({value["code"] for doc in documents for each in asked for value in each.values(doc)})


def agrees(asked: Property, document: dict[str, Any], given: Iterable[Given], known: dict[str, Entry]) -> bool | None:
    """Whether any value given is stated; None where the record states nothing, which contradicts nothing."""
    stated = asked.values(document)
    return any(_same(asked.field, value, each, known) for value in stated for each in given) if stated else None


def _same(field: Field, value: Any, given: Given, known: dict[str, Entry]) -> bool:
    if isinstance(value, dict):
        return _same_record(value, given, known)
    text = given if isinstance(given, str) else given["id"]
    match field.sort:
        case Sort.CODE | Sort.CODES:
            labels = [value] + ([str(field.choices(value).label)] if field.choices else [])
            return any(spellings.words(label) == spellings.words(text) for label in labels)
        case number if number in _NUMBERS:
            return (stated := _number(str(value))) is not None and stated == _number(text)
        case Sort.DAY | Sort.MOMENT:
            return len(text) >= 4 and str(value).startswith(text[:10])
        case _:
            return str(value) == text or (bool(own := spellings.words(text)) and own == spellings.words(str(value)))


def _same_record(link: dict[str, Any], given: Given, known: dict[str, Entry]) -> bool:
    if isinstance(given, dict):
        return given["id"] == link["code"]
    if given == link["code"]:
        return True
    own = spellings.words(given)
    return bool(own) and any(own == spellings.words(name) for name in names(known.get(link["code"])))


def names(entry: Entry | None) -> list[str]:
    """Everything that a record is called; nothing of what is not public."""
    if entry is None:
        return []
    return list(names_of(entry.title, entry.other_names, entry.translations))


def names_of(title: str, other_names: list[dict], translations: dict[str, dict]) -> tuple[str, ...]:
    """The title, other names and translated titles that a record stores."""
    translated = (texts["title"] for texts in translations.values() if "title" in texts)
    return title, *(row["name"] for row in other_names), *translated


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None
