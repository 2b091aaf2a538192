"""The parts of the time line: the rows of a page under their decades and years, and the overview of all decades."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from registry import chronology
from registry.chronology import CENTURY, DECADE, Group
from registry.models import Entry
from registry.models.translations import capitalised

from . import bands, dates
from .across import Across
from .caching import kept
from .nouns import NOUNS, Noun

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A record on the time line."""

    entry: Entry
    noun: Noun
    band: bands.Band


@dataclass
class Year:
    """A year, or what a decade holds of no stated year."""

    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Decade:
    """A decade, or what a century holds of no stated decade."""

    title: str
    years: list[Year] = field(default_factory=list)


@dataclass(frozen=True)
class Period:
    """A choice of the overview; `share` of the fullest one, in percent."""

    title: str
    count: int
    share: float
    url: str
    selected: bool


def rows_of(
    across: Across, summary: dict[str, Any], groups: list[Group], number: int, *, newest: bool
) -> tuple[list[tuple[Group, Row]], bands.Scale | None]:
    """The records of a page; whole groups before it are skipped by their counts."""
    start, stop = (number - 1) * PER_PAGE, number * PER_PAGE
    touched, before, passed = [], 0, 0
    for group in groups:
        n = summary["groups"][group]
        if passed + n <= start:
            before = passed + n
        elif passed < stop:
            touched.append(group)
        passed += n
    if not touched:
        return [], None
    models = [model for model in across.models if set(touched) & set(summary["of_models"][model])]
    key = f"timeline-page:{across.key}:{newest}:{touched[0]}:{touched[-1]}:{start - before}"
    found = kept(
        key,
        lambda: chronology.some(
            [across.found(model) for model in models], touched, start - before, PER_PAGE, newest=newest
        ),
    )
    loaded = {
        model.noun: model.objects.public().in_bulk([place.code for place in found if place.noun == model.noun])
        for model in models
    }
    entries = [(place, loaded[place.noun][place.code]) for place in found if place.code in loaded[place.noun]]
    if not entries:
        return [], None
    along = bands.scale(entry for _place, entry in entries)
    return [(place.group, Row(entry, NOUNS[type(entry)], bands.band(entry, along))) for place, entry in entries], along


def decades(rows: list[tuple[Group, Row]]) -> list[Decade]:
    """The rows of a page under their decades and years."""
    found = []
    for decade, in_decade in groupby(rows, lambda row: row[0].decade):
        shown = Decade(title_of(decade))
        for group, in_year in groupby(in_decade, lambda row: row[0]):
            is_year = group.fineness not in {CENTURY, DECADE}
            title = dates.words(group.edtf) if is_year else _("Year not stated")
            shown.years.append(Year(title, [row for _group, row in in_year]))
        found.append(shown)
    return found


def title_of(group: Group) -> str:
    """A year, a decade, or a century of which no decade is stated."""
    said = capitalised(dates.words(group.edtf))
    return _("%(period)s, decade not stated") % {"period": said} if group.fineness == CENTURY else said


def periods(across: Across, groups: dict[Group, int], asked: Group | None, oldest: bool) -> list[Period]:
    """The decades, and inside the one that is shown its years."""
    order = {"order": "oldest"} if oldest else {}
    counted: dict[Group, int] = {}
    for group, n in groups.items():
        counted[group.decade] = counted.get(group.decade, 0) + n
    most = max(counted.values(), default=1)
    return [
        Period(
            title_of(decade),
            n,
            round(n / most * 100, 1),
            across.address(**order, period=decade.edtf),
            asked is not None and asked.decade == decade,
        )
        for decade, n in sorted(counted.items(), reverse=not oldest)
    ]
