"""The parts that documents are made of: links to other records, days, money and points."""

import re
from collections.abc import Iterable
from typing import Any

from registry.models import CountryBudget, Entry, Funding, Precision, Region, Site

from .types import type_of

Node = dict[str, Any]

# Where a point is generalised, how far the place may be from it at most, in metres (`registry.places`).
RADII = {Precision.KM_1: 800, Precision.KM_10: 8000}
_DAY = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", re.ASCII)


def stated(value: Any) -> Any:
    """Without what says nothing, at any depth; zero says something."""
    if isinstance(value, dict):
        kept = {name: stated(held) for name, held in value.items()}
        return {name: held for name, held in kept.items() if held not in (None, "", [], {})}
    return [stated(held) for held in value] if isinstance(value, list) else value


def link(other: Entry | None, root: str) -> Node | None:
    """Another record of the register, by its address and name."""
    if other is None:
        return None
    return {"@type": type_of(other), "@id": f"{root}{other.slug}/{other.pk}/#this", "name": other.title}


def links(others: Iterable[Entry], root: str) -> list[Node]:
    """Several records."""
    return [link(other, root) for other in others]


def day(edtf: str) -> str:
    """A year, a month or a day; nothing for what is uncertain, approximate, a season or an interval."""
    return edtf if _DAY.fullmatch(edtf) else ""


def starts(edtf: str) -> str:
    """The day on which it starts, where that is told plainly."""
    return day(edtf.partition("/")[0])


def ends(edtf: str) -> str:
    """The day on which it ends, of an interval."""
    return day(edtf.partition("/")[2])


def money(entry: CountryBudget | Funding) -> Node | None:
    """An amount, never without its currency."""
    if entry.amount is None:
        return None
    return {"@type": "MonetaryAmount", "currency": entry.currency, "value": str(entry.amount)}


def geo(place: Region | Site) -> Node | None:
    """The published point; where it is generalised, a circle in which the place lies."""
    if place.longitude is None:
        return None
    point = {"@type": "GeoCoordinates", "longitude": float(place.longitude), "latitude": float(place.latitude)}
    radius = RADII.get(place.precision)
    return {"@type": "GeoCircle", "geoMidpoint": point, "geoRadius": radius} if radius else point


def words(codes: Iterable[str]) -> list[str]:
    """Codes of a vocabulary as keywords."""
    return [code.replace("_", " ") for code in codes if code]


def organisations(entry: Entry, root: str, *, funding: bool) -> list[Node]:
    """Those that fund it, or those that take part in it otherwise."""
    rows = [row for row in entry.participations.all() if (row.role == "funding") == funding]
    return links([row.organisation for row in rows], root)
