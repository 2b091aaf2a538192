"""Dates of an activity: full days that the source states, planned or actual as the status says. No day is made up.

The standard asks for a start (rule 6.11.1) and for full days; a year or a month has no place in it but as a remark on a
day. Actual dates lie in the past: later than its last change, nobody has confirmed them in the record.
"""

import re

from registry.documents import Document
from registry.models import ProjectStatus

from .reasons import Reasons

# IATI ActivityDateType 2.03.
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
_OPEN = {"", ".."}
_FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Whether the work of a cancelled project ever began, the register does not tell.
_NOT_BEGUN = {ProjectStatus.PROPOSED, ProjectStatus.CANCELLED}
_DONE = {ProjectStatus.FINALISING, ProjectStatus.COMPLETED}


def is_full_day(edtf: str) -> bool:
    """Whether a day is stated, without doubt."""
    return bool(_FULL_DAY.fullmatch(edtf))


def not_a_day(edtf: str, what: str) -> str:
    """The reason why a date cannot be told."""
    return f"The source does not state a full date (YYYY-MM-DD) for {what}, but “{edtf}”."


def dates(project: Document, reasons: Reasons) -> list[tuple[str, str]]:
    """Type and day of each date; a single date is the start."""
    if not project["dates"]:
        reasons.lacks("dates", "No date is stated.")
        return []
    start, _slash, end = project["dates"]["edtf"].partition("/")
    found = [_start(project, start, reasons), _end(project, end, reasons)]
    return [date for date in found if date]


def _start(project: Document, start: str, reasons: Reasons) -> tuple[str, str] | None:
    if start in _OPEN:
        reasons.lacks("dates", "No start is stated.")
    elif not is_full_day(start):
        reasons.lacks("dates", not_a_day(start, "the start"))
    elif project["status"] in _NOT_BEGUN:
        return PLANNED_START, start
    elif start > project["updated_at"][:10]:
        reasons.lacks("dates", f"The start ({start}) lies after the last change of the record, as if work had begun.")
    else:
        return ACTUAL_START, start
    return None


def _end(project: Document, end: str, reasons: Reasons) -> tuple[str, str] | None:
    if end in _OPEN:
        return None
    if not is_full_day(end):
        reasons.without("dates", not_a_day(end, "the end"))
        return None
    if project["status"] not in _DONE:
        return PLANNED_END, end
    if end <= project["updated_at"][:10]:
        return ACTUAL_END, end
    if project["status"] == ProjectStatus.FINALISING:
        return PLANNED_END, end
    reasons.without("dates", f"The end ({end}) lies after the last change of the record, as if work were not over.")
    return None
