"""A record as a reader meets it: facts with footnotes, what is not stated, and the sources behind it."""

import gettext
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pycountry
from django.db.models import Field
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from registry import public
from registry.models import Entry

from . import dates, money


@dataclass(frozen=True)
class Link:
    """Somewhere to go, and what is said of it there."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Fact:
    """One field of a record: its value in words, and the footnotes that support it."""

    name: str
    label: str
    kind: str
    value: Any
    notes: list[int] = field(default_factory=list)
    missing: bool = False


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


def footnotes(entry: Entry) -> list[Footnote]:
    """The citations of a record in order, as numbered notes."""
    return [
        Footnote(
            number,
            Link(citation.source.title, citation.source.get_absolute_url()),
            citation.source.publisher,
            dates.words(citation.source.dates),
            citation.locator,
            citation.note,
            tuple(citation.fields),
            ", ".join(public.label(type(entry), name) for name in citation.fields),
        )
        for number, citation in enumerate(entry.citations.all(), start=1)
    ]


def notes_on(name: str, notes: list[Footnote]) -> list[int]:
    """The numbers of the notes that support a field."""
    return [note.number for note in notes if name in note.fields]


def facts(entry: Entry, notes: list[Footnote]) -> list[Fact]:
    """The public fields in the order of the page; an optional field that says nothing is left out."""
    found = []
    for name in public.fields(type(entry)):
        if name in _SAID_ELSEWHERE:
            continue
        stated = public.is_stated(entry, name)
        if not stated and name in public.OPTIONAL:
            continue
        kind, value = _value(entry, name) if stated else ("text", None)
        label = public.label(type(entry), name)
        found.append(Fact(name, label, kind, value, notes_on(name, notes), missing=not stated))
    return found


# The currency stands with the amount; the parts of a point stand with the longitude.
_SAID_ELSEWHERE = {"currency", "latitude", "precision"}


def _value(entry: Entry, name: str) -> tuple[str, Any]:
    if name in _SPECIAL:
        return _SPECIAL[name](entry)
    column = entry._meta.get_field(name)
    value = getattr(entry, name)
    if column.many_to_many:
        return "links", [
            Link(getattr(other, "full_name", other.title), other.get_absolute_url()) for other in value.all()
        ]
    if column.is_relation:
        return "link", Link(getattr(value, "full_name", value.title), value.get_absolute_url())
    if isinstance(value, list):
        labels = dict(column.base_field.choices or ())
        return "list", [labels.get(item, item) for item in value]
    return _plain(entry, column, value)


def _plain(entry: Entry, column: Field, value: Any) -> tuple[str, Any]:
    if column.choices:
        return "text", getattr(entry, f"get_{column.name}_display")()
    return "text", str(value)


def _participations(entry: Entry) -> tuple[str, list[Link]]:
    rows = entry.participations.all()
    return "links", [
        Link(row.organisation.title, row.organisation.get_absolute_url(), row.get_role_display()) for row in rows
    ]


def _point(entry: Entry) -> tuple[str, str]:
    precision = entry.get_precision_display()
    return "text", _("%(latitude)s° N, %(longitude)s° E (%(precision)s)") % {
        "latitude": f"{entry.latitude.normalize():f}",
        "longitude": f"{entry.longitude.normalize():f}",
        "precision": precision.lower(),
    }


def _country(entry: Entry) -> tuple[str, str]:
    return "text", _in_our_language("iso3166-1", pycountry.countries.get(alpha_2=entry.country).name)


def _language(entry: Entry) -> tuple[str, str]:
    code = entry.language
    language = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return "text", _in_our_language("iso639-3", language.name)


def _in_our_language(standard: str, name: str) -> str:
    """A name of an ISO list as its own catalogue has it in the language of the page, or in English."""
    wanted = [to_locale(get_language())]
    return gettext.translation(standard, pycountry.LOCALES_DIR, wanted, fallback=True).gettext(name)


def _about(entry: Entry) -> tuple[str, list[Link]]:
    return "links", [Link(subject.title, subject.get_absolute_url()) for subject in public.subjects([entry])[entry.pk]]


_SPECIAL: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "participations": _participations,
    "about": _about,
    "country": _country,
    "language": _language,
    "longitude": _point,
    "dates": lambda entry: ("date", dates.words(entry.dates)),
    "amount": lambda entry: ("text", money.exact(entry.amount, entry.currency)),
    "gap_percent": lambda entry: ("text", f"{entry.gap_percent.normalize():f} %"),
    "year": lambda entry: ("text", str(entry.year)),
    "url": lambda entry: ("url", entry.url),
    "website": lambda entry: ("url", entry.website),
    "links": lambda entry: ("urls", entry.links),
    "hashtags": lambda entry: ("list", [f"#{tag}" for tag in entry.hashtags]),
    "retrieved_on": lambda entry: ("date", date_format(entry.retrieved_on)),
    "archived_sha256": lambda entry: ("code", entry.archived_sha256),
}
