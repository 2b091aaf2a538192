"""How the values of a document read in Dublin Core: words, addresses, labels in English, and points."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from registry.documents import Field, Sort
from registry.models import GapBasis, Match, MatchState, Precision
from registry.models.translations import OWN
from registry.rights import deed

from .mapping import BY_PREFIX, MAKERS
from .places import Place

Document = dict[str, Any]
Words = Iterator[tuple[str, str]]  # each with its language (ISO 639), or with ""
Read = Callable[[Field, Document, Place], Words]


def plain(field: Field, document: Document, _place: Place) -> Words:
    """The value in words, one for each of its members; codes by their labels, records by their titles."""
    yield from ((text, "") for text in _words(field, document[field.name]))


def explained(field: Field, document: Document, _place: Place) -> Words:
    """With the name of the field before it."""
    yield from ((f"{field.label}: {text}", "") for text in _words(field, document[field.name]))


def addresses(field: Field, document: Document, place: Place) -> Words:
    """Where the records that the field names are read, and addresses as they are; our own in full."""
    value = document[field.name]
    if field.sort in {Sort.LINK, Sort.LINKS}:
        links = value if field.sort == Sort.LINKS else [value] if value else []
        found = [_page(link["code"]) for link in links]
    else:
        found = _words(field, value)
    yield from ((place.root + text if text.startswith("/") else text, "") for text in found)


def _words(field: Field, value: Any) -> list[str]:
    if value is None:
        return []
    match field.sort:
        case Sort.CODE:
            return [_label(field, value)]
        case Sort.CODES:
            return [_label(field, code) for code in value]
        case Sort.LINK:
            return [value["title"]]
        case Sort.LINKS:
            return [link["title"] for link in value if link["title"]]
        case Sort.WORDS:
            return [member for member in value if member]
        case _:
            return [str(value)]


def _page(code: str) -> str:
    return reverse(f"registry:{BY_PREFIX[code.partition('-')[0]].noun}-detail", args=[code])


def _label(field: Field, code: str) -> str:
    return str(dict(field.choices.choices).get(code, code))  # one that only an older release knew stays as it is


def _own(field: Field, document: Document, _place: Place) -> Words:
    if document[field.name]:
        yield document[field.name], OWN


def _other_names(_field: Field, document: Document, _place: Place) -> Words:
    yield from ((name["name"], name["language"] or "") for name in document["other_names"])


def _translated(part: str) -> Read:
    def read(_field: Field, document: Document, _place: Place) -> Words:
        yield from ((texts[part], code) for code, texts in document["translations"].items() if texts.get(part))

    return read


def _taking_part(*, makers: bool) -> Read:
    def read(_field: Field, document: Document, _place: Place) -> Words:
        for row in document["participations"]:
            if row["organisation"] and (row["role"] in MAKERS) == makers:
                yield row["organisation"]["title"], ""

    return read


def _members(name: str) -> Read:
    def read(field: Field, document: Document, _place: Place) -> Words:
        part = next(part for part in field.parts if part.name == name)
        for row in document[field.name]:
            yield from ((text, "") for text in _words(part, row[name]))

    return read


def _inside(name: str) -> Read:
    def read(field: Field, document: Document, place: Place) -> Words:
        text = (document[field.name] or {}).get(name)
        if text:
            yield (place.root + text if text.startswith("/") else text), ""

    return read


def _amount(field: Field, document: Document, _place: Place) -> Words:
    if document["amount"]:
        yield f"{field.label}: {' '.join(filter(None, [document['amount'], document['currency']]))}", ""


def _gap(field: Field, document: Document, _place: Place) -> Words:
    if document["gap_percent"]:
        basis = dict(GapBasis.choices).get(document["gap_basis"], document["gap_basis"])
        yield f"{field.label}: {document['gap_percent']} (gap basis: {basis})", ""


def _elsewhere(field: Field, document: Document, _place: Place) -> Words:
    """Identifiers that somebody has confirmed to be of the very same thing."""
    scheme = next(part for part in field.parts if part.name == "scheme")
    for row in document["identifiers"]:
        if (row["match"], row["match_state"]) == (Match.EXACT, MatchState.CONFIRMED):
            yield f"{_label(scheme, row['scheme'])}: {row['value']}", ""


def _rights(field: Field, document: Document, _place: Place) -> Words:
    if code := document["rights"]:
        yield from ((text, "") for text in filter(None, [deed(code), _label(field, code)]))


def _point(_field: Field, document: Document, _place: Place) -> Words:
    """The published point as a DCMI Point, its name saying how far from it the place may be."""
    if document["longitude"] is None or document["latitude"] is None:
        return
    name, precision = document["title"], document["precision"]
    if precision and precision != Precision.EXACT:
        name = f"{name} ({dict(Precision.choices).get(precision, precision)})"
    for letter in "\\;=:":  # these have a meaning in DCSV
        name = name.replace(letter, f"\\{letter}")
    yield f"east={document['longitude']}; north={document['latitude']}; name={name}", ""


# By element and field, where neither words, nor addresses, nor words with their name before them would do.
SPECIAL: dict[tuple[str, str], Read] = {
    ("title", "title"): _own,
    ("title", "other_names"): _other_names,
    ("title", "translations"): _translated("title"),
    ("creator", "participations"): _taking_part(makers=True),
    ("subject", "threats"): _members("threat"),
    ("subject", "designations"): _members("kind"),
    ("description", "summary"): _own,
    ("description", "translations"): _translated("summary"),
    ("description", "amount"): _amount,
    ("description", "gap_percent"): _gap,
    ("contributor", "participations"): _taking_part(makers=False),
    ("date", "dates"): _inside("edtf"),
    ("format", "file"): _inside("media_type"),
    ("identifier", "file"): _inside("url"),
    ("identifier", "identifiers"): _elsewhere,
    ("source", "citations"): _members("source"),
    ("coverage", "longitude"): _point,
    ("rights", "rights"): _rights,
}
