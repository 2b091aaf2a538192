"""Dated records in the order of time, in groups no finer than their dates: "199X" is of a decade and of no year."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear, Mod

from registry.models import ENTRIES, Dated

DATED = tuple(model for model in ENTRIES if issubclass(model, Dated))
CENTURY, DECADE, YEAR = range(3)
_LONG = {CENTURY: 100, DECADE: 10, YEAR: 1}  # years
_PERIOD = re.compile(r"(?!0000)(\d{4}|\d{3}X|\d{2}XX)", re.ASCII)


@dataclass(frozen=True, order=True)
class Group:
    """All that begins in a year, or in a decade or century where the year is not stated."""

    year: int
    fineness: int

    @property
    def edtf(self) -> str:
        """As a date is written: 1994, 199X, 19XX."""
        return f"{self.year:04}"[: 2 + self.fineness].ljust(4, "X")

    @property
    def decade(self) -> "Group":
        """The decade it belongs to; a century whose decade is not stated stays what it is."""
        return self if self.fineness == CENTURY else Group(self.year // 10 * 10, DECADE)

    @property
    def bounds(self) -> tuple[date, date]:
        """Its first and its last day."""
        return date(max(self.year, 1), 1, 1), date(self.year + _LONG[self.fineness] - 1, 12, 31)


@dataclass(frozen=True)
class Place:
    """A record in the order of time: its noun, its code and its group."""

    noun: str
    code: str
    group: Group


def period(text: str) -> Group | None:
    """A year, a decade or a century as EDTF writes it; None for anything else."""
    if not _PERIOD.fullmatch(text):
        return None
    return Group(int(text.replace("X", "0")), YEAR - text.count("X"))


def within(groups: Iterable[Group], asked: Group | None) -> list[Group]:
    """The groups of a period; a decade holds its years, a century only what states no decade."""
    if asked is None:
        return list(groups)
    return [group for group in groups if asked in {group, group.decade}]


def in_time(found: QuerySet) -> QuerySet:
    """Dated records with `begins`, the first day they may begin on, and the `year` and `fineness` of their group.

    Where the beginning is open or unknown, the end stands for it.
    """
    fineness = Case(
        When(dates__regex=r"^(\.\.)?/?\d{2}XX", then=CENTURY),
        When(dates__regex=r"^(\.\.)?/?\d{3}X", then=DECADE),
        default=YEAR,
        output_field=IntegerField(),
    )
    dated = found.exclude(dates="").annotate(begins=Coalesce("dates_earliest", "dates_latest"), fineness=fineness)
    dated = dated.annotate(begins_in=Cast(ExtractYear("begins"), IntegerField()))
    long = Case(*(When(fineness=code, then=years) for code, years in _LONG.items()), output_field=IntegerField())
    return dated.annotate(year=F("begins_in") - Cast(Mod("begins_in", long), IntegerField()))


def counts(found: QuerySet) -> dict[Group, int]:
    """How many of the records are in each group."""
    rows = in_time(found.order_by()).values("year", "fineness").annotate(n=Count("pk"))
    return {Group(row["year"], row["fineness"]): row["n"] for row in rows}


def undated(found: QuerySet) -> QuerySet:
    """The records that state no date."""
    return found.filter(dates="")


def some(found: Collection[QuerySet], groups: Collection[Group], start: int, most: int, *, newest: bool) -> list[Place]:
    """So many records of several nouns in the order of time, from the given one on among those of the groups."""
    first, last = min(group.bounds[0] for group in groups), max(group.bounds[1] for group in groups)
    # The index finds the days; the groups are settled after it.
    near = Q(dates_earliest__range=(first, last)) | Q(dates_earliest=None, dates_latest__range=(first, last))
    exactly = Q()
    for group in groups:
        exactly |= Q(year=group.year, fineness=group.fineness)
    arms = [
        in_time(records.filter(near).order_by())
        .filter(exactly)
        .annotate(noun=Value(records.model.noun))
        .values("noun", "code", "year", "fineness", "begins")
        for records in found
    ]
    if not arms:
        return []
    together = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    sign = "-" if newest else ""
    rows = together.order_by(f"{sign}year", f"{sign}fineness", f"{sign}begins", "noun", "code")[start : start + most]
    return [Place(row["noun"], row["code"], Group(row["year"], row["fineness"])) for row in rows]
