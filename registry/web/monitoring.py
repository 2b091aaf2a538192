"""How observations stand on a page: the ladder, counts with the rungs they count, the time line, first beside last."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import monitoring
from registry.models import Condition, DamageExtent, Observation, Threat, Verification
from registry.public import label

from .records import list_url

SHOWN = 30
UNDATED_SHOWN = 10
# Across the drawing, in percent: a column a condition, from good to destroyed, then what is not stated.
_ACROSS = dict(zip(Condition.values, ("8", "25", "42", "58", "75", "92"), strict=True))

MEANINGS = {
    Verification.ALLEGED: gettext_lazy("Somebody claims it, and no check is known. The claim is theirs."),
    Verification.REPORTED: gettext_lazy("One source reports it. No second source that does not depend on it is known."),
    Verification.CORROBORATED: gettext_lazy("Two or more sources that do not depend on each other say it."),
    Verification.VERIFIED: gettext_lazy("A named body has checked it, with a stated method, at a stated date."),
    Verification.DISPUTED: gettext_lazy("Another source contradicts it. The register takes no side."),
    Verification.REFUTED: gettext_lazy("It was checked and does not hold. It stays readable, with who said it."),
    Verification.WITHDRAWN: gettext_lazy("Whoever said it has taken it back."),
}


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder: what it means, how many stand on it, and whether they are counted."""

    code: str
    label: str
    meaning: str
    count: int
    url: str
    counted: bool


@dataclass(frozen=True)
class Count:
    """How many observations say something, and the list of exactly those."""

    code: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Sighting:
    """An observation on the time line; `across` is where its condition stands in the drawing, in percent."""

    entry: Observation
    across: str
    counted: bool


@dataclass(frozen=True)
class Line:
    """One field of the first and the last observation, in words."""

    label: str
    first: str
    last: str
    change: str


@dataclass(frozen=True)
class Threats:
    """What became of the threats that were named."""

    label: str
    names: list[str]


@dataclass(frozen=True)
class Watch:
    """Everything that the observations of one record tell together."""

    total: int
    all_url: str
    ladder: list[Rung]
    rungs: list[str]
    is_default: bool
    notices: list[str]
    count: int
    counted_url: str
    conditions: list[Count]
    damage: list[Count]
    threats: list[Count]
    sightings: list[Sighting]
    more: int
    undated: list[Sighting]
    undated_more: int
    comparison: monitoring.Comparison | None
    lines: list[Line]
    named: list[Threats]


def watch(observations: QuerySet[Observation], asked: QueryDict, **belonging: str) -> Watch:
    """What the public observations of a record tell; `belonging` is how their list is asked for, such as site=SIT-0001.

    A fixed number of queries. `asked` may name other rungs to count: `rungs=all`, or `rungs=reported`, repeated.
    """
    rungs, notices = read_rungs(asked)
    ladder = monitoring.ladder(observations)
    told = monitoring.summary(observations, rungs)
    rows = observations.select_related(None).prefetch_related("threats")
    dated, undated = monitoring.dated(rows), monitoring.undated(rows)
    shown = list(dated.reverse()[: SHOWN + 1])
    without = list(undated[: UNDATED_SHOWN + 1])
    compared = monitoring.first_and_last(observations, rungs)
    total = sum(ladder.values())
    counted = {"verification": rungs}
    return Watch(
        total=total,
        all_url=list_url(Observation, **belonging),
        ladder=[
            Rung(
                code,
                Verification(code).label,
                MEANINGS[code],
                n,
                list_url(Observation, **belonging, verification=code),
                code in rungs,
            )
            for code, n in ladder.items()
        ],
        rungs=[str(Verification(code).label) for code in rungs],
        is_default=tuple(rungs) == monitoring.COUNTED,
        notices=notices,
        count=told.count,
        counted_url=list_url(Observation, **belonging, **counted),
        conditions=_told(told.conditions, Condition, "condition", belonging | counted),
        damage=_told(told.damage, DamageExtent, "damage_extent", belonging | counted),
        threats=_told(told.threats, Threat, "threat", belonging | counted),
        sightings=[sighting(entry, rungs) for entry in reversed(shown[:SHOWN])],
        more=max(0, dated.count() - SHOWN) if len(shown) > SHOWN else 0,
        undated=[sighting(entry, rungs) for entry in without[:UNDATED_SHOWN]],
        undated_more=max(0, undated.count() - UNDATED_SHOWN) if len(without) > UNDATED_SHOWN else 0,
        comparison=compared,
        lines=_lines(compared) if compared else [],
        named=_named(compared) if compared else [],
    )


def read_rungs(asked: QueryDict) -> tuple[tuple[str, ...], list[str]]:
    """The rungs to count, in the order of the ladder, and what could not be understood."""
    given = asked.getlist("rungs")
    if "all" in given:
        return monitoring.RUNGS, []
    known = tuple(rung for rung in monitoring.RUNGS if rung.value in given)
    unknown = [code for code in given if code not in Verification.values]
    notices = [_("“%(code)s” is no rung of verification; it was left out.") % {"code": code[:40]} for code in unknown]
    return known or monitoring.COUNTED, notices


def sighting(entry: Observation, rungs: tuple[str, ...] = monitoring.COUNTED) -> Sighting:
    """An observation with its place in the drawing."""
    return Sighting(entry, _ACROSS[entry.condition], entry.verification in rungs)


def _told(counts: dict[str, int], terms: type, name: str, asked: dict[str, object]) -> list[Count]:
    return [
        Count(code, str(terms(code).label), n, list_url(Observation, **asked, **{name: code}))
        for code, n in counts.items()
    ]


def _lines(compared: monitoring.Comparison) -> list[Line]:
    found = []
    for field in compared.fields:
        if not (field.first or field.last):
            continue
        terms = monitoring.COMPARED[field.name]
        first, last = (str(terms(code).label) if code else _("Not stated") for code in (field.first, field.last))
        change = _("Changed") if field.has_changed else _("The same") if field.is_known else _("Cannot be compared")
        found.append(Line(label(Observation, field.name), first, last, change))
    return found


def _named(compared: monitoring.Comparison) -> list[Threats]:
    """That the last observation is silent about a threat does not say that the threat has ended."""
    said = (
        (_("Threats that only the last one names:"), compared.threats_added),
        (_("Threats that the last one no longer names:"), compared.threats_gone),
        (_("Threats that both name:"), compared.threats_kept),
    )
    return [Threats(words, [str(Threat(code).label) for code in codes]) for words, codes in said if codes]
