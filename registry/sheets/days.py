"""Dates as people type them: 13.05.2019 is plain, 12.05.2019 is not until somebody says which part is the day."""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import edtf_dates

from .problems import Wrong

_PARTS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[./](\d{4})", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)
_FIRST_DAY = date(1899, 12, 30)  # where Excel's count of days begins for every day after February 1900


class Days(TextChoices):
    """How the dates of a column are written, as an editor has said."""

    CLEAR = "", gettext_lazy("As each says clearly; refuse the others")
    DAY_FIRST = "dmy", gettext_lazy("12.05.2019: the day first")
    MONTH_FIRST = "mdy", gettext_lazy("05/12/2019: the month first")
    SERIAL = "serial", gettext_lazy("43597: Excel's number of the day")


def dates(text: str, written: str) -> str:
    """The EDTF date that the text means; raises Wrong when it may mean two or none."""
    try:
        edtf_dates.parse(text)
    except ValidationError as error:
        if found := _day(text, written):
            return found
        raise Wrong(" ".join(error.messages)) from error
    return text


def day(text: str, written: str) -> str:
    """A whole day, as `dates`."""
    found = _day(text, written) or text
    try:
        return date.fromisoformat(found).isoformat() if len(found) == 10 else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> str:
    raise Wrong(_("“%(text)s” is not a day. Write it like 2025-12-05.") % {"text": text[:40]})


def _day(text: str, written: str) -> str:
    if found := _YEAR_FIRST.fullmatch(text):
        return _iso(text, int(found[1]), int(found[3]), int(found[4]))
    if found := _MONTH.fullmatch(text):
        return f"{found[2]}-{int(found[1]):02d}" if 1 <= int(found[1]) <= 12 else ""
    if found := _SERIAL.fullmatch(text):
        shown = (_FIRST_DAY + timedelta(days=int(text))).isoformat()
        if written == Days.SERIAL:
            return shown
        words = _("“%(text)s” may be Excel's number for %(day)s. Say beside the column how its dates are written.")
        raise Wrong(words % {"text": text, "day": shown}, "date")
    if not (found := _PARTS.fullmatch(text)):
        return ""
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    if written == Days.DAY_FIRST or (not written and one > 12):
        return _iso(text, year, other, one)
    if written == Days.MONTH_FIRST or (not written and (other > 12 or one == other)):
        return _iso(text, year, one, other)
    words = _("“%(text)s” may be %(one)s or %(other)s. Say beside the column how its dates are written.")
    both = {"one": _iso(text, year, other, one), "other": _iso(text, year, one, other)}
    raise Wrong(words % {"text": text, **both}, "date")


def _iso(text: str, year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return _no_day(text)
