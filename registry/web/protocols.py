"""Public pages of protocols."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from registry import activations, coverage
from registry.models import Activation, Hazard, Protocol, Region, RegionKind

from . import dates
from .facts import Link
from .lists import EntryList
from .records import EntryDetail


@dataclass(frozen=True)
class Occasion:
    """A time when the protocol was used or exercised, as the page tells it."""

    activation: Activation
    when: str
    goes_on: bool
    sites: list[Link]
    withdrawn: list[str]


class ProtocolList(EntryList):
    """The list of protocols."""

    model = Protocol


class ProtocolDetail(EntryDetail):
    """The page of a protocol: when it applies, what is done, and when that was done. Never whom to call."""

    model = Protocol
    told_apart = ("status", "edition", "hazards", "activation_criteria", "steps", "activations")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the countries it covers, worked out from its places."""
        entry, labels = self.entry, dict(Hazard.choices)
        countries = Region.objects.public().filter(pk__in=entry.places, kind=RegionKind.COUNTRY)
        return super().get_context_data(**kwargs) | {
            "hazards": [labels[hazard] for hazard in entry.hazards],
            "countries": [
                Link(place.shown_title, place.get_absolute_url()) for place in countries.order_by("title_folded")
            ],
            "applies": entry.status in coverage.APPLIES,
            "occasions": occasions(entry),
        }


def occasions(protocol: Protocol) -> list[Occasion]:
    """Activations and exercises, what goes on first, then the latest; the sites they name as links."""
    sites, today = activations.sites_named_by([protocol]), timezone.localdate()
    found = []
    for activation in protocol.activations.all():
        named = [code for code in activation.sites if code in sites]
        links = [Link(sites[code].shown_title, sites[code].get_absolute_url()) for code in named if sites[code]]
        withdrawn = [code for code in named if not sites[code]]
        goes_on = activations.goes_on(activation, today)
        found.append(Occasion(activation, dates.words(activation.dates), goes_on, links, withdrawn))
    newest = sorted(found, key=lambda occasion: occasion.activation.dates, reverse=True)
    return sorted(newest, key=lambda occasion: not occasion.goes_on)
