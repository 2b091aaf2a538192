"""Projects that overlap, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.models import HeritageType, Project
from registry.overlaps import DATES, HERITAGE, Overlap, overlaps

from .caching import kept
from .dates import words
from .facts import Link

PAIRS_SHOWN = 12


@dataclass(frozen=True)
class Pair:
    """Two projects, what they share, and what is not stated and keeps it open."""

    one: Link
    other: Link
    places: list[Link]
    heritage_types: list[str]
    open: list[str]


@dataclass(frozen=True)
class Pairs:
    """The first pairs of each kind, and how many there are among the projects compared."""

    certain: list[Pair]
    certain_count: int
    possible: list[Pair]
    possible_count: int
    compared: int
    placeless: int
    unread: int


def pairs() -> Pairs:
    """The overlaps of the whole register."""
    return kept("overlaps", _pairs)


def _pairs() -> Pairs:
    projects = Project.objects.public()
    found = overlaps(projects)
    return Pairs(
        [_pair(overlap) for overlap in found.certain[:PAIRS_SHOWN]],
        len(found.certain),
        [_pair(overlap) for overlap in found.possible[:PAIRS_SHOWN]],
        len(found.possible),
        found.read,
        found.placeless,
        found.unread,
    )


def _pair(overlap: Overlap) -> Pair:
    return Pair(
        _project(overlap.one),
        _project(overlap.other),
        [Link(place.shown_title, place.get_absolute_url()) for place in overlap.places],
        [str(HeritageType(code).label) for code in overlap.heritage_types],
        [
            {DATES: _("whether the dates meet"), HERITAGE: _("whether the heritage is of one type")}[name]
            for name in overlap.open
        ],
    )


def _project(project: Project) -> Link:
    return Link(project.shown_title, project.get_absolute_url(), words(project.dates) or _("dates not stated"))
