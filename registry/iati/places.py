"""Where an activity is: the country that all of it is in, and published points. No share of a country is made up."""

from xml.etree.ElementTree import Element

from registry.documents import Document
from registry.models import IdentifierScheme, Match, MatchState, Precision, RegionKind, Scope

from .around import Around
from .elements import child, narratives
from .reasons import Reasons

_BEYOND_ONE = {Scope.CROSS_BORDER, Scope.BASIN}
_EXACT, _APPROXIMATE = "1", "2"  # IATI GeographicExactness
_ADMINISTRATIVE, _POPULATED = "1", "2"  # IATI GeographicLocationClass
_CLASSES = {
    RegionKind.FIRST_LEVEL: _ADMINISTRATIVE,
    RegionKind.MUNICIPALITY: _ADMINISTRATIVE,
    RegionKind.CITY: _POPULATED,
}
_NATIONAL, _ONE_PLACE = "4", "8"  # IATI ActivityScope
_WIDE = {RegionKind.COUNTRY, RegionKind.BASIN}
_KNOWN_TO_GEONAMES = (IdentifierScheme.GEONAMES, Match.EXACT, MatchState.CONFIRMED)
_GRID = "http://www.opengis.net/def/crs/EPSG/0/4326"


def country(project: Document, around: Around, reasons: Reasons) -> str | None:
    """The one country that all its places lie in, ISO 3166-1 alpha-2.

    Of several, the standard asks which share of the money each has (rule 3.1.1), and no record states that.
    """
    sites = [around.sites[link["code"]]["region"] for link in project["sites"] if link["code"] in around.sites]
    places = {link["code"]: link["title"] for link in [*project["regions"], *sites] if link}
    if not places:
        reasons.lacks("regions", "No country is stated: the record names no place.")
        return None
    found = {code: _country_around(code, around) for code in places}
    if loose := [places[code] for code, iso in found.items() if not iso]:
        names = ", ".join(f"“{title}”" for title in loose)
        reasons.lacks("regions", f"No country is stated for {names}.")
        return None
    countries = sorted(set(found.values()))
    if len(countries) > 1:
        text = f"Several countries are named ({', '.join(countries)}), and the share of each is not stated."
        reasons.lacks("regions", text)
        return None
    if project["scope"] in _BEYOND_ONE:
        reasons.lacks("scope", "It reaches beyond one country, and the share of each country is not stated.")
        return None
    return countries[0]


def scope(project: Document, around: Around) -> str | None:
    """IATI ActivityScope, where the record says as much."""
    if project["scope"] == Scope.NATIONAL:
        return _NATIONAL
    kinds = [around.regions[link["code"]]["kind"] for link in project["regions"] if link["code"] in around.regions]
    is_one = kinds == [RegionKind.CITY] or (not kinds and len(project["sites"]) == 1)
    return _ONE_PLACE if project["scope"] == Scope.SINGLE and is_one else None


def locations(activity: Element, project: Document, around: Around) -> None:
    """The points that anybody may see, of its sites and of its places; for a whole country its code says enough."""
    for link in project["sites"]:
        if site := around.sites.get(link["code"]):
            _location(activity, site)
    for link in project["regions"]:
        region = around.regions.get(link["code"])
        if region and region["kind"] not in _WIDE and region["precision"] != Precision.COUNTRY:
            _location(activity, region)


def _country_around(code: str, around: Around) -> str | None:
    places = around.within(code)
    return next((p["iso_code"] for p in places if p["kind"] == RegionKind.COUNTRY and p["iso_code"]), None)


def _location(activity: Element, place: Document) -> None:
    if place["longitude"] is None:
        return
    location = child(activity, "location")
    child(location, "location-reach", code="1")  # where the activity is carried out
    for row in place.get("identifiers", ()):
        if (row["scheme"], row["match"], row["match_state"]) == _KNOWN_TO_GEONAMES:
            child(location, "location-id", vocabulary="G1", code=row["value"])
    narratives(child(location, "name"), place)
    position = f"{_degrees(place['latitude'])} {_degrees(place['longitude'])}"
    child(child(location, "point", srsName=_GRID), "pos").text = position
    child(location, "exactness", code=_EXACT if place["precision"] == Precision.EXACT else _APPROXIMATE)
    if kind := _CLASSES.get(place.get("kind")):
        child(location, "location-class", code=kind)


def _degrees(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")
