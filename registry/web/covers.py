"""Woven covers: the theme of an entry chooses the lattice, its code chooses which cells are lit."""

from functools import lru_cache
from hashlib import sha256
from math import ceil
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

CELL = 48  # one cell of any lattice, in the cover's own units
GOLD = "#F0C36A"


class Lattice(NamedTuple):
    """One weave. Every shape is a relative path that starts at a cell's corner, so that a cover needs no ids.

    `lines` are drawn in the thread's colour; `filled` the same and lightly filled; `lit` is what a lit cell adds, and
    `lit_hole` is cut out of it again. `offset` repeats the lattice on the corners between the cells as well.
    """

    ground: str
    thread: str
    lines: str
    filled: str
    lit: str
    lit_hole: str = ""
    offset: bool = False


OCTAGON = "m48 34l-14 14h-20l-14-14v-20l14-14h20l14 14z"
STAR = "m48 24l-7 7v10h-10l-7 7l-7-7h-10v-10l-7-7l7-7v-10h10l7-7l7 7h10v10z"
SMALL_STAR = "m34 24l-3 3v4h-4l-3 3l-3-3h-4v-4l-3-3l3-3v-4h4l3-3l3 3h4v4z"
ARCS = "a34 34 0 0 1 0 48a34 34 0 0 1 48 0a34 34 0 0 1 0-48a34 34 0 0 1-48 0"
LOZENGE = "m24 10q5.5 8.5 14 14q-8.5 5.5-14 14q-5.5-8.5-14-14q8.5-5.5 14-14z"
STEPS = "m18 6h12v6h6v6h6v12h-6v6h-6v6h-12v-6h-6v-6h-6v-12h6v-6h6z"
SQUARE = "m19 19h10v10h-10z"
GUL_HEART = "m18 18h12v12h-12z"
CROSS = "m24 0v19m0 10v19m-24-24h19m10 0h19"
ZIGZAG = "m0 15l24-15l24 15m-48 24l24-15l24 15"
RING = "m40 31l-9 9h-14l-9-9v-14l9-9h14l9 9z"
HEART = "m32 27l-5 5h-6l-5-5v-6l5-5h6l5 5z"
SCALES = "a24 24 0 0 0 48 0m-48 24a24 24 0 0 0 24 24a24 24 0 0 0 24-24m-36-24a12 12 0 0 0 24 0"
DROP = "m12 0a12 12 0 0 0 24 0z"
DIAGONALS = "l48 48m0-48l-48 48m0-24l24 24l24-24l-24-24z"
DIAMOND = "m24 12l12 12l-12 12l-12-12z"
BASKET = "m0 6h24m-24 12h24m6-18v24m12-24v24m-36 0v24m12-24v24m6-18h24m-24 12h24"
PLAIT = "m27 30h18v12h-18z"

LATTICES = {
    "built": Lattice("#0B4A55", "#8ED0CA", SMALL_STAR, STAR, STAR, SMALL_STAR),
    "city": Lattice("#26386E", "#A9BCEB", ARCS, LOZENGE, LOZENGE),
    "living": Lattice("#7C2135", "#EBB3B0", STEPS, GUL_HEART, STEPS, GUL_HEART, offset=True),
    "digital": Lattice("#17554A", "#98D2BE", OCTAGON + "m-48-34" + CROSS, SQUARE, SQUARE),
    "emergency": Lattice("#744609", "#EFCB8C", ZIGZAG, "", "m0 39l24-15l24 15v6l-24-15l-24 15z"),
    "governance": Lattice("#33454F", "#B9CAD2", OCTAGON + "m-48-34" + RING, HEART, HEART),
    "nature": Lattice("#0F4667", "#9CCBE6", SCALES, DROP, DROP),
    "money": Lattice("#54305C", "#D9B8E0", DIAGONALS, DIAMOND, DIAMOND),
    "word": Lattice("#4B4130", "#D8C8A8", BASKET, PLAIT, PLAIT),
}

THEME_OF_HERITAGE = {
    "urban": "city",
    "group_of_buildings": "city",
    "oral_traditions": "living",
    "performing_arts": "living",
    "social_practices": "living",
    "knowledge_nature": "living",
    "traditional_craftsmanship": "living",
    "library_archive": "word",
    "documentary": "word",
    "natural": "nature",
    "mixed": "nature",
    "cultural_landscape": "nature",
    "underwater": "nature",
}
THEME_OF_KIND = {
    "digital_repository": "digital",
    "online_exhibition": "digital",
    "documentation": "digital",
    "emergency_protocol": "emergency",
    "field_mission": "emergency",
    "remote_monitoring": "emergency",
    "community_engagement": "living",
    "training_capacity": "living",
    "campaign": "living",
    "environmental_monitoring": "nature",
    "joint_research": "nature",
    "sustainable_tourism": "nature",
    "funding_mechanism": "money",
    "research": "nature",
    "shop": "living",
    "broadcast": "living",
    "model_3d": "built",
    "document": "word",
    "dataset": "word",
}
_BY_KIND = {"INI", "PGM", "RES"}
THEME_OF_PREFIX = {
    "PRJ": "built",
    "INI": "governance",
    "BUD": "money",
    "REG": "nature",
    "ORG": "governance",
    "EVT": "city",
    "SRC": "word",
    "STM": "word",
    "FND": "money",
    "SIT": "built",
    "MIS": "emergency",
    "OBS": "nature",
    "PRO": "emergency",
    "PGM": "living",
    "RES": "digital",
}


def theme_of(entry) -> str:
    """The theme of any entry: by its first telling heritage type, else its kind, else its noun (its code's prefix)."""
    for heritage_type in getattr(entry, "heritage_types", None) or ():
        if heritage_type in THEME_OF_HERITAGE:
            return THEME_OF_HERITAGE[heritage_type]
    prefix = entry.code.partition("-")[0]
    if prefix in _BY_KIND and entry.kind in THEME_OF_KIND:
        return THEME_OF_KIND[entry.kind]
    return THEME_OF_PREFIX.get(prefix, "governance")


def cover(code: str, theme: str, *, width: int, height: int) -> SafeString:
    """An inline SVG of the given size in pixels; the same code, theme and size always give the same bytes.

    A small cover has three rows of cells and one lit cell, a large one five or six rows and up to four.
    It says nothing that the title beside it does not say, so it is hidden from screen readers.
    """
    rows = 3 if height < 120 else 5 if height < 300 else 6
    cell = height / rows
    columns = ceil(width / cell)
    whole_columns = int(width / cell) or 1
    lit = lit_cells(code, columns=whole_columns, rows=rows, count=min(4, max(1, whole_columns * rows // 10)))
    lattice = LATTICES[theme]
    parts = [
        f'<svg class="cover" width="{width}" height="{height}" viewBox="0 0 {round(width / cell * CELL)} {rows * CELL}"'
        ' preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">',
        woven(theme, columns, rows),
        f'<path fill="{GOLD}" d="{repeat(lattice.lit, lit)}"/>',
    ]
    if lattice.lit_hole:
        parts.append(f'<path fill="{lattice.ground}" d="{repeat(lattice.lit_hole, lit)}"/>')
    return mark_safe("".join(parts) + "</svg>")  # noqa: S308 - numbers and this module's own constants


def lit_cells(code: str, *, columns: int, rows: int, count: int) -> list[tuple[int, int]]:
    """The cells (column, row) that the code lights: `count` of them, all different, spread by a hash of the code."""
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    digest = sha256(code.encode()).digest()
    return sorted(cells.pop(byte % len(cells)) for byte in digest[:count])


@lru_cache(maxsize=64)
def woven(theme: str, columns: int, rows: int) -> str:
    """The lattice without its lit cells: the ground, the filled shapes in two depths, the lines; each as one path."""
    lattice = LATTICES[theme]
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    light = [(column, row) for column, row in cells if (column + row) % 2]
    dark = [(column, row) for column, row in cells if not (column + row) % 2]
    if lattice.offset:
        dark += [(column - 0.5, row - 0.5) for row in range(rows + 1) for column in range(columns + 1)]
    return (
        f'<path fill="{lattice.ground}" d="M0 0h{columns * CELL}v{rows * CELL}H0z"/>'
        f'<g stroke="{lattice.thread}" stroke-width="1.5">'
        f'<path fill="{lattice.thread}" fill-opacity=".09" d="{repeat(lattice.filled, dark)}"/>'
        f'<path fill="{lattice.thread}" fill-opacity=".24" d="{repeat(lattice.filled, light)}"/>'
        f'<path fill="none" d="{repeat(lattice.lines, dark + light)}"/></g>'
    )


def repeat(shape: str, cells: list[tuple[float, float]]) -> str:
    """One path that draws the shape in every cell (column, row)."""
    if not shape:
        return ""
    return "".join(f"M{column * CELL:g} {row * CELL:g}{shape}" for column, row in cells)
