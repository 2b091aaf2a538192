"""Projects that meet: in the same place, on the same kind of heritage, at the same time.

What is known is kept apart from what is not: two projects overlap when all three are stated and agree; they may overlap
when the place agrees and nothing that is stated speaks against it. Nothing is guessed, and no place is no meeting.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from django.db.models import QuerySet

from registry.models import Project, ProjectStatus, Region
from registry.models.edtf_dates import parse
from registry.same_place import SamePlace

READ = 300  # projects, the last changed first; a page says when there are more
DATES, HERITAGE = "dates", "heritage"
Span = tuple[date, date]


@dataclass(frozen=True)
class Overlap:
    """Two projects that meet; `open` names what keeps it from being certain."""

    one: Project
    other: Project
    places: tuple[Region, ...]
    heritage_types: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True)
class Overlaps:
    """The pairs that overlap and those that may, over the projects that were read."""

    certain: tuple[Overlap, ...]
    possible: tuple[Overlap, ...]
    read: int
    placeless: int
    unread: int


def overlaps(projects: QuerySet) -> Overlaps:
    """Among the READ projects changed last, cancelled ones left out; three queries whatever the number."""
    found = projects.exclude(status=ProjectStatus.CANCELLED).order_by("-updated_at", "code")
    read = list(found.only("code", "title", "translations", "status", "heritage_types", "dates", "places")[:READ])
    near = SamePlace(read)
    pairs = [pair for one, other in _neighbours(read) if (pair := overlap(one, other, near))]
    return Overlaps(
        tuple(pair for pair in pairs if not pair.open),
        tuple(pair for pair in pairs if pair.open),
        len(read),
        sum(not project.places for project in read),
        found.order_by().count() - len(read),
    )


def overlap(one: Project, other: Project, near: SamePlace) -> Overlap | None:
    """How two projects meet, or None where the place is not the same or something stated keeps them apart."""
    places = near.shared(one, other)
    times = meeting(one.dates, other.dates)
    types = [code for code in one.heritage_types if code in other.heritage_types]
    both_typed = bool(one.heritage_types and other.heritage_types)
    if not places or times is False or (both_typed and not types):
        return None
    unsure = [name for name, sure in ((DATES, times is True), (HERITAGE, both_typed)) if not sure]
    return Overlap(one, other, tuple(places), tuple(types), tuple(unsure))


def meeting(one: str, other: str) -> bool | None:
    """Whether two EDTF dates meet; None where that depends on a date that is unknown or marked as uncertain.

    An open end ("2018/..") reaches any day. An unknown end ("2018/") may reach any day and is known to reach none.
    """
    if not one or not other:
        return None
    if not _meet(_widest(one), _widest(other)):
        return False
    sure = _surest(one), _surest(other)
    return True if all(sure) and _meet(*sure) else None


@lru_cache(maxsize=1024)  # reading a date takes longer than comparing it with hundreds of others
def _widest(dates: str) -> Span:
    """The first and the last day that it can reach."""
    first, last = parse(dates)
    return first or date.min, last or date.max


@lru_cache(maxsize=1024)
def _surest(dates: str) -> Span | None:
    """The days that it reaches whatever is unknown; None where there are none."""
    if {*dates} & {*"?~%X"}:
        return None
    known = [end for end in dates.split("/") if end]
    return _widest(dates if dates.count("/") + 1 == len(known) else known[0])


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _neighbours(projects: list[Project]) -> list[tuple[Project, Project]]:
    """Each pair once that has any place in common, in the order of the list."""
    by_place = defaultdict(list)
    for number, project in enumerate(projects):
        for code in project.places:
            by_place[code].append(number)
    pairs = {pair for numbers in by_place.values() for pair in combinations(numbers, 2)}
    return [(projects[one], projects[other]) for one, other in sorted(pairs)]
