"""One page for the regional council that was proposed: what it would have before it, from the records as they are."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.views.generic import TemplateView

from registry import facets, public
from registry.models import (
    CountryBudget,
    Entry,
    Initiative,
    InitiativeKind,
    InitiativeStatus,
    Mission,
    Programme,
    ProgrammeStatus,
    Project,
    Protocol,
    StatusGroup,
)

from .facts import Link
from .gap_table import newest_tables
from .needs_board import board
from .next_sessions import with_next_sessions
from .overlap_pairs import pairs
from .records import list_url

SHOWN = 8
TITLES_READ = 200
_PREPARED, _IN_FORCE = [StatusGroup.PLANNED], [StatusGroup.ACTIVE]
_NOT_OVER = [StatusGroup.PLANNED, StatusGroup.ACTIVE, StatusGroup.STALLED]


@dataclass(frozen=True)
class Shown:
    """The first records of a list, how many it has, and its address."""

    entries: list[Any]
    count: int
    url: str


@dataclass(frozen=True)
class Kind:
    """Initiatives of one kind that were proposed: the first of them, how many there are, and their list."""

    label: str
    entries: list[Link]
    count: int
    url: str


class Council(TemplateView):
    """The council, the money, the work that meets, and what is open, in force and proposed."""

    template_name = "registry/council.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each block with its count and the list that has as many records."""
        body = council()
        programmes = public.records(Programme).filter(status=ProgrammeStatus.OPEN)
        joining = shown(programmes, list_url(Programme, status="open"))
        proposed = Initiative.objects.public().filter(status=InitiativeStatus.PROPOSED)
        return super().get_context_data(**kwargs) | {
            "council": body,
            "members": _members(body),
            "gaps": newest_tables(public.records(CountryBudget)),
            "budgets": Shown([], CountryBudget.objects.public().count(), list_url(CountryBudget)),
            "board": board(),
            "pairs": pairs(),
            "projects": Shown([], Project.objects.public().count(), list_url(Project)),
            "programmes": joining,
            "sessions": with_next_sessions(joining.entries, timezone.localdate()),
            "in_force": in_groups(Protocol, _IN_FORCE),
            "prepared": in_groups(Protocol, _PREPARED),
            "missions": in_groups(Mission, _NOT_OVER),
            "kinds": kinds(proposed),
            "proposed": Shown([], proposed.count(), list_url(Initiative, status="proposed")),
        }


def council() -> Initiative | None:
    """The body that coordinates, as the register records it; the one recorded first when there are several."""
    return public.records(Initiative).filter(kind=InitiativeKind.COORDINATION_BODY).order_by("code").first()


def shown(found: QuerySet, url: str) -> Shown:
    """The SHOWN records changed last, and the count of all."""
    return Shown(list(found.order_by("-updated_at", "code")[:SHOWN]), found.order_by().count(), url)


def in_groups(model: type[Entry], groups: list[StatusGroup]) -> Shown:
    """Records of a noun by how far they have come."""
    return shown(public.records(model).in_group(groups), list_url(model, status_group=groups))


def kinds(proposed: QuerySet) -> list[Kind]:
    """What was proposed, by kind: the kind with most first, each with a few of its first titles."""
    counts = sorted(facets.grouped(proposed.order_by(), "kind").items(), key=lambda kind: (-kind[1], kind[0]))
    first: dict[str, list[Link]] = defaultdict(list)
    for initiative in proposed.only("code", "kind", "title", "translations").order_by("title_folded", "code")[
        :TITLES_READ
    ]:
        if len(first[initiative.kind]) < SHOWN:
            first[initiative.kind].append(Link(initiative.shown_title, initiative.get_absolute_url()))
    return [
        Kind(str(InitiativeKind(kind).label), first[kind], count, list_url(Initiative, kind=kind, status="proposed"))
        for kind, count in counts
    ]


def _members(body: Initiative | None) -> list[Link]:
    if body is None:
        return []
    return [
        Link(row.organisation.shown_title, row.organisation.get_absolute_url(), row.get_role_display())
        for row in body.participations.all()
    ]
