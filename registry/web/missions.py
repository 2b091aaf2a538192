"""Public pages of missions: who sends them, how far they came, what blocks them, and what they listed and saw."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from registry import public
from registry.models import Mission, Observation
from registry.models.edtf_dates import parse

from . import dates, facts
from .lists import EntryList
from .monitoring import sighting
from .records import EntryDetail, list_url

OBSERVATIONS_SHOWN = 10
_MANDATE = ("mandated_by", "parties", "purpose", "preconditions", "legal_references")
_TOLD_APART = (*_MANDATE, "status", "status_as_reported", "obstacles", "trail", "inventory")


@dataclass(frozen=True)
class TrailStep:
    """A status that the mission had, when, and whether it is the one it has now."""

    status: str
    group: str
    label: str
    when: str
    note: str
    is_now: bool


class MissionList(EntryList):
    """The list of missions."""

    model = Mission
    sorts = {"-dates": gettext_lazy("Latest first")}


class MissionDetail(EntryDetail):
    """The page of a mission."""

    model = Mission
    told_apart = _TOLD_APART

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the trail of its status, its mandate, its inventory and its observations."""
        context = super().get_context_data(**kwargs)
        told = {fact.name: fact for fact in facts.facts(self.entry, context["footnotes"])}
        observations = public.records(Observation).filter(mission=self.entry)
        return context | {
            "trail": trail(self.entry),
            "trail_notes": sorted({*_notes(told, "trail"), *_notes(told, "status")}),
            "mandate": [told[name] for name in _MANDATE],
            "obstacles": told.get("obstacles"),
            "inventory": told.get("inventory"),
            "observations": [sighting(entry) for entry in observations.in_time()[:OBSERVATIONS_SHOWN]],
            "observations_count": observations.order_by().count(),
            "observations_url": list_url(Observation, mission=self.entry.pk),
        }


def trail(mission: Mission) -> list[TrailStep]:
    """The steps by date, those without one after them; the status of today comes last where the trail lacks it."""
    rows = sorted(mission.trail.all(), key=lambda row: (_when(row.dates), row.pk))
    now = next((row.pk for row in reversed(rows) if row.status == mission.status), None)
    found = [
        TrailStep(
            row.status,
            mission.stages[row.status].value,
            row.get_status_display(),
            dates.words(row.dates),
            row.note,
            row.pk == now,
        )
        for row in rows
    ]
    if now is None:
        found.append(TrailStep(mission.status, mission.status_group, mission.get_status_display(), "", "", True))
    return found


def _when(edtf: str) -> date:
    earliest, latest = parse(edtf) if edtf else (None, None)
    return earliest or latest or date.max


def _notes(told: dict[str, facts.Fact], name: str) -> list[int]:
    return told[name].notes if name in told else []
