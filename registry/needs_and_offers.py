"""Money that is sought beside money that was promised for nothing in particular yet, and what speaks for each pair.

A need is a line that is sought, for work that is not over or for nothing on record. An offer is a line that was pledged
or committed and is for no project or initiative that the public can read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from registry.models import Flow, Funding, Initiative, Project, Region, State, StatusGroup
from registry.same_place import SamePlace

READ = 150  # lines of either kind, the last changed first; a page says when there are more
OFFERED = (Flow.PLEDGED, Flow.COMMITTED)
MECHANISM, PLACE, HERITAGE = ("mechanism", "place", "heritage")


@dataclass(frozen=True)
class Match:
    """An offer that fits a need: in what they agree, in what they differ, and what is not known of both."""

    need: Funding
    offer: Funding
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    unknown: tuple[str, ...]
    places: tuple[Region, ...]
    heritage_types: tuple[str, ...]


def needs(lines: QuerySet) -> QuerySet:
    """Those of the lines that are sought for something that is not over."""
    over = Q()
    for path, model in (("project", Project), ("initiative", Initiative)):
        ended = [status for status, group in model.stages.items() if group == StatusGroup.FINISHED]
        over |= Q(**{f"{path}__state": State.PUBLISHED, f"{path}__status__in": ended})
    ended_lines = Funding.objects.filter(over).order_by().values("pk")
    return lines.filter(flow=Flow.SOUGHT).exclude(pk__in=ended_lines)


def offers(lines: QuerySet) -> QuerySet:
    """Those of the lines that were promised and that the public can read no purpose of."""
    return lines.filter(flow__in=OFFERED).stating("project", False).stating("initiative", False)


def newest(lines: QuerySet) -> list[Funding]:
    """The READ lines changed last."""
    return list(lines.order_by("-updated_at", "code")[:READ])


def matches(wanted: Iterable[Funding], offered: Iterable[Funding]) -> list[Match]:
    """Every pair that agrees in something: most agreement first, then least difference, then newest need and offer.

    The lines come with their public relations; the places of all are read in one query.
    """
    wanted, offered = list(wanted), list(offered)
    near = SamePlace([*wanted, *offered])
    pairs = [_match(need, offer, near) for need in wanted for offer in offered]
    return sorted((pair for pair in pairs if pair.agree), key=lambda m: (-len(m.agree), len(m.differ)))


def _match(need: Funding, offer: Funding, near: SamePlace) -> Match:
    places = near.shared(need, offer)
    ours, theirs = heritage_types(need), heritage_types(offer)
    types = [code for code in ours if code in theirs]
    # Of each trait: whether they agree, and whether they are known to differ.
    known = {
        MECHANISM: (bool(need.mechanism) and need.mechanism == offer.mechanism, need.mechanism and offer.mechanism),
        PLACE: (bool(places), near.apart(need, offer)),
        HERITAGE: (bool(types), ours and theirs),
    }
    return Match(
        need,
        offer,
        tuple(name for name, (same, _apart) in known.items() if same),
        tuple(name for name, (same, apart) in known.items() if not same and apart),
        tuple(name for name, (same, apart) in known.items() if not same and not apart),
        tuple(places),
        tuple(types),
    )


def heritage_types(line: Funding) -> list[str]:
    """The line's own, else those of the project it is for."""
    return line.heritage_types or (line.project.heritage_types if line.project else [])
