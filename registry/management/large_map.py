"""The land of the large map as GeoJSON: the whole world, finer around the Caspian Sea."""

from collections.abc import Callable

Point = tuple[float, float]
Ring = list[int]  # numbers of arcs; below zero, an arc taken backwards

BASIN = (34.0, 30.0, 72.0, 56.0)  # west, south, east, north, in degrees: what is drawn finely
FINE, COARSE = 0.012, 0.14  # degrees that a coast may stray, inside and outside
BOUNDARY = 0.03  # the same for boundaries inside: they are generalised more; outside none is drawn
SMALLEST_FINE, SMALLEST_COARSE = 0.0015, 0.4  # square degrees: an island below it is left out
SOUTHERNMOST = -60


def drawn(polygons: list[list[Ring]], boundaries: list[int], arcs: list[list[Point]]) -> dict:
    """A FeatureCollection of two features, `land` and `boundaries`, in degrees, WGS 84.

    Arcs are simplified one by one, so that neighbours keep meeting.
    """
    coast = [simplified(arc, _tolerance) for arc in arcs]
    lines = [simplified(arcs[number], lambda _point: BOUNDARY) for number in boundaries]
    land = [shape for polygon in polygons if (shape := _polygon(polygon, coast))]
    near = [[_short(point) for point in line] for line in lines if all(map(_in_basin, line))]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": "land", "properties": {}, "geometry": _geometry("MultiPolygon", land)},
            {"type": "Feature", "id": "boundaries", "properties": {}, "geometry": _geometry("MultiLineString", near)},
        ],
    }


def _geometry(kind: str, coordinates: list) -> dict:
    return {"type": kind, "coordinates": coordinates}


def _polygon(polygon: list[Ring], arcs: list[list[Point]]) -> list[list[list[float]]]:
    """The rings that are large enough to be seen; [] where the outer one is not."""
    rings = []
    for number, ring in enumerate(polygon):
        points = [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])[:-1]]
        fine = any(map(_in_basin, points))
        large = len(points) > 2 and abs(_area(points)) >= (SMALLEST_FINE if fine else SMALLEST_COARSE)
        if large and max(latitude for _longitude, latitude in points) > SOUTHERNMOST:
            rings.append([_short(point) for point in [*points, points[0]]])
        elif not number:
            return []
    return rings


def _in_basin(point: Point) -> bool:
    west, south, east, north = BASIN
    return west < point[0] < east and south < point[1] < north


def _tolerance(point: Point) -> float:
    return FINE if _in_basin(point) else COARSE


def _short(point: Point) -> list[float]:
    digits = 3 if _in_basin(point) else 1
    return [round(degrees, digits) for degrees in point]


def _area(points: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True)) / 2


def simplified(points: list[Point], tolerance: Callable[[Point], float]) -> list[Point]:
    """The line without the points that stray less than is allowed where they are (Douglas and Peucker, 1973)."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        strays = (
            (_stray(points[n], points[start], points[end]) / tolerance(points[n]), n) for n in range(start + 1, end)
        )
        stray, at = max(strays)
        if stray > 1:
            kept.add(at)
            spans += [(start, at), (at, end)]
    return [points[n] for n in sorted(kept)]


def _stray(point: Point, start: Point, end: Point) -> float:
    """From a point to the segment between two others, in degrees."""
    run, rise = end[0] - start[0], end[1] - start[1]
    length = run * run + rise * rise
    share = 0 if not length else ((point[0] - start[0]) * run + (point[1] - start[1]) * rise) / length
    share = min(1, max(0, share))
    return ((point[0] - start[0] - share * run) ** 2 + (point[1] - start[1] - share * rise) ** 2) ** 0.5
