"""Draw the land around the Caspian Sea from Natural Earth: static/img/basin.svg, and static/geo/basin.json at large."""

import json
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registry.basemap import HEIGHT, WIDTH, project
from registry.management import large_map
from registry.management.polylines import Point, Ring, area, joined, simplified

WINDOW = (-280, -90, 1420, HEIGHT + 90)  # left, top, right, bottom: wider than the drawing, for wide screens
COAST, BOUNDARY = 0.45, 1.6  # how far a line may stray, in units of the drawing: boundaries are generalised more
SMALLEST = 3.0  # square units: an island below it is left out
ANTARCTIC = -60  # degrees: a cone over the Caspian cannot draw what lies beyond
LITTORAL = {"031": "Azerbaijan", "364": "Iran", "398": "Kazakhstan", "643": "Russia", "795": "Turkmenistan"}


class Command(BaseCommand):
    """Writes shapes without any paint: the style sheet paints them, so one file serves light, dark and paper."""

    help = "Draw the maps in static/ from countries-10m.json of the npm package world-atlas 2.0.2 (public domain)."

    def add_arguments(self, parser):
        parser.add_argument("topojson", type=Path, help="path of countries-10m.json")
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "static" / "img" / "basin.svg")
        parser.add_argument("--large", type=Path, default=settings.BASE_DIR / "static" / "geo" / "basin.json")

    def handle(self, *, topojson, output, large, **options):
        try:
            topology = json.loads(topojson.read_text())
            land, countries = (topology["objects"][name]["geometries"] for name in ("land", "countries"))
            countries = [country for country in countries if "id" in country]  # no leased base, no disputed ice
            boundaries = shared_arcs(countries)
            at_large = large_map.drawn(polygons(land), boundaries, places(topology))
            arcs = [
                simplified([project(*place) for place in arc], _coarsely if number in boundaries else _finely)
                if min(latitude for _, latitude in arc) > ANTARCTIC
                else []
                for number, arc in enumerate(places(topology))
            ]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{topojson} is not a TopoJSON file of countries: {error}") from error
        beyond = [country for country in countries if country["id"] not in LITTORAL]
        shapes = {
            "land": path(rings(land, arcs), close=True),
            "beyond": path(rings(beyond, arcs), close=True),
            "boundaries": path(visible_lines([arcs[number] for number in boundaries])),
        }
        drawn = "".join(f'<path id="{name}" d="{shape}"/>' for name, shape in shapes.items())
        note = "<!-- Made with Natural Earth, public domain. Boundaries are generalised and claim nothing. -->"
        output.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{note}<defs>{drawn}</defs></svg>\n'
        )
        large.write_text(json.dumps(at_large, separators=(",", ":")) + "\n")
        for written in (output, large):
            self.stdout.write(f"{written.name}: {written.stat().st_size} bytes")


def _coarsely(_point: Point) -> float:
    return BOUNDARY


def _finely(_point: Point) -> float:
    return COAST


def places(topology: dict) -> list[list[Point]]:
    """The arcs of a topology as (longitude, latitude), decoded from their quantised steps. TopoJSON 1, 2.1.4."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + left, y * scale_y + bottom))
        decoded.append(line)
    return decoded


def polygons(geometries: list[dict]) -> list[list[Ring]]:
    """Every polygon of the geometries, each a list of rings of arc numbers."""
    found = []
    for geometry in geometries:
        if geometry["type"] == "Polygon":
            found.append(geometry["arcs"])
        elif geometry["type"] == "MultiPolygon":
            found.extend(geometry["arcs"])
    return found


def rings(geometries: list[dict], arcs: list[list[Point]]) -> list[list[Point]]:
    """The rings of the geometries that can be seen, cut at the window, as closed lines of points."""
    found = []
    for polygon in polygons(geometries):
        for ring in polygon:
            points = cut(joined(ring, arcs))
            if len(points) > 2 and abs(area(points)) >= SMALLEST:
                found.append(points)
    return found


def shared_arcs(geometries: list[dict]) -> list[int]:
    """The arcs that two countries have in common: their boundaries, without the coasts."""
    uses = Counter(
        number if number >= 0 else ~number for polygon in polygons(geometries) for ring in polygon for number in ring
    )
    return [number for number, count in uses.items() if count > 1]


def visible_lines(lines: list[list[Point]]) -> list[list[Point]]:
    """The runs of points that lie in the window."""
    left, top, right, bottom = WINDOW
    runs = []
    for line in lines:
        run = []
        for x, y in line:
            if left <= x <= right and top <= y <= bottom:
                run.append((x, y))
            elif run:
                runs.append(run)
                run = []
        runs.append(run)
    return [run for run in runs if len(run) > 1]


def cut(points: list[Point]) -> list[Point]:
    """The part of a ring inside the window (Sutherland and Hodgman, 1974)."""
    left, top, right, bottom = WINDOW
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        kept = []
        for previous, current in zip(points[-1:] + points[:-1], points, strict=True):
            before, after = (previous[axis] - limit) * sign, (current[axis] - limit) * sign
            if (before < 0) != (after < 0):
                share = before / (before - after)
                kept.append(tuple(start + share * (end - start) for start, end in zip(previous, current, strict=True)))
            if after >= 0:
                kept.append(current)
        points = kept
    return points


def path(lines: list[list[Point]], close: bool = False) -> str:
    """SVG path data, in relative steps of a tenth of a unit: short, and alike enough to compress well."""
    data = []
    for line in lines:
        x, y = round(line[0][0], 1), round(line[0][1], 1)
        data.append(f"M{x:g} {y:g}l")
        steps = []
        for next_x, next_y in line[1:]:
            step_x, step_y = round(next_x - x, 1), round(next_y - y, 1)
            if step_x or step_y:
                steps.append(f"{short(step_x)}{'' if step_y < 0 else ' '}{short(step_y)}")
                x, y = round(x + step_x, 1), round(y + step_y, 1)
        data.append("".join(step if step[0] == "-" or not index else f" {step}" for index, step in enumerate(steps)))
        data.append("z" if close else "")
    return "".join(data)


def short(number: float) -> str:
    """A number without the nought before its point."""
    return f"{number:g}".replace("0.", ".", 1) if abs(number) < 1 else f"{number:g}"
