"""Which emergency protocols cover a place: those of its own and of the places around it, the nearest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from registry import scope
from registry.models import Hazard, Protocol, ProtocolStatus, Region, State, User

# What somebody acts on; the others are shown apart, and one that was retired not at all.
APPLIES = {ProtocolStatus.IN_FORCE, ProtocolStatus.UNDER_REVIEW}
NOT_YET = {ProtocolStatus.AGREED, ProtocolStatus.DRAFT}


@dataclass
class Answer:
    """The protocols for a hazard in a place; `parts` cover only a part of it, `placeless` name no place."""

    applies: list[Protocol] = field(default_factory=list)
    not_yet: list[Protocol] = field(default_factory=list)
    parts: list[Protocol] = field(default_factory=list)
    placeless: list[Protocol] = field(default_factory=list)


def protocols(user: User) -> list[Protocol]:
    """Every protocol that was not withdrawn or retired, drafts that the user sees included; with all its parts."""
    kept = scope.visible(user, Protocol.objects.exclude(state=State.WITHDRAWN).filter(status__in=APPLIES | NOT_YET))
    kept = kept.defer("search", "search_text").order_by("title_folded", "code")
    return list(kept.prefetch_related("regions", "steps", "activations"))


def by_hazard(among: list[Protocol]) -> dict[str, tuple[list[Protocol], list[Protocol]]]:
    """For each hazard the protocols somebody acts on, and those that are agreed or drafted only."""
    found = {}
    for hazard in Hazard.values:
        mine = [protocol for protocol in among if hazard in protocol.hazards]
        found[hazard] = [p for p in mine if p.status in APPLIES], [p for p in mine if p.status in NOT_YET]
    return found


def places_covered(user: User, among: Iterable[Protocol]) -> list[tuple[Region, list[Region]]]:
    """The places that the protocols name, each with all that lies within it, by title; as far as the user sees them."""
    named = {region.pk for protocol in among for region in protocol.regions.all()}
    found = []
    for region in places(user).filter(pk__in=named):
        inside = [code for code in Region.objects.within([region]) if code != region.pk]
        found.append((region, list(places(user).filter(pk__in=inside))))
    return found


def places(user: User) -> QuerySet[Region]:
    """Every place that the user sees and that was not withdrawn, by title."""
    kept = scope.visible(user, Region.objects.exclude(state=State.WITHDRAWN))
    return kept.select_related("parent").order_by("title_folded", "code")


def covering(place: Region, among: Iterable[Protocol]) -> Answer:
    """The protocols among these that apply in the place, nearest first: its own, then those of the place around it."""
    outwards = {code: steps for steps, code in enumerate(_outwards(place))}
    inside = set(Region.objects.within([place]))
    ranked: list[tuple[int, Protocol]] = []
    answer = Answer()
    for protocol in among:
        named = [region.pk for region in protocol.regions.all()]
        steps = [outwards[code] for code in named if code in outwards]
        if steps:
            ranked.append((min(steps), protocol))
        elif inside.intersection(named):
            answer.parts.append(protocol)
        elif not named:
            answer.placeless.append(protocol)
    for _steps, protocol in sorted(ranked, key=_what_can_be_relied_on_first):
        (answer.applies if protocol.status in APPLIES else answer.not_yet).append(protocol)
    return answer


def _what_can_be_relied_on_first(pair: tuple[int, Protocol]) -> tuple:
    """The nearest first; what nobody has published yet after everything that was."""
    steps, protocol = pair
    return not protocol.is_public, steps, protocol.title_folded, protocol.pk


def _outwards(place: Region) -> list[str]:
    """The code of the place and of those around it, from the nearest; places that are not published yet count here."""
    around = dict(Region.objects.order_by().values_list("pk", "parent"))
    found: list[str] = []
    code: str | None = place.pk
    while code and code not in found:
        found.append(code)
        code = around.get(code)
    return found
