"""Ways into the register by what somebody needs: every part of it, with how much there is."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.filters import FILTERS
from registry.models import (
    CountryBudget,
    Entry,
    Event,
    Funding,
    Initiative,
    Mission,
    Observation,
    Organisation,
    Programme,
    Project,
    Protocol,
    Region,
    Resource,
    Site,
    Source,
    Statement,
)

from .caching import kept


@dataclass(frozen=True)
class Way:
    """A part of the register: its list, perhaps narrowed, or a page of its own."""

    label: Promise
    model: type[Entry] | None = None
    asked: str = ""
    page: str = ""


@dataclass(frozen=True)
class Choice:
    """A way as a reader sees it; `count` is None for a page that is no list."""

    label: str
    url: str
    count: int | None


@dataclass(frozen=True)
class Group:
    """Ways that belong together."""

    label: str
    choices: list[Choice]


WAYS: tuple[tuple[Promise, tuple[Way, ...]], ...] = (
    (
        _("What is being done"),
        (
            Way(_("Projects"), Project),
            Way(_("Initiatives"), Initiative),
            Way(_("Joint research"), Initiative, "kind=joint_research"),
            Way(_("Events"), Event),
            Way(_("Organisations"), Organisation),
        ),
    ),
    (
        _("Take part"),
        (
            Way(_("Programmes to join"), Programme),
            Way(_("Volunteering"), Programme, "kind=volunteering"),
            Way(_("Training"), Programme, "kind=training"),
            Way(_("Calendar"), page="registry:calendar"),
            Way(_("Proposed: community engagement and volunteers"), Initiative, "kind=community_engagement"),
            Way(_("Proposed: training"), Initiative, "kind=training_capacity"),
        ),
    ),
    (
        _("Money"),
        (
            Way(_("Budgets and gaps"), CountryBudget),
            Way(_("Funding: needs and offers"), Funding),
            Way(_("Proposed ways of funding"), Initiative, "kind=funding_mechanism"),
        ),
    ),
    (
        _("Places and their state"),
        (
            Way(_("Sites"), Site),
            Way(_("Missions and inventories"), Mission),
            Way(_("Monitoring"), Observation),
            Way(_("Proposed: monitoring by satellite and drone"), Initiative, "kind=remote_monitoring"),
            Way(_("Regions"), Region),
        ),
    ),
    (
        _("In an emergency"),
        (
            Way(_("Emergency protocols"), Protocol),
            Way(_("Proposed: protocols across borders"), Initiative, "kind=emergency_protocol"),
        ),
    ),
    (
        _("Digital heritage"),
        (
            Way(_("Digital resources"), Resource),
            Way(_("Museum from Home, and other digital access"), Initiative, "owhc_type=digital_access"),
            Way(_("Proposed: a digital repository"), Initiative, "kind=digital_repository"),
        ),
    ),
    (
        _("Working together"),
        (
            Way(_("Regional council: the whole picture"), page="registry:council"),
            Way(_("Proposed: a body to coordinate"), Initiative, "kind=coordination_body"),
            Way(_("Partnerships"), Initiative, "kind=partnership"),
        ),
    ),
    (
        _("Evidence"),
        (
            Way(_("Sources"), Source),
            Way(_("Statements, by speaker"), Statement),
            Way(_("Claims that are alleged"), Statement, "verification=alleged"),
        ),
    ),
    (
        _("Connect a system"),
        (
            Way(_("API documentation"), page="api:docs"),
            Way(_("The register as JSON"), page="api:root"),
        ),
    ),
)


def ways() -> list[Group]:
    """Every group with its ways; counted anew whenever anything in the register changes."""
    return kept("ways", lambda: [Group(str(label), [_choice(way) for way in group]) for label, group in WAYS])


def _choice(way: Way) -> Choice:
    if way.model is None:
        return Choice(str(way.label), reverse(way.page), None)
    found = FILTERS[way.model](QueryDict(way.asked), queryset=way.model.objects.public()).qs
    url = reverse(f"registry:{way.model.noun}-list")
    return Choice(str(way.label), f"{url}?{way.asked}" if way.asked else url, found.order_by().count())
