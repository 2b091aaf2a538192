"""Which public records a name may mean: a fixed number of questions to the database, each of all the nouns at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Left

from registry.documents import Sort
from registry.models import ENTRIES, Entry

from . import properties, spellings
from .agreeing import Given, names_of
from .properties import Property

_BY_PREFIX = {model.prefix: model for model in ENTRIES}
_COMPARED = 60  # of each noun, the likeliest by rank
_RIVALS = 3000  # names that are looked through for a second record of the same name
_NEAR_ENOUGH, _ALIKE = 0.9, 0.5
_SHOWN = 240  # characters of a summary
_BY_LENGTH = 2  # PostgreSQL: a rank is divided by the length of the text, so that names come before mentions


@dataclass(frozen=True)
class Found:
    """A record, everything it is called, how its summary begins, and how alike its likeliest name is, from 0 to 1."""

    model: type[Entry]
    code: str
    title: str
    names: tuple[str, ...]
    summary: str
    likeness: float = 0.0

    @property
    def is_exact(self) -> bool:
        """Whether a name of it has the very words."""
        return self.likeness == 1


@dataclass(frozen=True)
class ByName:
    """The likeliest records first; `is_whole` when no other public record can have exactly this name."""

    records: list[Found]
    is_whole: bool


def model_of(code: str) -> type[Entry] | None:
    """The noun of a code."""
    return _BY_PREFIX.get(code.partition("-")[0])


def by_code(code: str, models: Sequence[type[Entry]]) -> Found | None:
    """The public record of the code, where it is of one of the nouns."""
    model = model_of(code)
    rows = _rows(model.objects.public().filter(pk=code)) if model in models else ()
    return next((_found(row, ()) for row in rows), None)


def by_name(name: str, models: Sequence[type[Entry]]) -> ByName:
    """The records whose names are like it. At most four questions to the database, whatever there is to find."""
    own = spellings.words(name)
    if not own:
        return ByName([], is_whole=True)
    asked, folded = spellings.asked(name), _folded_title(name)
    rows = _union(models, lambda records: _ranked(records, asked, folded))
    found, is_whole = _compared(rows, own), True
    if max((record.likeness for record in found), default=0) < _NEAR_ENOUGH:
        for looser in spellings.loosely(name):
            found += _compared(_union(models, lambda records, asked=looser: _ranked(records, asked)), own)
            if found:
                break
    elif any(sum(row[0].startswith(model.prefix) for row in rows) == _COMPARED for model in models):
        rivals, is_whole = _rivals(models, own, {record.code for record in found})
        found += rivals
    known = {record.code: record for record in found}
    return ByName(
        sorted(known.values(), key=lambda record: (-record.likeness, len(record.title), record.code)), is_whole
    )


def beginning(name: str, models: Sequence[type[Entry]]) -> list[Found]:
    """The records with a name that begins so, word by word, or is like it; the same ones whatever is shown of them."""
    own = spellings.words(name)
    if not own:
        return []
    asked = spellings.asked(name)
    rows = _union(models, lambda records: _ranked(records, asked, _folded_title(name)))
    begun = [(not spellings.begins(own, record.names), record) for record in (_found(row, own) for row in rows)]
    likely = [(later, record) for later, record in begun if not later or record.likeness >= _ALIKE]
    likely.sort(key=lambda pair: (pair[0], -pair[1].likeness, pair[1].title, pair[1].code))
    return [record for _later, record in likely]


def _folded_title(name: str) -> str:
    return spellings.fold(" ".join(name.split()))[: spellings.LONGEST]


def by_values(
    models: Iterable[type[Entry]], given: Iterable[tuple[str, Iterable[Given]]], known: Collection[str], most: int
) -> list[Found]:
    """Records that may state the values: `most` of each noun that has such a property; one question to the database.

    Only names of records and words are looked up; what else is given is left for the comparison with the documents.
    `known` are the codes of public records among the values.
    """
    parts = []
    for model in models:
        own = properties.of(model)
        narrowing = [asked for name, values in given if name in own for asked in _narrowing(own[name], values, known)]
        if narrowing:
            records = reduce(lambda records, narrow: narrow(records), narrowing, model.objects.public())
            parts.append(_rows(records.order_by("title_folded", "code"))[:most])
    return [_found(row, ()) for row in _all(parts)]


def _narrowing(
    asked: Property, values: Iterable[Given], known: Collection[str]
) -> Iterator[Callable[[QuerySet], QuerySet]]:
    """How a property narrows the records, at most once; not at all where the database has no index for it."""
    codes = [value["id"] for value in values if isinstance(value, dict) and value["id"] in known]
    texts = [spellings.asked(value) for value in values if isinstance(value, str) and spellings.words(value)]
    if asked.kind and codes and not texts:
        path = "__".join(field.stored for field in asked.fields)
        yield lambda records: records.pointing_to(path, codes)
    elif texts and not codes and (asked.kind or asked.field.sort is Sort.TEXT):
        either = " | ".join(f"({text})" for text in texts)
        yield lambda records: records.matching(either)


def _rivals(models: Sequence[type[Entry]], own: tuple[str, ...], known: set[str]) -> tuple[list[Found], bool]:
    """More of exactly this name, by other names and translations; and whether all that can be were looked through."""
    asked = " & ".join(own)
    named = ~Q(other_names=[]) | ~Q(translations={})
    rows = _union(models, lambda records: _rows(records.matching(asked).filter(named).order_by())[:_RIVALS])
    found = [
        record
        for row in rows
        if row[0] not in known and any(spellings.words(name) == own for name in _names(row))
        for record in [_found(row, own)]
    ]
    return found, len(rows) < _RIVALS


def _ranked(records: QuerySet, asked: str, folded: str = "") -> QuerySet:
    """Records with the words, those of exactly this title first, then those of whose text they are the most."""
    query = SearchQuery(asked, search_type="raw", config="simple")
    wanted = Q(search=query) | Q(title_folded=folded) if folded else Q(search=query)
    rank = SearchRank(F("search"), query, normalization=Value(_BY_LENGTH))
    ordered = records.filter(wanted).annotate(
        first=Case(When(title_folded=folded, then=Value(0)), default=Value(1)), rank=rank
    )
    return _rows(ordered.order_by("first", "-rank", "code"))[:_COMPARED]


def _rows(records: QuerySet) -> QuerySet:
    return records.values_list("code", "title", "other_names", "translations", Left("summary", _SHOWN))


def _union(models: Sequence[type[Entry]], ask: Callable[[QuerySet], QuerySet]) -> list[tuple]:
    return _all([ask(model.objects.public()) for model in models])


def _all(parts: list[QuerySet]) -> list[tuple]:
    return list(reduce(lambda one, other: one.union(other, all=True), parts)) if parts else []


def _compared(rows: Iterable[tuple], own: tuple[str, ...]) -> list[Found]:
    return [found for row in rows if (found := _found(row, own)).likeness >= _ALIKE]


def _found(row: tuple, own: tuple[str, ...]) -> Found:
    code, title, _other_names, _translations, summary = row
    names = _names(row)
    best = max(spellings.likeness(own, spellings.words(name)) for name in names)
    return Found(_BY_PREFIX[code[:3]], code, title, names, summary, best)


def _names(row: tuple) -> tuple[str, ...]:
    _code, title, other_names, translations, _summary = row
    return names_of(title, other_names, translations)
