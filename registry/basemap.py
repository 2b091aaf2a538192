"""The map of the basin: how a place on the globe becomes a point on the drawing."""

from math import cos, log, pi, radians, sin, tan

# Lambert's conformal conic projection with two standard parallels (Snyder, Map Projections, USGS 1395, page 106).
SOUTH, NORTH = radians(38), radians(46)
MERIDIAN = 52.2
CONE = log(cos(SOUTH) / cos(NORTH)) / log(tan(pi / 4 + NORTH / 2) / tan(pi / 4 + SOUTH / 2))
SCALE = cos(SOUTH) * tan(pi / 4 + SOUTH / 2) ** CONE / CONE

WIDTH, HEIGHT = 700, 840  # the drawing of the whole basin, in its own units: about 1.8 km each
UNITS = 3480  # of the drawing in one radius of the globe
CENTRE = (428.0, 420.0)  # where the middle of the sea, 52.2 E 41.9 N, lies on the drawing
MIDDLE_LATITUDE = 41.9


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees, WGS 84, to (x, y) in the drawing's units, y downwards. Anywhere but the poles."""

    def distance(degrees: float) -> float:
        return SCALE / tan(pi / 4 + radians(degrees) / 2) ** CONE

    angle = CONE * radians(longitude - MERIDIAN)
    from_pole = distance(latitude)
    x = CENTRE[0] + UNITS * from_pole * sin(angle)
    y = CENTRE[1] + UNITS * (from_pole * cos(angle) - distance(MIDDLE_LATITUDE))
    return x, y
