"""On duty: from a hazard and a place to the protocol, its steps and whom to call, in two clicks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from registry import activations, coverage, search
from registry.models import Activation, ContactDuty, Hazard, Protocol, Region

from .private.roster import whom_to_call

_FOUND_SHOWN = 30


@dataclass(frozen=True)
class Sheet:
    """A protocol as somebody on duty needs it; `calls` is None for those who may not see whom to call."""

    protocol: Protocol
    url: str
    places: list[str]
    running: list[Activation]
    calls: list[ContactDuty] | None


@dataclass(frozen=True)
class Choice:
    """Something to choose, with what is behind it."""

    label: str
    url: str
    count: int = 0
    not_yet: int = 0
    inside: tuple["Choice", ...] = ()
    draft: bool = False


def duty_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """First the hazards, then the places, then the answer; each is an address that can be kept."""
    if not request.user.has_perm("registry.view_protocol"):
        raise PermissionDenied
    hazard, among = request.GET.get("hazard", ""), coverage.protocols(request.user)
    context: dict[str, Any] = {**site.each_context(request), "title": _("On duty"), "now": timezone.now()}
    context["hazards"] = _hazards(among)
    if hazard in Hazard.values:
        mine = [protocol for protocol in among if hazard in protocol.hazards]
        context |= {"hazard": Hazard(hazard).label, "hazard_code": hazard, "hazards_url": _url()}
        place = coverage.places(request.user).filter(pk=request.GET.get("place", "")[:16]).first()
        context |= _answer(request, hazard, place, mine, among) if place else _places(request, hazard, mine)
    return TemplateResponse(request, "admin/duty.html", context)


def _hazards(among: list[Protocol]) -> list[Choice]:
    counted = coverage.by_hazard(among)
    choices = [Choice(str(h.label), _url(h.value), *map(len, counted[h.value])) for h in Hazard]
    return sorted(choices, key=lambda choice: (not choice.count, not choice.not_yet))


def _places(request: HttpRequest, hazard: str, mine: list[Protocol]) -> dict[str, Any]:
    covered = [
        _place(hazard, region, tuple(_place(hazard, part) for part in inside))
        for region, inside in coverage.places_covered(request.user, mine)
    ]
    query, found, problem = request.GET.get("q", "").strip(), [], ""
    if query:
        try:
            named = search.find(coverage.places(request.user), query)[:_FOUND_SHOWN]
            found = [_place(hazard, region) for region in named]
        except ValidationError as error:
            problem = " ".join(error.messages)
    placeless = [protocol for protocol in mine if not protocol.regions.all()]
    sheets = [_link(protocol) for protocol in placeless]
    return {"covered": covered, "query": query, "found": found, "problem": problem, "placeless": sheets}


def _answer(
    request: HttpRequest, hazard: str, place: Region, mine: list[Protocol], among: list[Protocol]
) -> dict[str, Any]:
    answer = coverage.covering(place, mine)
    others = {}
    if not answer.applies:
        here = coverage.covering(place, among).applies
        covered = coverage.places_covered(request.user, [p for p in mine if p.status in coverage.APPLIES])
        others = {
            "other_hazards": [
                Choice(str(h.label), _url(h.value, place.pk)) for h in Hazard if any(h.value in p.hazards for p in here)
            ],
            "other_places": [_place(hazard, region) for region, _inside in covered],
        }
    return others | {
        "place": place,
        "place_url": _url(hazard),
        "sheets": [_sheet(request, protocol) for protocol in answer.applies],
        "not_yet": [_sheet(request, protocol) for protocol in answer.not_yet],
        "parts": [_link(protocol) for protocol in answer.parts],
        "placeless": [_link(protocol) for protocol in answer.placeless],
    }


def _sheet(request: HttpRequest, protocol: Protocol) -> Sheet:
    today = timezone.localdate()
    running = [activation for activation in protocol.activations.all() if activations.goes_on(activation, today)]
    places = [region.title for region in protocol.regions.all()]
    return Sheet(protocol, _form(protocol), places, running, whom_to_call(request, protocol.pk))


def _link(protocol: Protocol) -> Choice:
    places = ", ".join(region.title for region in protocol.regions.all()) or protocol.region_as_reported
    label = f"{protocol.title} ({places})" if places else protocol.title
    return Choice(f"{label}: {protocol.get_status_display()}", _form(protocol), draft=not protocol.is_public)


def _place(hazard: str, region: Region, inside: tuple[Choice, ...] = ()) -> Choice:
    around = f", {region.parent.title}" if region.parent and not inside else ""
    return Choice(f"{region.title}{around}", _url(hazard, region.pk), inside=inside, draft=not region.is_public)


def _form(protocol: Protocol) -> str:
    return reverse("admin:registry_protocol_change", args=[protocol.pk])


def _url(hazard: str = "", place: str = "") -> str:
    asked = {name: value for name, value in (("hazard", hazard), ("place", place)) if value}
    return reverse("admin:duty") + (f"?{urlencode(asked)}" if asked else "")
