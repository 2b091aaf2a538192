"""What stands on the large map: places, and clusters where they are too close to tell apart, for any piece of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.db.models import Avg, Count, F, Max, Min
from django.db.models.functions import Floor
from django.utils.translation import ngettext

from registry import facets, places
from registry.models import Entry, Region, Site

from . import pins
from .across import Across
from .caching import kept

ZOOMS = range(2, 12)  # as web maps count them: the world is 256 pixels wide at 0
_WHOLE = (Decimal(-180), Decimal(-90), Decimal(180), Decimal(90))
_SQUARES_IN_A_BLOCK = 16

Box = tuple[Decimal, Decimal, Decimal, Decimal]  # west, south, east, north, in degrees


@dataclass(frozen=True)
class Spot:
    """What one noun has in one square: `at` is the code of the only place there, or "" where there are several.

    `count` are the records with a point in the square; `is_of_points` where the records have points of their own.
    """

    count: int
    at: str
    middle: tuple[float, float]
    box: Box
    is_of_points: bool


def side(zoom: int) -> Decimal:
    """The side of a square in degrees: 64 pixels from west to east."""
    return Decimal(90) / 2**zoom


def features(across: Across, view: Box, zoom: int) -> list[dict[str, Any]]:
    """GeoJSON features of all squares around the view; kept until anything changes."""
    block = _block(view, side(zoom))
    return kept(f"map:{across.key}:{zoom}:{block}", lambda: list(_features(across, block, side(zoom))))


def whole(across: Across, zoom: int) -> list[dict[str, Any]]:
    """The same for the whole world."""
    return features(across, _WHOLE, zoom)


def counts_of_places(across: Across, model: type[Entry]) -> dict[str, int]:
    """How many of the records found are in each place; where places were asked, of what lies within these."""
    return kept(f"map-places:{model.noun}:{across.key}", lambda: _counted(across, model))


def _counted(across: Across, model: type[Entry]) -> dict[str, int]:
    counts = facets.grouped(across.found(model).order_by(), "places")
    if asked := across.query.data.getlist("region"):
        within = Region.objects.public().filter(places__overlap=asked).values_list("pk", flat=True)
        counts = {code: counts[code] for code in within if code in counts}
    return counts


def _block(view: Box, degrees: Decimal) -> Box:
    """The view, widened to whole blocks of squares, so that moving the map a little asks nothing new."""
    step = degrees * _SQUARES_IN_A_BLOCK
    west, south, east, north = view
    return (
        max(_floor(west, step), _WHOLE[0]),
        max(_floor(south, step), _WHOLE[1]),
        min(_floor(east, step) + step - pins.STEP, _WHOLE[2]),
        min(_floor(north, step) + step - pins.STEP, _WHOLE[3]),
    )


def _floor(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(rounding=ROUND_FLOOR) * step


def _features(across: Across, block: Box, degrees: Decimal) -> Iterator[dict[str, Any]]:
    squares: dict[pins.Square, list[Spot]] = defaultdict(list)
    for model in across.models:
        of_model = _of_points if model in places.SHOWN_AT else _of_places
        for square, spot in of_model(across, model, block, degrees):
            squares[square].append(spot)
    alone = {square: spots[0].at for square, spots in squares.items() if len({spot.at for spot in spots}) == 1}
    named = _named(set(alone.values()) - {""})
    # From west to east, and from north to south: the order of the keyboard.
    for square in sorted(squares, key=lambda at: (at[0], -at[1])):
        place = named.get(alone.get(square, ""))
        yield _feature(squares[square], place, _count_at(across, place, squares[square]))


def _count_at(across: Across, place: Region | Site | None, spots: list[Spot]) -> int:
    """How many records the lists of a place find; a noun may have all of its own within it, and none at its point."""
    if not isinstance(place, Region):
        return sum(spot.count for spot in spots)
    within = (model for model in across.models if model not in places.SHOWN_AT)
    at_points = sum(spot.count for spot in spots if spot.is_of_points)
    return at_points + sum(counts_of_places(across, model).get(place.pk, 0) for model in within)


def _of_places(across: Across, model: type[Entry], block: Box, degrees: Decimal) -> Iterator[tuple[pins.Square, Spot]]:
    """A noun that stands at the points of its places."""
    path, found = places.place_path(model), across.found(model)
    inside = Region.objects.public().drawn().in_box(*block)
    drawn = list(inside.filter(pk__in=found.order_by().values(path)).only("longitude", "latitude"))
    if not drawn:
        return
    if across.query.data.getlist("region"):
        within = counts_of_places(across, model)
        drawn = [place for place in drawn if place.pk in within]
    squares = pins.squares(drawn, degrees)
    counts = pins.counts_of_squares(found, path, squares, degrees)
    for square, members in squares.items():
        east, north = ([getattr(place, name) for place in members] for name in ("longitude", "latitude"))
        at = members[0].pk if len(members) == 1 else ""
        middle = float(sum(east) / len(east)), float(sum(north) / len(north))
        box = min(east), min(north), max(east), max(north)
        yield square, Spot(counts[square], at, middle, box, is_of_points=False)


def _of_points(across: Across, model: type[Entry], block: Box, degrees: Decimal) -> Iterator[tuple[pins.Square, Spot]]:
    """A noun with published points of its own."""
    west, south, east, north = block
    drawn = places.shown(across.found(model)).filter(east__range=(west, east), north__range=(south, north))
    squares = drawn.annotate(column=Floor(F("east") / degrees), row=Floor(F("north") / degrees))
    counted = squares.values("column", "row").annotate(
        n=Count("pk"),
        here=Count("at", distinct=True),
        first=Min("at"),
        middle_east=Avg("east"),
        middle_north=Avg("north"),
        west=Min("east"),
        south=Min("north"),
        easternmost=Max("east"),
        northernmost=Max("north"),
    )
    for row in counted.order_by("column", "row"):
        box = row["west"], row["south"], row["easternmost"], row["northernmost"]
        at = row["first"] if row["here"] == 1 else ""
        middle = float(row["middle_east"]), float(row["middle_north"])
        yield (int(row["column"]), int(row["row"])), Spot(row["n"], at, middle, box, is_of_points=True)


def _named(codes: Iterable[str]) -> dict[str, Region | Site]:
    found: dict[str, Region | Site] = {}
    for model in (Region, Site):
        wanted = [code for code in codes if code.startswith(f"{model.prefix}-")]
        if wanted:
            found |= model.objects.public().in_bulk(wanted)
    return found


def _feature(spots: list[Spot], place: Region | Site | None, count: int) -> dict[str, Any]:
    """A place, or a cluster: one that has no extent cannot be told apart by coming closer."""
    west, south, east, north = (edge(spot.box[n] for spot in spots) for n, edge in enumerate((min, min, max, max)))
    weights = [spot.count or 1 for spot in spots]
    middle = [
        sum(spot.middle[n] * weight for spot, weight in zip(spots, weights, strict=True)) / sum(weights) for n in (0, 1)
    ]
    records = ngettext("%(n)d record", "%(n)d records", count) % {"n": count}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(degrees, 6) for degrees in middle]},
        "properties": {
            "name": place.shown_title.plain if place else "",
            "language": place.shown_title.language if place else "",
            "count": count,
            "records": records,
            "is_cluster": place is None and (west, south) != (east, north),
            "is_approximate": place is None or pins.is_approximate(place.precision),
            "place": place.pk if isinstance(place, Region) else "",
            "box": ",".join(
                str(edge.normalize() + 0) if edge % 1 else str(int(edge)) for edge in (west, south, east, north)
            ),
        },
    }
