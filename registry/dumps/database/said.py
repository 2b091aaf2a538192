"""What the file says of itself: whose state it is, how to read it, what each field means, and every code list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import override

from registry import dictionary
from registry.models import ENTRIES
from registry.models.translations import OTHERS
from registry.vocabularies import VOCABULARIES, said_of

from .shapes import table_of

TITLE = "Caspian Heritage Register"
ATTRIBUTION = "The points of Baku and Sheki are from GeoNames (https://www.geonames.org/), rounded, under CC BY 4.0."
_LANGUAGES = [code for code, _name in settings.LANGUAGES if code in OTHERS]
_READING = {
    "empty": "NULL means that no source of the record states it. It never means zero.",
    "money": "Amounts and shares are text with all their decimals, such as '1800000.00', in the currency of the column "
    "beside them: no binary number holds them exactly. CAST(amount AS REAL) sorts and draws them; do not add up what "
    "is defined differently.",
    "dates": "A date column says what the source says (EDTF level 1); beside it stand the first and the last day that "
    "it can mean. Days and moments are ISO 8601.",
    "relations": "The tables called <noun>_<field> hold the lists of a record: `record` is its code, `row_number` its "
    "place in the list. The table `records` has every record of every noun, and those withdrawn that others name: "
    "their title is NULL.",
    "points": "The table `points` has the published points of the records, as the map draws them; `at` is the region "
    "or the site that a point belongs to. Its column `geometry` (WKB, EPSG:4326) opens as a layer in QGIS and GDAL.",
    "keeping_up": "What changed since then: /api/v1/changes/?after=NUMBER, with the number that `feed` says.",
    "views": "The views called <noun>_in_words show the title beside each code.",
}

META_TABLES = {
    "about": '"name" TEXT PRIMARY KEY, "value" TEXT',
    "nouns": '"name" TEXT PRIMARY KEY, "prefix" TEXT, "title" TEXT, "records" INTEGER',
    "vocabularies": '"name" TEXT PRIMARY KEY, "title" TEXT, "taken_from" TEXT, "table_name" TEXT',
    "fields": '"noun" TEXT REFERENCES "nouns" ("name"), "field" TEXT, "label" TEXT, "type" TEXT, "meaning" TEXT, '
    '"unit" TEXT, "may_be_empty" INTEGER, "table_name" TEXT, "column_name" TEXT, '
    '"vocabulary" TEXT REFERENCES "vocabularies" ("name"), PRIMARY KEY ("noun", "field")',
    "records": '"code" TEXT PRIMARY KEY, "noun" TEXT REFERENCES "nouns" ("name"), "title" TEXT, "url" TEXT',
}
_TITLES = [f'"title_{code}" TEXT' for code in _LANGUAGES]
VOCABULARY = ", ".join(['"code" TEXT PRIMARY KEY', '"title" TEXT', *_TITLES, '"wider_class" TEXT', '"iati" TEXT'])


@dataclass(frozen=True)
class About:
    """The state of the register that a dump holds: `as_of` is its last public change, `host` where it is served.

    `feed` is the number of the newest entry of the feed of changes that is in it, 0 where the feed is empty.
    """

    host: str
    revision: int
    feed: int
    as_of: datetime
    licence: str


def about_rows(about: About) -> list[tuple[str, str]]:
    """Where the records are from, under which terms, and how to read them; no hour but that of the last change."""
    return [
        ("title", TITLE),
        ("address", about.host),
        ("as_of", about.as_of.astimezone(UTC).isoformat()),
        ("revision", str(about.revision)),
        ("feed", str(about.feed)),
        ("licence", about.licence),
        ("attribution", ATTRIBUTION),
        *_READING.items(),
    ]


def noun_rows(counts: dict[str, int]) -> list[tuple[Any, ...]]:
    """Every noun, with how many of its records there are."""
    with override("en"):
        titles = {noun.name: noun.title for noun in dictionary.nouns()}
    return [(model.slug, model.prefix, titles[model.slug], counts[model.slug]) for model in ENTRIES]


def field_rows() -> Iterator[tuple[Any, ...]]:
    """The data dictionary, with the table and the column of each field that has one."""
    with override("en"):
        said = dictionary.nouns()
    for noun in said:
        places = {}
        for table in table_of(noun.model).whole:
            places[table.path or "code"] = (table.name, None if table.path else "code")
            places |= {column.path: (table.name, column.name) for column in table.columns}
        for field in noun.fields:
            for one in (field, *field.within()):
                told = (noun.name, one.path, one.label, one.type, one.meaning or None, one.unit or None)
                yield (*told, one.may_be_empty, *places.get(one.path, (None, None)), one.code_list or None)


def vocabulary_rows() -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Each code list, and its codes with their labels in every language."""
    with override("en"):
        lists = dictionary.code_lists()
    in_others = {language: _labels(language) for language in _LANGUAGES}
    for listed in lists:
        codes = []
        for one in listed.codes:
            elsewhere = [in_others[language][listed.name, one.code] for language in _LANGUAGES]
            codes.append((one.code, one.label, *elsewhere, one.group or None, one.iati or None))
        yield (listed.name, listed.title, listed.taken_from or None, f"vocabulary_{listed.name}"), codes


def _labels(language: str) -> dict[tuple[str, str], str]:
    with override(language):
        return {(name, one.code): one.label for name, v in VOCABULARIES.items() for one in said_of(v.choices)}
