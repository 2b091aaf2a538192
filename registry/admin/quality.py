"""What a record of each noun may lack that a reader would ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import (
    CountryBudget,
    Entry,
    Event,
    Funding,
    Initiative,
    LinkCheck,
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


@dataclass(frozen=True)
class Gap:
    """A gap in the data: what to call it, and the records that have it."""

    label: Promise
    narrow: Callable[[QuerySet], QuerySet]


def _not_stating(*names: str) -> Callable[[QuerySet], QuerySet]:
    def narrow(queryset: QuerySet) -> QuerySet:
        for name in names:
            queryset = queryset.stating(name, False)
        return queryset

    return narrow


def _with_a_failing_link(queryset: QuerySet) -> QuerySet:
    failing = LinkCheck.objects.filter(code=OuterRef("pk"), url=OuterRef("url"), failing_since__isnull=False)
    return queryset.filter(Exists(failing))


def _with_an_image_not_described(queryset: QuerySet) -> QuerySet:
    return queryset.filter(file_type__startswith="image/", alternative_text="")


def _not_touched_for_a_year(queryset: QuerySet) -> QuerySet:
    return queryset.filter(updated_at__lt=timezone.now() - timedelta(days=365))


_STALE = {"stale": Gap(_("Not changed for 12 months"), _not_touched_for_a_year)}
_SOURCE = {"source": Gap(_("No source"), _not_stating("citations"))}
_SUMMARY = {"summary": Gap(_("No summary"), _not_stating("summary"))}
_DATES = {"dates": Gap(_("Date not stated"), _not_stating("dates"))}
_PLACE = {"place": Gap(_("No place"), _not_stating("regions", "region_as_reported"))}
_WORK = _PLACE | {
    "status": Gap(_("Status not stated"), _not_stating("status")),
    "scope": Gap(_("Scope not stated"), _not_stating("scope")),
}

_OWN: dict[type[Entry], dict[str, Gap]] = {
    Project: _SOURCE
    | _WORK
    | {"heritage": Gap(_("Heritage type not stated"), _not_stating("heritage_types"))}
    | _DATES,
    Initiative: _SOURCE | _WORK | {"objective": Gap(_("Objective not stated"), _not_stating("objective"))} | _DATES,
    CountryBudget: _SOURCE
    | {
        "place": Gap(_("No region"), _not_stating("region")),
        "year": Gap(_("Year not stated"), _not_stating("year")),
        "basis": Gap(_("Gap basis not stated"), _not_stating("gap_basis")),
        "amount": Gap(_("Amount not stated"), _not_stating("amount")),
    },
    Funding: _SOURCE
    | {
        "amount": Gap(_("Amount not stated"), _not_stating("amount")),
        "mechanism": Gap(_("Mechanism not stated"), _not_stating("mechanism")),
        "purpose": Gap(_("For nothing that is named"), _not_stating("project", "initiative")),
    },
    Site: _SOURCE
    | {
        "place": Gap(_("No place"), _not_stating("region", "region_as_reported")),
        "point": Gap(_("No point"), _not_stating("longitude")),
        "heritage": Gap(_("Heritage type not stated"), _not_stating("heritage_types")),
        "designation": Gap(_("No designation"), _not_stating("designations")),
    },
    Mission: _SOURCE | _PLACE | {"inventory": Gap(_("No inventory"), _not_stating("inventory"))} | _DATES,
    Observation: _SOURCE
    | {
        "place": Gap(_("No place"), _not_stating("site", "region", "place_as_reported")),
        "method": Gap(_("Method not stated"), _not_stating("method")),
        "evidence": Gap(_("No evidence"), _not_stating("evidence")),
    }
    | _DATES,
    Protocol: _SOURCE
    | {
        "hazards": Gap(_("Hazards not stated"), _not_stating("hazards")),
        "steps": Gap(_("No steps"), _not_stating("steps")),
    }
    | _PLACE,
    Programme: _SOURCE
    | {
        "sessions": Gap(_("No sessions"), _not_stating("sessions")),
        "joining": Gap(_("How to join not stated"), _not_stating("how_to_join")),
    }
    | _PLACE,
    Resource: _SOURCE
    | {
        "access": Gap(_("Neither link nor file"), _not_stating("url", "file_sha256")),
        "rights": Gap(_("Rights not stated"), _not_stating("rights")),
        "belongs": Gap(_("Belongs to nothing"), _not_stating("initiative", "project", "site")),
        "link": Gap(_("Links that fail"), _with_a_failing_link),
        "description": Gap(_("Image not described"), _with_an_image_not_described),
    }
    | _DATES,
    Region: _SOURCE | {"point": Gap(_("No point"), _not_stating("longitude"))},
    Organisation: _SOURCE | {"type": Gap(_("Type not stated"), _not_stating("organisation_type"))} | _SUMMARY,
    Event: _SOURCE | {"place": Gap(_("No place"), _not_stating("region"))} | _DATES,
    Source: _DATES | {"publisher": Gap(_("Publisher not stated"), _not_stating("publisher"))},
    Statement: _SOURCE
    | {
        "about": Gap(_("Not about any record"), _not_stating("about")),
        "event": Gap(_("Occasion not stated"), _not_stating("event")),
    }
    | _DATES,
}

GAPS = {model: gaps | _STALE for model, gaps in _OWN.items()}

# What the desk counts first, because a reader misses it most.
_MISSED = {
    Project: ("source", "place", "status", "dates"),
    Initiative: ("source", "place", "status", "dates"),
    CountryBudget: ("source", "year", "basis"),
    Funding: ("source", "amount"),
    Site: ("source", "place"),
    Mission: ("source", "place", "dates"),
    Observation: ("source", "place", "dates"),
    Protocol: ("source", "steps"),
    Programme: ("source", "joining"),
    Resource: ("source", "access", "rights", "link", "description"),
    Region: ("source",),
    Organisation: ("source",),
    Event: ("source", "dates"),
    Source: ("dates",),
    Statement: ("source", "dates"),
}
FIRST = {model: (*names, *_STALE) for model, names in _MISSED.items()}
