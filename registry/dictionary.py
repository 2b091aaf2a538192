"""What every public field means, generated from what makes the documents; in the language of whoever reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry import documents, downloads, vocabularies
from registry.documents import Field, Sort
from registry.models import ENTRIES, Entry
from registry.models.translations import capitalised
from registry.vocabularies import TAKEN_FROM, VOCABULARIES, Code

TYPES: dict[Sort, Promise] = {
    Sort.TEXT: _("text"),
    Sort.ADDRESS: _("web address"),
    Sort.CODE: _("code of a list"),
    Sort.WHOLE: _("whole number"),
    Sort.DECIMAL: _("decimal number, in JSON as a text"),
    Sort.DEGREES: _("number"),
    Sort.DAY: _("day, ISO 8601"),
    Sort.TIME: _("time of day, ISO 8601"),
    Sort.MOMENT: _("moment in UTC, ISO 8601"),
    Sort.WORDS: _("list of texts"),
    Sort.CODES: _("list of codes"),
    Sort.LINK: _("record: code, title and address"),
    Sort.LINKS: _("list of records: code, title and address"),
    Sort.ROWS: _("list of rows"),
    Sort.PARTS: _("object with parts"),
}
_UNITS: dict[str, Promise] = {
    "longitude": _("degrees east, WGS 84"),
    "latitude": _("degrees north, WGS 84"),
    "amount": _("in the currency that stands beside it"),
    "of_need": _("in the currency of the amount"),
    "of_budget": _("in the currency of the amount"),
    "gap_percent": _("percent"),
    "size": _("bytes"),
    "width": _("pixels"),
    "height": _("pixels"),
}
HEADS = ("noun", "field", "label", "type", "meaning", "unit", "may_be_empty", "columns", "code_list", "codes")


@dataclass(frozen=True)
class Meaning:
    """What is said of a field: `path` is its name in the API, such as participations.role."""

    path: str
    label: str
    type: str
    meaning: str
    unit: str
    may_be_empty: bool
    columns: tuple[str, ...]
    code_list: str
    codes: tuple[Code, ...]
    parts: tuple["Meaning", ...] = ()

    def within(self) -> Iterator["Meaning"]:
        """Its parts and theirs, in order."""
        for part in self.parts:
            yield part
            yield from part.within()


@dataclass(frozen=True)
class NounMeaning:
    """A kind of record with all its fields."""

    model: type[Entry]
    fields: tuple[Meaning, ...]

    @property
    def shared(self) -> list[Meaning]:
        """The fields that every record has."""
        return [field for field in self.fields if field.path in documents.SHARED]

    @property
    def own(self) -> list[Meaning]:
        """The fields that are the noun's own."""
        return [field for field in self.fields if field.path not in documents.SHARED]

    @property
    def name(self) -> str:
        """As addresses have it: projects."""
        return self.model.slug

    @property
    def title(self) -> str:
        """Its records in plural."""
        return str(capitalised(self.model._meta.verbose_name_plural))


@dataclass(frozen=True)
class CodeList:
    """A code list: its name in the API, what it is called, where its codes come from if not from the register."""

    name: str
    title: str
    taken_from: str
    codes: tuple[Code, ...]


def nouns() -> tuple[NounMeaning, ...]:
    """Every noun, in the order of the public menu, in the language of whoever asks."""
    return _nouns(get_language())


@cache
def _nouns(_language: str | None) -> tuple[NounMeaning, ...]:
    """The same for all who read that language: thousands of words, which change with the code alone."""
    found = []
    for model in ENTRIES:
        columns: dict[str, list[str]] = {}
        for column in downloads.columns(model):
            columns.setdefault(column.whole.name, []).append(column.name)
        fields = (_meaning(field, field.name, tuple(columns[field.name])) for field in documents.fields(model))
        found.append(NounMeaning(model, tuple(fields)))
    return tuple(found)


def code_lists() -> list[CodeList]:
    """Every code list that some field takes its codes from."""
    return [
        CodeList(name, str(listed.title), TAKEN_FROM.get(name, ""), tuple(vocabularies.said_of(listed.choices)))
        for name, listed in VOCABULARIES.items()
    ]


def as_rows() -> Iterator[list[str]]:
    """A table of all fields and their parts, below its headers."""
    yield list(HEADS)
    for noun in nouns():
        for field in noun.fields:
            for said in (field, *field.within()):
                codes = downloads.BETWEEN.join(f"{code.code} = {code.label}" for code in said.codes)
                empty = "yes" if said.may_be_empty else "no"
                columns = downloads.BETWEEN.join(said.columns)
                told = [noun.name, said.path, said.label, said.type, said.meaning, said.unit]
                yield [*told, empty, columns, said.code_list, codes]


def as_json() -> dict[str, Any]:
    """The same for programs, with the code lists whole."""
    return {
        "nouns": [{"name": n.name, "title": n.title, "fields": [_plain(f) for f in n.fields]} for n in nouns()],
        "code_lists": [
            {
                "name": listed.name,
                "title": listed.title,
                "taken_from": listed.taken_from or None,
                "codes": [
                    {"code": c.code, "label": c.label, "group": c.group or None, "iati": c.iati or None}
                    for c in listed.codes
                ],
            }
            for listed in code_lists()
        ],
    }


def _meaning(field: Field, path: str, columns: tuple[str, ...] = ()) -> Meaning:
    return Meaning(
        path,
        field.label,
        str(TYPES[field.sort]),
        str(field.meaning),
        str(_UNITS.get(field.name, "")),
        not field.always,
        columns,
        vocabularies.name_of(field.choices) if field.choices else "",
        tuple(vocabularies.said_of(field.choices)) if field.choices else (),
        tuple(_meaning(part, f"{path}.{part.name}") for part in field.parts),
    )


def _plain(said: Meaning) -> dict[str, Any]:
    found = {
        "path": said.path,
        "label": said.label,
        "type": said.type,
        "meaning": said.meaning or None,
        "unit": said.unit or None,
        "may_be_empty": said.may_be_empty,
        "code_list": said.code_list or None,
        "columns": list(said.columns),
    }
    return found | ({"parts": [_plain(part) for part in said.parts]} if said.parts else {})
