"""Ways into the register by what somebody needs: every part of it, with how much there is."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.filters import FILTERS
from registry.models import ENTRIES

from .caching import kept

_NOUNS = {model.slug: model for model in ENTRIES}


@dataclass(frozen=True)
class Way:
    """A part of the register: its list, perhaps narrowed, or a page of its own."""

    label: Promise
    slug: str = ""
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
            Way(_("Projects"), "projects"),
            Way(_("Initiatives"), "initiatives"),
            Way(_("Joint research"), "initiatives", "kind=joint_research"),
            Way(_("Events"), "events"),
            Way(_("Timeline"), page="registry:timeline"),
            Way(_("Organisations"), "organisations"),
        ),
    ),
    (
        _("Take part"),
        (
            Way(_("Programmes to join"), "programmes"),
            Way(_("Volunteering"), "programmes", "kind=volunteering"),
            Way(_("Training"), "programmes", "kind=training"),
            Way(_("Calendar"), page="registry:calendar"),
            Way(_("Proposed: community engagement and volunteers"), "initiatives", "kind=community_engagement"),
            Way(_("Proposed: training"), "initiatives", "kind=training_capacity"),
        ),
    ),
    (
        _("Money"),
        (
            Way(_("Budgets and gaps"), "budgets"),
            Way(_("Funding: needs and offers"), "funding"),
            Way(_("Proposed ways of funding"), "initiatives", "kind=funding_mechanism"),
        ),
    ),
    (
        _("Places and their state"),
        (
            Way(_("Sites"), "sites"),
            Way(_("Missions and inventories"), "missions"),
            Way(_("Monitoring"), "observations"),
            Way(_("Proposed: monitoring by satellite and drone"), "initiatives", "kind=remote_monitoring"),
            Way(_("Regions"), "regions"),
            Way(_("Map of everything that has a place"), page="registry:map"),
        ),
    ),
    (
        _("In an emergency"),
        (
            Way(_("Emergency protocols"), "protocols"),
            Way(_("Proposed: protocols across borders"), "initiatives", "kind=emergency_protocol"),
        ),
    ),
    (
        _("Digital heritage"),
        (
            Way(_("Digital resources"), "resources"),
            Way(_("Museum from Home, and other digital access"), "initiatives", "owhc_type=digital_access"),
            Way(_("Proposed: a digital repository"), "initiatives", "kind=digital_repository"),
        ),
    ),
    (
        _("Working together"),
        (
            Way(_("Regional council: the whole picture"), page="registry:council"),
            Way(_("Proposed: a body to coordinate"), "initiatives", "kind=coordination_body"),
            Way(_("Partnerships"), "initiatives", "kind=partnership"),
        ),
    ),
    (
        _("Evidence"),
        (
            Way(_("Sources"), "sources"),
            Way(_("Statements, by speaker"), "statements"),
            Way(_("Claims that are alleged"), "statements", "verification=alleged"),
        ),
    ),
    (
        _("Connect a system"),
        (
            Way(_("Download everything"), page="registry:data"),
            Way(_("API documentation"), page="api:docs"),
            Way(_("The register as JSON"), page="api:root"),
        ),
    ),
)


def ways() -> list[Group]:
    """Every group with its ways; counted anew whenever anything in the register changes."""
    return kept("ways", lambda: [Group(str(label), [_choice(way) for way in group]) for label, group in WAYS])


def _choice(way: Way) -> Choice:
    if way.page:
        return Choice(str(way.label), reverse(way.page), None)
    model = _NOUNS[way.slug]
    found = FILTERS[model](QueryDict(way.asked), queryset=model.objects.public()).qs
    url = reverse(f"registry:{model.noun}-list")
    return Choice(str(way.label), f"{url}?{way.asked}" if way.asked else url, found.order_by().count())
