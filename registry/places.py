"""How exactly a place may be shown: points on a fixed grid, the rule where nobody chose, and what the map draws where.

The grids are fixed in degrees (WGS 84), so that the same place gives the same published point every time and asking
often tells no more than asking once. The point stands in the middle of its cell, at most 8 km from the place for
`10km` and 0.8 km for `1km`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Case, Exists, F, Max, Min, OuterRef, Q, QuerySet, When

from registry.models import Change, Entry, HeritageType, Observation, Precision, Region, Site, State, Threat
from registry.models.sites import POINTS

# The side of a cell in degrees.
GRIDS = {Precision.KM_1: Decimal("0.01"), Precision.KM_10: Decimal("0.1")}

# By noun, the relations to what lends a record its point; the first that is public and has a point counts.
SHOWN_AT = {Site: ("", "region"), Observation: ("site", "region", "site__region")}
# What the map reads of it.
_POINT = {"east": "longitude", "north": "latitude", "at": "code", "at_title": "title", "at_precision": "precision"}

Point = tuple[Decimal, Decimal]
Box = tuple[Decimal, Decimal, Decimal, Decimal]  # west, south, east, north


def published_point(longitude: Decimal, latitude: Decimal, precision: str) -> Point | None:
    """Longitude and latitude that everybody may read; None where the precision allows no point at all."""
    if precision == Precision.EXACT:
        return longitude, latitude
    side = GRIDS.get(precision)
    return (_middle(longitude, side, 180), _middle(latitude, side, 90)) if side else None


def _middle(degrees: Decimal, side: Decimal, most: int) -> Decimal:
    """The middle of the cell; the last cell holds its own far edge."""
    cell = (min(degrees, most - side) / side).to_integral_value(rounding=ROUND_FLOOR)
    return (cell + Decimal("0.5")) * side


def is_finer(new: str, old: str) -> bool:
    """Whether one precision tells more than another; what was shown nowhere is told nothing of."""
    order = list(Precision)
    return bool(new and old) and order.index(Precision(new)) < order.index(Precision(old))


def precision_of(site: Site) -> str:
    """What an editor chose, else the rule: `10km` for what is archaeological or threatened by people, else `exact`.

    By the rule it only ever becomes coarser: what was generalised once stays so until somebody chooses otherwise, even
    where the exact place was cleared and entered again.
    """
    if site.precision_chosen:
        return site.precision_chosen
    at_risk = HeritageType.ARCHAEOLOGICAL_SITE in site.heritage_types or is_threatened(site)
    ruled = Precision.KM_10 if at_risk else Precision.EXACT
    told = site.precision or _last_point_told(site)
    return max(ruled, told, key=list(Precision).index) if told else ruled


def _last_point_told(site: Site) -> str:
    """How exactly the ledger last knew the site to be shown, for one that has no point now."""
    shown = Change.objects.of(site.pk).filter(after__precision__in=list(POINTS)).order_by("-number")
    return shown.values_list("after__precision", flat=True).first() or ""


def is_threatened(site: Site) -> bool:
    """Whether an observation that is or was public names looting, vandalism or conflict there."""
    seen = Observation.objects.filter(site=site.pk, state__in=[State.PUBLISHED, State.WITHDRAWN])
    return seen.filter(threats__threat=Threat.OTHER_HUMAN).exists()


def shown(records: QuerySet) -> QuerySet:
    """The sites or observations that the map draws, with their published point: `east` and `north` in degrees.

    `at` is the code of what has the point: the site or a region. An observation on no known day is not drawn.
    """
    paths = SHOWN_AT[records.model]
    drawn = records.order_by().filter(on_map=True)
    drawn = drawn.annotate(**{name: _first(paths, field) for name, field in _POINT.items()})
    return drawn.exclude(east=None)


def in_box(records: QuerySet, west: Decimal, south: Decimal, east: Decimal, north: Decimal) -> QuerySet:
    """The sites or observations that the map draws inside the box, in degrees; its edges belong to it."""
    found = shown(records.model.objects.public()).filter(east__range=(west, east), north__range=(south, north))
    return records.filter(pk__in=found.values("pk"))


def _first(paths: tuple[str, ...], field: str) -> Case:
    """A field of the first of the relations that leads to something public with a point."""
    cases = []
    for path in paths:
        steps = path.split("__") if path else []
        public = {f"{'__'.join(steps[: n + 1])}__state": State.PUBLISHED for n in range(len(steps))}
        before = f"{path}__" if path else ""
        cases.append(When(Q(**public) & ~Q(**{f"{before}longitude": None}), then=F(f"{before}{field}")))
    return Case(*cases)


@dataclass(frozen=True)
class Published:
    """A point that everybody may read, in degrees, and which place of the register it is the point of."""

    longitude: Decimal
    latitude: Decimal
    at: str
    precision: str

    @property
    def is_generalised(self) -> bool:
        """Whether the place itself may be elsewhere."""
        return self.precision != Precision.EXACT


def place_path(model: type[Entry]) -> str | None:
    """The relation that says where the records of a noun are; None where they are nowhere."""
    if model is Region:
        return "pk"
    names = {relation.name for relation in model.entry_relations()}
    return next((name for name in ("regions", "region") if name in names), None)


def pointed(records: QuerySet) -> QuerySet:
    """A row for each published point of the records: `east` and `north` in degrees, `at` and `at_precision`.

    The points are as the map draws them; a record without one has no row.
    """
    if records.model in SHOWN_AT:
        return shown(records)
    path = place_path(records.model)
    if path is None:
        return records.none()
    before = "" if path == "pk" else f"{path}__"
    drawn = records.order_by().filter(**{f"{before}state": State.PUBLISHED, f"{before}longitude__isnull": False})
    names = {"east": "longitude", "north": "latitude", "at": "code", "at_precision": "precision"}
    return drawn.annotate(**{name: F(f"{before}{field}") for name, field in names.items()})


def points(model: type[Entry], codes: Iterable[str]) -> dict[str, list[Published]]:
    """By code, the published points of the records, as the map draws them; one query, and no entry where none is."""
    found: dict[str, list[Published]] = {}
    if model not in SHOWN_AT and place_path(model) is None:
        return found
    rows = pointed(model.objects.public().filter(pk__in=list(codes))).order_by("pk", "at")
    for code, *point in rows.values_list("pk", "east", "north", "at", "at_precision"):
        found.setdefault(code, []).append(Published(*point))
    return found


def touching(records: QuerySet, boxes: Iterable[Box]) -> QuerySet:
    """The records with a point in any of the boxes, whose edges belong to them, and those without any point."""
    everywhere = pointed(records.model.objects.public())
    inside = Q()
    for west, south, east, north in boxes:
        inside |= Q(east__range=(west, east), north__range=(south, north))
    found = Q(on_map=False) | Q(pk__in=everywhere.filter(inside).values("pk"))
    if records.model not in SHOWN_AT and any("__" in path for path in records.model.place_paths):
        found |= ~Exists(
            everywhere.filter(pk=OuterRef("pk"))
        )  # on the map through another record, at no point of its own
    return records.filter(found)


def extent(model: type[Entry]) -> Box | None:
    """The smallest box around all published points of a noun; None where there is none."""
    path = place_path(model)
    records = model.objects.public().order_by()
    if model in SHOWN_AT or path is None:
        found, east, north = pointed(records), "east", "north"
    else:  # by the places, which are few, and not by the records
        found, east, north = Region.objects.public().order_by().drawn(), "longitude", "latitude"
        if path != "pk":
            found = found.filter(Exists(records.filter(**{path: OuterRef("pk")})))
    ends = found.aggregate(w=Min(east), s=Min(north), e=Max(east), n=Max(north))
    return None if ends["w"] is None else (ends["w"], ends["s"], ends["e"], ends["n"])
