"""Dates as bands along a scale: what is known is a full shape, what is not is an open, hollow or dashed one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.models import Dated

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years from one line of the scale to the next
_MOST_TICKS = 8
_NARROWEST = 0.8  # percent: what is shorter is still seen


@dataclass(frozen=True)
class Tick:
    """A line of the scale: a year and where it stands, in percent."""

    year: int
    at: float


@dataclass(frozen=True)
class Scale:
    """The years that a page of bands covers; the last one is not part of it."""

    first: int
    last: int
    step: int

    @property
    def ticks(self) -> list[Tick]:
        """The lines, from the first year to the last."""
        return [Tick(year, self._of_year(year)) for year in range(self.first, self.last + 1, self.step)]

    def at(self, day: date, *, after: bool = False) -> float:
        """Where a day stands, in percent; or where it ends."""
        start = date(max(self.first, 1), 1, 1).toordinal()
        length = (self.last - max(self.first, 1)) * 365.2425
        return round(min(100.0, max(0.0, (day.toordinal() + after - start) / length * 100)), 2)

    def _of_year(self, year: int) -> float:
        return round((year - self.first) / (self.last - self.first) * 100, 2)


@dataclass(frozen=True)
class Band:
    """A date as drawn, from `start` to `end` in percent.

    `kind` is day; span, for what lasts; or within, for what happened some time in it. `before` and `after` are open
    where a source says that it goes on, unknown where it says nothing; else "".
    """

    kind: str
    start: float
    end: float
    before: str
    after: str
    approximate: bool
    uncertain: bool

    @property
    def width(self) -> float:
        """In percent."""
        return round(self.end - self.start, 2)


def scale(entries: Iterable[Dated]) -> Scale:
    """The scale that holds all of them, in whole steps of years."""
    days = [day for entry in entries for day in (entry.dates_earliest, entry.dates_latest) if day]
    first, last = min(days).year, max(days).year + 1
    for step in _STEPS:
        low, high = first // step * step, -(-last // step) * step
        if (high - low) // step <= _MOST_TICKS:
            break
    # What happened in a single year still needs room on both sides.
    return Scale(low, high, step) if high - low > step else Scale(low - step, high + step, step)


def band(entry: Dated, along: Scale) -> Band:
    """The date of a record on the scale."""
    ends = entry.dates.split("/")
    is_span = len(ends) == 2
    before, after = (_missing(end) if is_span else "" for end in (ends[0], ends[-1]))
    earliest = entry.dates_earliest or entry.dates_latest
    latest = entry.dates_latest or entry.dates_earliest
    if after:  # nothing is known beyond the beginning, however finely that is given
        latest = earliest
    if before:
        earliest = latest
    start, end = along.at(earliest), along.at(latest, after=True)
    is_day = entry.dates_earliest is not None and entry.dates_earliest == entry.dates_latest
    kind = "day" if is_day and not is_span else "span" if is_span else "within"
    if end - start < _NARROWEST:
        middle = (start + end) / 2
        start, end = round(middle - _NARROWEST / 2, 2), round(middle + _NARROWEST / 2, 2)
    marks = {end[-1:] for end in ends}
    return Band(kind, start, end, before, after, bool(marks & {"~", "%"}), bool(marks & {"?", "%"}))


def _missing(end: str) -> str:
    return {"..": "open", "": "unknown"}.get(end, "")
