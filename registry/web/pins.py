"""Which places a set of records is drawn at, and which records have none."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Floor
from django.utils.translation import ngettext

from registry import facets
from registry.models import Entry, Placed, Precision, Region

MOST_PINS = 120
GRIDS = tuple(Decimal(side) for side in ("0.5", "1", "2", "5", "10", "20"))
_STEP = Decimal("0.000001")  # the smallest difference between two stored degrees
_DRAWN = ("title", "longitude", "latitude", "precision", "state")

Square = tuple[int, int]


@dataclass(frozen=True)
class Pin:
    """A published point, in degrees, with what stands there."""

    longitude: float
    latitude: float
    label: str
    url: str
    count: int
    approximate: bool


def place_path(model: type[Entry]) -> str | None:
    """The relation that says where the records of a noun are; None where they are nowhere."""
    if model is Region:
        return "pk"
    names = {relation.name for relation in model.entry_relations()}
    return next((name for name in ("regions", "region") if name in names), None)


def pins_of(found: QuerySet, list_url: str, asked: str = "") -> list[Pin]:
    """One pin a place, counting the records in it and in what lies within it; leads to the list narrowed to the place.

    Above MOST_PINS places the map shows squares of a grid instead, the finest that stays below. `asked` is the query
    string of the list, so that a pin narrows what is on the page.
    """
    path = place_path(found.model)
    if path is None:
        return []
    pointed_to = found.order_by().values(path)
    places = list(Region.objects.public().drawn().filter(pk__in=pointed_to).order_by("title_folded").only(*_DRAWN))
    ask = f"{list_url}?{asked}&" if asked else f"{list_url}?"
    if len(places) <= MOST_PINS:
        counts = facets.grouped(found.order_by(), "places")
        return [pin_at(place, f"{ask}region={place.pk}", counts[place.pk]) for place in places]
    for degrees in GRIDS:
        squares = _squares(places, degrees)
        if len(squares) <= MOST_PINS:
            break
    counts = _counts_of_squares(found, path, squares, degrees)
    return [_square_pin(square, members, degrees, counts[square], ask) for square, members in squares.items()]


def _squares(places: list[Region], degrees: Decimal) -> dict[Square, list[Region]]:
    squares: dict[Square, list[Region]] = defaultdict(list)
    for place in places:
        squares[floor(place.longitude / degrees), floor(place.latitude / degrees)].append(place)
    return squares


def _counts_of_squares(
    found: QuerySet, path: str, squares: dict[Square, list[Region]], degrees: Decimal
) -> dict[Square, int]:
    """How many records have a point in each square; a record with two points in one counts once."""
    drawn = [place.pk for members in squares.values() for place in members]
    point = "" if path == "pk" else f"{path}__"
    rows = found.order_by().filter(**{f"{path}__in": drawn})
    column, row = Floor(F(f"{point}longitude") / degrees), Floor(F(f"{point}latitude") / degrees)
    counted = rows.annotate(column=column, row=row).values("column", "row").annotate(n=Count("pk", distinct=True))
    return {(int(east), int(north)): n for east, north, n in counted.values_list("column", "row", "n")}


def _square_pin(square: Square, members: list[Region], degrees: Decimal, count: int, ask: str) -> Pin:
    """A box is closed on all sides, so that its last edge stops one step short of the next square."""
    west, south = (corner * degrees for corner in square)
    east, north = min(west + degrees - _STEP, Decimal(180)), min(south + degrees - _STEP, Decimal(90))
    box = f"{max(west, Decimal(-180))},{max(south, Decimal(-90))},{east},{north}"
    return Pin(
        float(west + degrees / 2),
        float(south + degrees / 2),
        ngettext("%(n)d place", "%(n)d places", len(members)) % {"n": len(members)},
        f"{ask}bbox={box}",
        count,
        approximate=True,
    )


def pin_at(place: Region, url: str, count: int = 1) -> Pin:
    """A place as a pin."""
    approximate = place.precision not in {Precision.EXACT, Precision.KM_1}
    return Pin(float(place.longitude), float(place.latitude), place.title, url, count, approximate)


def without_a_pin(found: QuerySet) -> QuerySet:
    """The records that no place on the map stands for."""
    return found.filter(on_map=False) if issubclass(found.model, Placed) else found.none()
