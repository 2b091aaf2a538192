"""Where the pins and the words stand on the map of the basin, so that no name covers another."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from registry.basemap import HEIGHT, WIDTH, project

DRAWN = (-270, -80, 1400, HEIGHT + 80)  # the land that img/basin.svg holds: left, top, right, bottom
POLE = 90  # degrees, where the projection ends
COUNTRIES = (
    (_("Azerbaijan"), 47.9, 40.05, True),
    (_("Iran"), 53.2, 35.3, True),
    (_("Kazakhstan"), 55.2, 47.5, True),
    (_("Russia"), 44.6, 46.9, True),
    (_("Turkmenistan"), 56.0, 38.9, True),
    (_("Armenia"), 44.9, 40.3, False),
    (_("Georgia"), 43.9, 42.05, False),
    (_("Uzbekistan"), 58.3, 43.2, False),
)
# The shore, coarsely; off Baku it keeps a little to the sea, so that no town is taken for a ship.
SHORE = (
    *((47.1, 45.2), (47.5, 43.9), (47.6, 43.0), (48.4, 42.0), (49.3, 40.95), (50.6, 40.5), (50.0, 40.2), (49.6, 39.9)),
    *((49.4, 39.2), (48.9, 38.4), (49.0, 37.7), (50.2, 37.3), (51.5, 36.7), (53.0, 36.8), (53.9, 36.9), (53.8, 38.8)),
    *((53.0, 39.5), (52.8, 41.2), (52.5, 41.7), (51.3, 43.0), (50.4, 44.3), (51.2, 45.2), (53.0, 45.3), (53.1, 46.4)),
    *((51.0, 46.9), (49.2, 46.3), (48.0, 45.6)),
)


class Box(NamedTuple):
    """A rectangle on the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass
class Mark:
    """One pin as drawn: its star, its words and the side they stand on."""

    pin: object
    x: float
    y: float
    radius: float
    at_sea: bool
    anchor: str = ""  # start or end; empty when there was no room for the words
    words_x: float = 0
    words_y: float = 0
    words_at_sea: bool = False

    @property
    def target(self) -> float:
        """The radius within which a finger or a pointer hits the pin."""
        return round(self.radius * 1.5, 1)

    @property
    def star(self) -> str:
        """The path of the eight-pointed star."""
        a, b = round(self.radius * 7 / 24, 1), round(self.radius * 10 / 24, 1)
        return (
            f"M{self.x + 2 * a + b:.1f} {self.y:.1f}l-{a} {a}v{b}h-{b}l-{a} {a}l-{a}-{a}h-{b}v-{b}"
            f"l-{a}-{a}l{a}-{a}v-{b}h{b}l{a}-{a}l{a} {a}h{b}v{b}z"
        )


@dataclass
class Chart:
    """A map ready to draw. `letter` is the size of a letter in the drawing's units."""

    view: Box
    letter: float
    marks: list[Mark] = field(default_factory=list)
    countries: list[dict] = field(default_factory=list)
    outside: list = field(default_factory=list)

    @property
    def view_box(self) -> str:
        """The value of the SVG's viewBox."""
        left, top, right, bottom = self.view
        return f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"


def chart(pins, kind: str) -> Chart:
    """The map of the pins: `hero` shows the whole basin, `list` the basin and all pins, `near` their neighbourhood.

    A pin too far away for the drawing is in `outside`, to be named beside the map.
    """
    placed = [(pin, *project(pin.longitude, pin.latitude)) for pin in pins if abs(pin.latitude) < POLE]
    left, top, right, bottom = DRAWN
    inside = [(pin, x, y) for pin, x, y in placed if left < x < right and top < y < bottom]
    view, letter = frame([(x, y) for _pin, x, y in inside], kind)
    drawn_pins = [pin for pin, _x, _y in inside]
    drawn = Chart(view, letter, outside=[pin for pin in pins if pin not in drawn_pins])
    drawn.marks = [mark(pin, x, y, letter) for pin, x, y in inside]
    taken = [Box(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in drawn.marks]
    for each in drawn.marks:
        taken += write(each, taken, view, letter)
    drawn.countries = list(countries(taken, {str(pin.label) for pin, _x, _y in inside}, view, letter))
    return drawn


def frame(points: list[tuple[float, float]], kind: str) -> tuple[Box, float]:
    """The part of the drawing to show, and the size of a letter on it."""
    if kind == "hero":
        return Box(0, 0, WIDTH, HEIGHT), 14
    if kind == "near" and points:
        (left, right), (top, bottom) = ((min(line), max(line)) for line in zip(*points, strict=True))
        width = max(260, (right - left) * 1.5, (bottom - top) * 1.5 * 1.35)
        if width < 560:
            x, y = (left + right) / 2, (top + bottom) / 2
            return Box(x - width / 2, y - width / 2.7, x + width / 2, y + width / 2.7), width / 26
    left = min([20.0] + [x - 40 for x, _y in points])
    right = max([740.0] + [x + 40 for x, _y in points])
    top = min([50.0] + [y - 40 for _x, y in points])
    bottom = max([810.0] + [y + 40 for _x, y in points])
    return Box(left, top, right, bottom), max(right - left, bottom - top) / 34


def mark(pin, x: float, y: float, letter: float) -> Mark:
    """A pin without its words; a pin of several records is larger, to hold their number."""
    return Mark(pin, round(x, 1), round(y, 1), letter * (1.28 if pin.count > 1 else 0.95), at_sea(x, y))


def at_sea(x: float, y: float) -> bool:
    """Whether a point of the drawing is on the water (even-odd rule over the coarse shore)."""
    inside = False
    shore = [project(*corner) for corner in SHORE]
    for (x1, y1), (x2, y2) in zip(shore, shore[1:] + shore[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def write(mark: Mark, taken: list[Box], view: Box, letter: float) -> list[Box]:
    """Set the words of a mark where there is room, rather wholly on its own side of the shore; their box, if any."""
    width = letter * max(0.6 * len(str(mark.pin.label)), 5)
    gap = mark.radius + letter * 0.25
    places = []
    for lift in (0.0, 1.4, -1.4):
        top = mark.y + (lift - 1.15) * letter
        for anchor, left in (("start", mark.x + gap), ("end", mark.x - gap - width)):
            box = Box(left, top, left + width, top + 2.4 * letter)
            in_view = view.left < box.left and box.right < view.right
            if in_view and not any(box.meets(other) for other in taken):
                middle = (box.top + box.bottom) / 2
                strays = sum(at_sea(x, middle) != mark.at_sea for x in (box.left, (left + box.right) / 2, box.right))
                places.append((strays, len(places), anchor, box))
    if not places:
        return []
    _strays, _order, mark.anchor, box = min(places)
    mark.words_x = round(box.left if mark.anchor == "start" else box.right, 1)
    mark.words_y = round(box.top + letter, 1)
    mark.words_at_sea = at_sea((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    return [box]


def countries(taken: list[Box], pinned: set[str], view: Box, letter: float):
    """The names of countries that do not collide with a pin and are not pinned themselves."""
    for name, longitude, latitude, littoral in COUNTRIES:
        x, y = project(longitude, latitude)
        half = letter * 0.32 * len(str(name))
        box = Box(x - half, y - letter, x + half, y + letter * 0.3)
        in_view = view.left < box.left and box.right < view.right and view.top < box.top and box.bottom < view.bottom
        if in_view and str(name) not in pinned and not any(box.meets(other) for other in taken):
            yield {"name": name, "x": round(x, 1), "y": round(y, 1), "littoral": littoral}
