"""What a client sends, read strictly: batches of questions about records, and questions about their properties."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from rest_framework.exceptions import ParseError, ValidationError

from registry.api.bodies import StrictJson, TooLarge
from registry.api.parameters import Refusals
from registry.models import ENTRIES, Entry

from . import properties
from .agreeing import Given
from .spellings import LONGEST

MOST_QUERIES = 100  # OpenRefine sends ten
MOST_IDS, MOST_PROPERTIES = 500, 50
MOST_VALUES = 50  # of a property
MOST_CANDIDATES, CANDIDATES = 50, 10
TYPES: dict[str, type[Entry]] = {model.noun: model for model in ENTRIES}
_MEMBERS = {"query", "type", "limit", "properties", "type_strict"}
_STRICTNESS = {"any", "all", "should"}
_MOST_REFUSALS = 20
_SHOWN = 40


@dataclass(frozen=True)
class Query:
    """A name, the nouns it may be of, how many candidates are wanted, and what is known of the record."""

    text: str
    models: tuple[type[Entry], ...]
    limit: int
    given: tuple[tuple[str, tuple[Given, ...]], ...]


@dataclass(frozen=True)
class Extension:
    """Records and the properties that are wanted of each."""

    ids: list[str]
    properties: list[str]


def batch(text: str) -> dict[str, Query]:
    """The queries by their names. Raises 413 for too many and 400, query by query, for what cannot be read."""
    sent, refusals = _json("queries", text), Refusals()
    if len(sent) > MOST_QUERIES:
        raise TooLarge(f"Send at most {MOST_QUERIES} queries at once.")
    found = {name: _query(value, f"queries.{name}", refusals) for name, value in sent.items()}
    _raise_if_any(refusals)
    return found


def extension(text: str) -> Extension:
    """The records and properties asked for. Raises 413 for too many and 400 for what cannot be read."""
    sent, refusals = _json("extend", text), Refusals()
    ids, wanted = sent.get("ids"), sent.get("properties")
    if not isinstance(ids, list) or not all(isinstance(code, str) for code in ids):
        refusals.add("extend.ids", "Give a list of identifiers.")
    if not isinstance(wanted, list) or not all(isinstance(each, dict) and _is_text(each.get("id")) for each in wanted):
        refusals.add("extend.properties", 'Give a list of properties, such as {"id": "status"}.')
    for name in sent.keys() - {"ids", "properties"}:
        refusals.add(f"extend.{name}", "There is no such member here. Allowed: ids, properties.")
    _raise_if_any(refusals)
    if len(ids) > MOST_IDS or len(wanted) > MOST_PROPERTIES:
        raise TooLarge(f"Ask for at most {MOST_IDS} records and {MOST_PROPERTIES} properties at once.")
    names = list(dict.fromkeys(each["id"] for each in wanted))
    for name in names:
        _check_property(name, "extend.properties", refusals)
    _raise_if_any(refusals)
    return Extension(list(dict.fromkeys(ids)), names)


def types(names: Sequence[str], where: str, refusals: Refusals) -> tuple[type[Entry], ...]:
    """The nouns of these names, all where none is named; what is no noun goes to `refusals`."""
    for name in [name for name in names if name not in TYPES]:
        refusals.add(where, f"There is no type “{name[:_SHOWN]}” here. Allowed: {', '.join(TYPES)}.")
    return tuple(TYPES[name] for name in dict.fromkeys(names) if name in TYPES) if names else ENTRIES


def _json(name: str, text: str) -> dict[str, Any]:
    try:
        return StrictJson().parse(BytesIO(text.encode()))
    except ParseError as error:
        raise ValidationError({name: [f"This cannot be read as the JSON of “{name}”: {error.detail}"]}) from error


def _query(sent: Any, where: str, refusals: Refusals) -> Query | None:
    if not isinstance(sent, dict):
        refusals.add(where, 'Give an object, such as {"query": "Sheki"}.')
        return None
    for name in sent.keys() - _MEMBERS:
        refusals.add(where, f"There is no “{name[:_SHOWN]}” in a query. Allowed: {', '.join(sorted(_MEMBERS))}.")
    text, strict = sent.get("query", ""), sent.get("type_strict", "any")
    given = _given(sent.get("properties", []), f"{where}.properties", refusals)
    if not isinstance(text, str) or not (text.strip() or given):
        refusals.add(where, "Give a name as “query”, or properties.")
        text = ""
    if not isinstance(strict, str) or strict not in _STRICTNESS:
        refusals.add(f"{where}.type_strict", "Give any, all or should.")
    limit = sent.get("limit", CANDIDATES)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1 or limit != int(limit):
        refusals.add(f"{where}.limit", "Give a whole number from 1.")
        limit = CANDIDATES
    # Longer than any title is: it can be the name of no record, and is compared by how it begins.
    models = _types(sent.get("type", []), strict == "all", f"{where}.type", refusals)
    return Query(" ".join(text.split())[:LONGEST], models, min(int(limit), MOST_CANDIDATES), given)


def _types(sent: Any, of_all: bool, where: str, refusals: Refusals) -> tuple[type[Entry], ...]:
    """The nouns to look among. A record is of one type, so none is of two; “should” is taken as “any”."""
    names = [sent] if isinstance(sent, str) else sent
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        refusals.add(where, "Give the id of a type, or a list of them.")
        return ()
    found = types([name for name in names if name], where, refusals)
    return () if of_all and len(found) > 1 and names else found


def _given(sent: Any, where: str, refusals: Refusals) -> tuple[tuple[str, tuple[Given, ...]], ...]:
    if not isinstance(sent, list) or not all(isinstance(each, dict) for each in sent):
        refusals.add(where, 'Give a list of properties, such as {"pid": "country", "v": "AZ"}.')
        return ()
    if len(sent) > MOST_PROPERTIES:
        refusals.add(where, f"Give at most {MOST_PROPERTIES} properties.")
        return ()
    found = []
    for each in sent:
        values = each.get("v") if isinstance(each.get("v"), list) else [each.get("v")]
        if len(values) > MOST_VALUES:
            refusals.add(where, f"Give at most {MOST_VALUES} values of a property.")
        elif not _is_text(each.get("pid")) or each.keys() - {"pid", "v"} or not all(map(_is_value, values)):
            refusals.add(where, "Give each property a “pid” and a “v”: a text, a number or the id of a record.")
        elif _check_property(each["pid"], where, refusals) and values:
            found.append((each["pid"], tuple(map(_as_given, values))))
    return tuple(found)


def _check_property(name: str, where: str, refusals: Refusals) -> bool:
    if name in properties.everywhere():
        return True
    refusals.add(
        where, f"There is no property “{name[:_SHOWN]}” here. /reconcile/suggest/property/ lists what there is."
    )
    return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_value(value: Any) -> bool:
    return isinstance(value, str | int | float) or (isinstance(value, dict) and _is_text(value.get("id")))


def _as_given(value: Any) -> Given:
    return {"id": value["id"]} if isinstance(value, dict) else str(value)[:LONGEST]


def _raise_if_any(refusals: Refusals) -> None:
    if refusals:
        raise ValidationError(dict(list(refusals.items())[:_MOST_REFUSALS]))
