"""A record as a reader meets it: facts with footnotes, what is not stated, and the sources behind it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Field, TimeField
from django.urls import reverse
from django.utils.formats import date_format, localize, number_format, time_format
from django.utils.translation import gettext as _

from registry import iso_names, public, review
from registry.models import Entry, Row
from registry.models.translations import Text, capitalised

from . import dates, money


@dataclass(frozen=True)
class Link:
    """Somewhere to go, and what is said of it there."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of a record: the heads of the columns, and in each row a text or a link under each head."""

    heads: list[str]
    rows: list[list[Any]]


@dataclass(frozen=True)
class Fact:
    """One field of a record: its value in words, and the footnotes that support it."""

    name: str
    label: str
    kind: str
    value: Any
    notes: list[int] = field(default_factory=list)
    missing: bool = False
    correct_url: str = ""


@dataclass(frozen=True)
class Footnote:
    """A citation, numbered as the page numbers it."""

    number: int
    source: Link
    publisher: str
    dates_display: str
    locator: str
    note: str
    fields: tuple[str, ...]
    fields_display: str
    url: str = ""
    read_on: date | None = None


def footnotes(entry: Entry) -> list[Footnote]:
    """The citations of a record in order, as numbered notes."""
    return [
        Footnote(
            number,
            Link(citation.source.shown_title, citation.source.get_absolute_url()),
            Text(citation.source.publisher),
            dates.words(citation.source.dates),
            Text(citation.locator),
            Text(citation.note),
            tuple(citation.fields),
            ", ".join(public.label(type(entry), name) for name in citation.fields),
            citation.source.url,
            citation.source.retrieved_on,
        )
        for number, citation in enumerate(entry.citations.all(), start=1)
    ]


def notes_on(name: str, notes: list[Footnote]) -> list[int]:
    """The numbers of the notes that support a field."""
    return [note.number for note in notes if name in note.fields]


def lede_notes(notes: list[Footnote]) -> list[int]:
    """The numbers of the notes that support the summary, else of those that support the record as a whole."""
    return notes_on("summary", notes) or [note.number for note in notes if not note.fields]


def facts(entry: Entry, notes: list[Footnote], told_apart: Collection[str] = ()) -> list[Fact]:
    """The public fields in the order of the page, without those that the page tells in sections of their own.

    An optional field that says nothing is left out.
    """
    found = []
    for name in public.fields(type(entry)):
        if name in _SAID_ELSEWHERE or name in told_apart:
            continue
        stated = public.is_stated(entry, name)
        if not stated and public.is_optional(type(entry), name):
            continue
        kind, shown = value(entry, name) if stated else ("text", None)
        label = public.label(type(entry), name)
        notes_on_it, correct = notes_on(name, notes), correct_url(entry, name)
        found.append(Fact(name, label, kind, shown, notes_on_it, missing=not stated, correct_url=correct))
    return found


def correct_url(entry: Entry, name: str) -> str:
    """Where anybody proposes a correction of a field; for rows where all is said; "" for what nobody can propose."""
    page = reverse(f"registry:{entry.noun}-correct", args=[entry.pk])
    if entry._meta.get_field(name).one_to_many:
        return page
    return f"{page}?field={name}" if name in review.proposable(type(entry)) else ""


# The currency stands with the amount; the parts of a point stand with the longitude.
_SAID_ELSEWHERE = {"currency", "latitude", "precision", "file_type", "file_size", "image_width", "image_height"}


def value(entry: Entry, name: str) -> tuple[str, Any]:
    """What a field says, and how a page shows it: the kind and value of a `Fact`."""
    if name in _SPECIAL:
        return _SPECIAL[name](entry)
    column = entry._meta.get_field(name)
    value = getattr(entry, name)
    if column.one_to_many:
        return "table", table(entry, name)
    if column.many_to_many:
        return "links", [
            Link(getattr(other, "full_name", other.shown_title), other.get_absolute_url()) for other in value.all()
        ]
    if column.is_relation:
        return "link", Link(getattr(value, "full_name", value.shown_title), value.get_absolute_url())
    if isinstance(value, list):
        labels = dict(column.base_field.choices or ())
        return "list", [labels.get(item) or Text(item) for item in value]
    return _plain(entry, column, value)


def _plain(entry: Entry, column: Field, value: Any) -> tuple[str, Any]:
    if column.choices:
        return "text", getattr(entry, f"get_{column.name}_display")()
    return "text", Text(value) if isinstance(value, str) else localize(value)


def table(entry: Entry, name: str) -> Table:
    """The rows of a record, with the columns in which any of them says something."""
    rows = list(getattr(entry, name).all())
    child = entry._meta.get_field(name).related_model
    cells = {column: [_cell(row, column) for row in rows] for column in public.ROW_FIELDS[child]}
    kept = [column for column, values in cells.items() if any(values)]
    heads = [str(capitalised(child._meta.get_field(column).verbose_name)) for column in kept]
    return Table(heads, [[cells[column][number] for column in kept] for number in range(len(rows))])


def _cell(row: Row, name: str) -> Any:
    column, value = row._meta.get_field(name), getattr(row, name)
    if value in (None, "", []):
        return ""
    if column.is_relation:
        return Link(getattr(value, "full_name", value.shown_title), value.get_absolute_url())
    if name == "dates":
        return dates.words(value)
    if column.choices:
        return getattr(row, f"get_{name}_display")()
    if isinstance(column, TimeField):
        return time_format(value, "TIME_FORMAT")
    if isinstance(value, list):
        return ", ".join(value)
    return Text(value) if isinstance(value, str) else localize(value)


def _participations(entry: Entry) -> tuple[str, list[Link]]:
    rows = entry.participations.all()
    return "links", [
        Link(row.organisation.shown_title, row.organisation.get_absolute_url(), row.get_role_display()) for row in rows
    ]


def _point(entry: Entry) -> tuple[str, str]:
    precision = entry.get_precision_display()
    return "text", _("%(latitude)s° N, %(longitude)s° E (%(precision)s)") % {
        "latitude": number_format(entry.latitude.normalize()),
        "longitude": number_format(entry.longitude.normalize()),
        "precision": precision.lower(),
    }


def _country(entry: Entry) -> tuple[str, str]:
    return "text", iso_names.country(entry.country)


def _language(entry: Entry) -> tuple[str, str]:
    return "text", iso_names.language(entry.language)


def _about(entry: Entry) -> tuple[str, list[Link]]:
    return "links", [
        Link(subject.shown_title, subject.get_absolute_url()) for subject in public.subjects([entry])[entry.pk]
    ]


_SPECIAL: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "participations": _participations,
    "about": _about,
    "country": _country,
    "language": _language,
    "longitude": _point,
    "dates": lambda entry: ("date", dates.words(entry.dates)),
    "amount": lambda entry: ("text", money.exact(entry.amount, entry.currency)),
    "gap_percent": lambda entry: ("text", money.percent(entry.gap_percent)),
    "year": lambda entry: ("text", str(entry.year)),
    "url": lambda entry: ("url", entry.url),
    "website": lambda entry: ("url", entry.website),
    "links": lambda entry: ("urls", entry.links),
    "hashtags": lambda entry: ("list", [Text(f"#{tag}") for tag in entry.hashtags]),
    "retrieved_on": lambda entry: ("date", date_format(entry.retrieved_on)),
    "languages": lambda entry: ("list", [iso_names.language(code) for code in entry.languages]),
    "file_sha256": lambda entry: ("code", entry.file_sha256),
    "archived_sha256": lambda entry: ("code", entry.archived_sha256),
}
