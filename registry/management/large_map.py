"""The land of the large map as GeoJSON: the whole world, finer around the Caspian Sea."""

from .polylines import Point, Ring, area, joined, simplified

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
        points = joined(ring, arcs)
        fine = any(map(_in_basin, points))
        large = len(points) > 2 and abs(area(points)) >= (SMALLEST_FINE if fine else SMALLEST_COARSE)
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
