"""What observations tell together: how many stand on which rung, what they say, in which order, and what changed.

On the ladder of verification, corroborated means two or more independent sources, and verified a named body, a method
and a date. Every figure says which rungs it counts; nothing is weighed or guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from registry.models import (
    Condition,
    DamageClass,
    DamageExtent,
    Observation,
    ObservedThreat,
    Threat,
    Trend,
    Verification,
)

# What figures count unless a reader asks for other rungs.
COUNTED = (Verification.CORROBORATED, Verification.VERIFIED)
RUNGS = tuple(Verification)
COMPARED = {"condition": Condition, "damage_extent": DamageExtent, "damage_class": DamageClass, "trend": Trend}
_UNSTATED = {"", "unknown"}


@dataclass(frozen=True)
class Summary:
    """How many of the counted observations say what; by code, in the order of the code list, without zeros.

    An observation that names two threats counts under both.
    """

    rungs: tuple[str, ...]
    count: int
    conditions: dict[str, int]
    damage: dict[str, int]
    threats: dict[str, int]


@dataclass(frozen=True)
class Difference:
    """One field of the first and of the last observation, as codes; "" where it is not stated."""

    name: str
    first: str
    last: str

    @property
    def is_known(self) -> bool:
        """Whether both say something."""
        return bool(self.first and self.last)

    @property
    def has_changed(self) -> bool:
        """Whether both say something, and not the same; silence is no change."""
        return self.is_known and self.first != self.last


@dataclass(frozen=True)
class Comparison:
    """The first observation beside the last; `in_order` is false where their dates overlap.

    A threat that the last one does not name is no longer named, which does not say that it has ended.
    """

    first: Observation
    last: Observation
    in_order: bool
    fields: tuple[Difference, ...]
    threats_added: tuple[str, ...]
    threats_gone: tuple[str, ...]
    threats_kept: tuple[str, ...]


def ladder(observations: QuerySet[Observation]) -> dict[str, int]:
    """How many stand on each rung, in the order of the ladder, zeros included; one query."""
    counts = _counts(observations, "verification")
    return {rung.value: counts.get(rung.value, 0) for rung in RUNGS}


def summary(observations: QuerySet[Observation], rungs: Sequence[str] = COUNTED) -> Summary:
    """What those on the rungs say; three queries, whatever their number."""
    counted = observations.on_rungs(list(rungs))
    conditions = _counts(counted, "condition")
    named = ObservedThreat.objects.filter(observation__in=counted.order_by().values("pk"))
    return Summary(
        tuple(str(rung) for rung in rungs),
        sum(conditions.values()),
        _sorted(conditions, Condition),
        _sorted(_counts(counted, "damage_extent"), DamageExtent),
        _sorted(_counts(named, "threat"), Threat),
    )


def dated(observations: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those with a date, by the first day it can mean; one that is open towards the past by its last."""
    return observations.exclude(dates="").order_by(Coalesce("dates_earliest", "dates_latest"), "dates_latest", "code")


def undated(observations: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those without a date, which no time line can place."""
    return observations.filter(dates="").order_by("code")


def first_and_last(observations: QuerySet[Observation], rungs: Sequence[str] = COUNTED) -> Comparison | None:
    """The first and the last dated observation on the rungs, field by field; None where there are not two."""
    in_time = dated(observations.on_rungs(list(rungs))).prefetch_related("threats")
    first, last = in_time.first(), in_time.last()
    return compare(first, last) if first and last and first.pk != last.pk else None


def compare(first: Observation, last: Observation) -> Comparison:
    """What two observations say of the same things."""
    before, after = ({row.threat for row in seen.threats.all()} for seen in (first, last))
    ended, began = first.dates_latest, last.dates_earliest
    return Comparison(
        first,
        last,
        bool(ended and began and ended < began),
        tuple(Difference(name, _said(first, name), _said(last, name)) for name in COMPARED),
        _in_order(after - before),
        _in_order(before - after),
        _in_order(after & before),
    )


def _counts(rows: QuerySet, column: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(column).annotate(n=Count("pk")))


def _sorted(counts: dict[str, int], terms: Iterable[str]) -> dict[str, int]:
    return {str(term.value): counts[term.value] for term in terms if counts.get(term.value)}


def _said(observation: Observation, name: str) -> str:
    value = getattr(observation, name)
    return "" if value in _UNSTATED else value


def _in_order(threats: set[str]) -> tuple[str, ...]:
    return tuple(threat.value for threat in Threat if threat.value in threats)
