"""From a record to what is around it: its places, and others of its kind close by."""

from decimal import Decimal

from django.utils.translation import gettext as _

from registry.filters import FILTERS
from registry.models import Entry, Region, RegionKind

from .facts import Link
from .pins import Pin

AROUND = Decimal("0.5")  # degrees to each side
_WIDE = {RegionKind.BASIN, RegionKind.COUNTRY}


def places_of(entry: Entry) -> list[Region]:
    """The published places that a record names itself."""
    names = {field.name for field in entry.entry_relations() if field.related_model is Region}
    if "regions" in names:
        return list(entry.regions.all())
    return [entry.region] if "region" in names and entry.region else []


def same_place(entry: Entry) -> list[Link]:
    """The pages of its places, where everything that is going on there stands."""
    return [Link(place.full_name, place.get_absolute_url()) for place in places_of(entry)]


def country_of(entry: Entry) -> Region | None:
    """The country of a record that names one place; else the place, where no country around it is known."""
    places = places_of(entry)
    if len(places) != 1 or "region" not in FILTERS[type(entry)].base_filters:
        return None
    around = places[0].parent
    return around if around and around.is_public and around.kind == RegionKind.COUNTRY else places[0]


def nearby(entry: Entry, pins: list[Pin], list_address: str) -> Link | None:
    """The list of its kind around its one point; nothing for what is somewhere in a whole country."""
    kinds = {place.kind for place in places_of(entry)} | ({entry.kind} if isinstance(entry, Region) else set())
    if len(pins) != 1 or kinds & _WIDE or "bbox" not in FILTERS[type(entry)].base_filters:
        return None
    east, north = Decimal(str(pins[0].longitude)), Decimal(str(pins[0].latitude))
    west, south = max(east - AROUND, Decimal(-180)), max(north - AROUND, Decimal(-90))
    east, north = min(east + AROUND, Decimal(180)), min(north + AROUND, Decimal(90))
    return Link(_("Others of this kind nearby"), f"{list_address}?bbox={west},{south},{east},{north}")
