"""Which places a set of records is drawn at, and which records have none."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Floor
from django.utils.translation import ngettext

from registry import facets, places
from registry.models import Entry, Observation, Placed, Precision, Region, Site
from registry.models.translations import Text

MOST_PINS = 120
GRIDS = tuple(Decimal(side) for side in ("0.5", "1", "2", "5", "10", "20"))
STEP = Decimal("0.000001")  # the smallest difference between two stored degrees
_DRAWN = ("title", "translations", "longitude", "latitude", "precision", "state")

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
    id: str = ""


def ids_of(code: str, east: Decimal, north: Decimal) -> list[str]:
    """What a pin may be called that stands for a place at a point in degrees, the narrowest first."""
    squares = ((side, (floor(east / side), floor(north / side))) for side in GRIDS)
    return [f"pin-{code}", *(_id_of_square(square, side) for side, square in squares)]


def _id_of_square(square: Square, degrees: Decimal) -> str:
    return f"pin-{degrees}-{square[0]}-{square[1]}".replace(".", "_")


def is_drawn(model: type[Entry]) -> bool:
    """Whether the records of a noun may stand on a map."""
    return model in places.SHOWN_AT or places.place_path(model) is not None


def pins_of(found: QuerySet, list_url: str, asked: str = "") -> list[Pin]:
    """One pin a place, counting the records in it and in what lies within it; leads to the list narrowed to the place.

    Above MOST_PINS places the map shows squares of a grid instead, the finest that stays below. `asked` is the query
    string of the list, so that a pin narrows what is on the page.
    """
    ask = f"{list_url}?{asked}&" if asked else f"{list_url}?"
    if found.model in places.SHOWN_AT:
        return _pins_of_points(places.shown(found), ask)
    path = places.place_path(found.model)
    if path is None:
        return []
    pointed_to = found.order_by().values(path)
    drawn = list(Region.objects.public().drawn().filter(pk__in=pointed_to).order_by("title_folded").only(*_DRAWN))
    if len(drawn) <= MOST_PINS:
        counts = facets.grouped(found.order_by(), "places")
        return [pin_at(place, f"{ask}region={place.pk}", counts[place.pk]) for place in drawn]
    for degrees in GRIDS:
        filled = squares(drawn, degrees)
        if len(filled) <= MOST_PINS:
            break
    counts = counts_of_squares(found, path, filled, degrees)
    return [_square_pin(square, len(members), degrees, counts[square], ask) for square, members in filled.items()]


def asks_anew(model: type[Entry]) -> tuple[str, ...]:
    """The questions of a list that a pin on its map asks in its own way."""
    return ("bbox",) if model in places.SHOWN_AT else ("region", "country", "bbox")


def _pins_of_points(drawn: QuerySet, ask: str) -> list[Pin]:
    """One pin a published point, counting the records there; points that would cover each other share one.

    Above MOST_PINS points, one a square of the grid.
    """
    points = drawn.values_list("east", "north").distinct()
    if len(points[: MOST_PINS + 1]) <= MOST_PINS:
        near: dict[Square, list[tuple]] = defaultdict(list)
        counted = drawn.values_list("east", "north", "at", "at_title", "at_precision").annotate(n=Count("pk"))
        for row in counted.order_by("at_title", "at"):
            near[floor(row[0] / GRIDS[0]), floor(row[1] / GRIDS[0])].append(row)
        return [_pin_of_near(square, rows, ask) for square, rows in near.items()]
    for degrees in GRIDS:
        column, row = Floor(F("east") / degrees), Floor(F("north") / degrees)
        counted = drawn.annotate(column=column, row=row).values_list("column", "row")
        squares = list(counted.annotate(n=Count("pk"), here=Count("at", distinct=True)).order_by("column", "row"))
        if len(squares) <= MOST_PINS:
            break
    return [_square_pin((int(east), int(north)), here, degrees, n, ask) for east, north, n, here in squares]


def _pin_of_near(square: Square, rows: list[tuple], ask: str) -> Pin:
    """What stands at one point or at a few close together: rows of point, code, title, precision and number."""
    east, north, codes, titles, precisions, counts = zip(*rows, strict=True)
    points = {(row[0], row[1]) for row in rows}
    return Pin(
        float(sum(point[0] for point in points) / len(points)),
        float(sum(point[1] for point in points) / len(points)),
        Text(titles[0]) if len(codes) == 1 else _places(len(codes)),
        f"{ask}bbox={min(east)},{min(north)},{max(east)},{max(north)}",
        sum(counts),
        approximate=len(points) > 1 or any(map(is_approximate, precisions)),
        id=f"pin-{codes[0]}" if len(codes) == 1 else _id_of_square(square, GRIDS[0]),
    )


def squares(drawn: list[Region], degrees: Decimal) -> dict[Square, list[Region]]:
    """The places in each square of a grid with sides of so many degrees."""
    found: dict[Square, list[Region]] = defaultdict(list)
    for place in drawn:
        found[floor(place.longitude / degrees), floor(place.latitude / degrees)].append(place)
    return found


def counts_of_squares(
    found: QuerySet, path: str, squares: dict[Square, list[Region]], degrees: Decimal
) -> dict[Square, int]:
    """How many records have a point in each square; a record with two points in one counts once."""
    drawn = [place.pk for members in squares.values() for place in members]
    point = "" if path == "pk" else f"{path}__"
    rows = found.order_by().filter(**{f"{path}__in": drawn})
    column, row = Floor(F(f"{point}longitude") / degrees), Floor(F(f"{point}latitude") / degrees)
    counted = rows.annotate(column=column, row=row).values("column", "row").annotate(n=Count("pk", distinct=True))
    return {(int(east), int(north)): n for east, north, n in counted.values_list("column", "row", "n")}


def _square_pin(square: Square, here: int, degrees: Decimal, count: int, ask: str) -> Pin:
    """A box is closed on all sides, so that its last edge stops one step short of the next square."""
    west, south = (corner * degrees for corner in square)
    east, north = min(west + degrees - STEP, Decimal(180)), min(south + degrees - STEP, Decimal(90))
    box = f"{max(west, Decimal(-180))},{max(south, Decimal(-90))},{east},{north}"
    return Pin(
        float(west + degrees / 2),
        float(south + degrees / 2),
        _places(here),
        f"{ask}bbox={box}",
        count,
        approximate=True,
        id=_id_of_square(square, degrees),
    )


def _places(count: int) -> str:
    return ngettext("%(n)d place", "%(n)d places", count) % {"n": count}


def is_approximate(precision: str) -> bool:
    """Whether a point of this precision stands for an area."""
    return precision not in {Precision.EXACT, Precision.KM_1}


def pin_at(place: Region | Site, url: str, count: int = 1) -> Pin:
    """A place as a pin."""
    approximate = is_approximate(place.precision)
    longitude, latitude = float(place.longitude), float(place.latitude)
    return Pin(longitude, latitude, place.shown_title, url, count, approximate, f"pin-{place.pk}")


def pins_of_record(entry: Entry) -> list[Pin]:
    """Where one record is, by its published places; a site or an observation at its one published point."""
    if type(entry) in places.SHOWN_AT:
        around = _lending(entry)
    else:
        path = places.place_path(type(entry))
        value = entry if path == "pk" else getattr(entry, path) if path else None
        around = list(value.all()) if path == "regions" else [value]
    return [pin_at(place, place.get_absolute_url()) for place in around if place and place.is_drawn]


def _lending(entry: Site | Observation) -> list[Region | Site]:
    """What lends a record its point on the map, if anything does."""
    at = places.shown(type(entry).objects.public()).filter(pk=entry.pk).values_list("at", flat=True).first()
    model = Site if at and at.startswith(Site.prefix) else Region
    return list(model.objects.public().filter(pk=at))


def without_a_pin(found: QuerySet) -> QuerySet:
    """The records that no place on the map stands for."""
    return found.filter(on_map=False) if issubclass(found.model, Placed) else found.none()
