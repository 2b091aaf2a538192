"""What features can be asked: where, when and how many at once. Read strictly, as the standard writes them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.http import QueryDict

from registry import places
from registry.api.parameters import Refusals

from . import times

PAGE, MOST = 100, 1000
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,25})?([eE][+-]?\d{1,2})?", re.ASCII)
# RFC 3339, 5.6; a day alone stands for all of it.
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)([Tt](\d\d:\d\d:)(\d\d)(?:\.\d{1,20})?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d))?", re.ASCII
)
_BOX = (
    "Give west,south,east,north in degrees (WGS 84), such as 46.5,38.0,50.5,42.0, or six numbers with the lowest "
    "height third and the highest last. West may be above east: then the box spans the antimeridian."
)
_WHEN = (
    "Give a moment of RFC 3339, such as 2018-02-12T23:20:50Z, or an interval such as "
    "2018-02-12T00:00:00Z/2018-03-18T12:31:12Z, ../2018-03-18T12:31:12Z or 2018-02-12T00:00:00Z/.."
)


@dataclass(frozen=True)
class Question:
    """Boxes in degrees (none: everywhere), the first and the last day in UTC (None: open), and features a page."""

    boxes: tuple[places.Box, ...]
    days: tuple[date | None, date | None] | None
    limit: int

    @classmethod
    def read(cls, given: QueryDict, refusals: Refusals) -> "Question":
        """Read every parameter; what cannot be read goes to `refusals`."""
        boxes: tuple[places.Box, ...] = ()
        days, limit = None, PAGE
        try:
            boxes = _boxes(given["bbox"]) if "bbox" in given else ()
        except ValueError:
            refusals.add("bbox", _BOX)
        try:
            days = _days(given["datetime"]) if "datetime" in given else None
        except (ValueError, OverflowError):
            refusals.add("datetime", _WHEN)
        try:
            limit = _limit(given["limit"]) if "limit" in given else PAGE
        except ValueError:
            refusals.add("limit", f"Give a number from 1 to {MOST}; a larger one counts as {MOST}.")
        return cls(boxes, days, limit)

    def of(self, records: QuerySet) -> QuerySet:
        """The records it finds; what has no place is in every box, and what has no date at any time."""
        found = places.touching(records, self.boxes) if self.boxes else records
        return times.overlapping(found, *self.days) if self.days else found


def _boxes(text: str) -> tuple[places.Box, ...]:
    """One box, or two where it spans the antimeridian. Heights are read and of no consequence: no point has one."""
    parts = text.split(",")
    if len(parts) == 6:
        lowest, highest = (_number(part) for part in (parts.pop(2), parts.pop()))
        if lowest > highest:
            raise ValueError(text)
    if len(parts) != 4:
        raise ValueError(text)
    west, south, east, north = (_number(part) for part in parts)
    if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):
        raise ValueError(text)
    if west <= east:
        return ((west, south, east, north),)
    return (west, south, Decimal(180), north), (Decimal(-180), south, east, north)


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _days(text: str) -> tuple[date | None, date | None]:
    """The first and the last day that the moment or the interval touches, in UTC; None for an open end."""
    if "/" not in text:
        return _day(text), _day(text)
    start, _slash, end = text.partition("/")
    if {start, end} <= {"", ".."}:
        raise ValueError(text)
    first, last = (None if part in {"", ".."} else _day(part) for part in (start, end))
    if first and last and last < first:
        raise ValueError(text)
    return first, last


def _day(text: str) -> date:
    parts = _MOMENT.fullmatch(text)
    if not parts:
        raise ValueError(text)
    day, time, minute, second, zone = parts.groups()
    if not time:
        return date.fromisoformat(day)
    if second == "60":  # a leap second belongs to the minute that it ends
        second = "59"
    return datetime.fromisoformat(f"{day}T{minute}{second}{zone.upper()}").astimezone(UTC).date()


def _limit(text: str) -> int:
    if not re.fullmatch(r"0*[1-9]\d*", text, re.ASCII):
        raise ValueError(text)
    number = text.lstrip("0")
    return MOST if len(number) > len(str(MOST)) else min(int(number), MOST)
