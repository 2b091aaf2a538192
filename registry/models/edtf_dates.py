"""Dates as sources give them: EDTF level 1 (ISO 8601-2:2019, annex A), with bounds that sort."""

import calendar
import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

# Years of four digits; seasons (21 to 24), qualifiers and unspecified digits as level 1 has them; one interval at most.
_MONTH = r"(0[1-9]|1[0-2])(-(\d{2}|XX))?|2[1-4]|XX(-XX)?"
_DATE = rf"(\d{{4}}(-({_MONTH}))?|\d{{3}}X|\d{{2}}XX)[?~%]?"
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?", re.ASCII)
_LEVEL_1 = re.compile(rf"({_DATE}|({_DATE}|\.\.)?/({_DATE}|\.\.)?)", re.ASCII)

EXAMPLES = "2025-12-05, 2025-12, 2025, 2020-11-20?, 2019~, 2018/2021, 2018/.."


def parse(text: str) -> tuple[date | None, date | None]:
    """First and last day that an EDTF level 1 string can mean; None where an end is open or unknown.

    Raises ValidationError for anything that is not a date between the years 1 and 9999.
    """
    problem = ValidationError(
        _("“%(text)s” is not a date the register can read. Write it like one of these: %(examples)s."),
        code="edtf",
        params={"text": text[:40], "examples": EXAMPLES},
    )
    if not _LEVEL_1.fullmatch(text) or text in {"/", "../..", "../", "/.."}:
        raise problem
    ends = text.split("/") if "/" in text else [text, text]
    try:
        earliest, latest = _edge(ends[0], first=True), _edge(ends[1], first=False)
    except (EDTFParseException, ValueError) as error:
        raise problem from error
    if earliest and latest and latest < earliest:
        raise ValidationError(_("A date cannot end before it starts."), code="edtf_order")
    return earliest, latest


@lru_cache(maxsize=10_000)
def _edge(text: str, *, first: bool) -> date | None:
    if text in {"", ".."}:
        return None
    if plain := _PLAIN.fullmatch(text):  # nearly all dates are; the grammar takes some ten milliseconds over each
        year, month, day = (None if part is None else int(part) for part in plain.groups())
        month = month or (1 if first else 12)
        return date(year, month, day if day is not None else 1 if first else calendar.monthrange(year, month)[1])
    if text[4:7] == "-24":
        text = text[:4]  # a winter lies at either end of its year
    edge = parse_edtf(text)
    moment = edge.lower_strict() if first else edge.upper_strict()
    year, month, day = moment.tm_year, moment.tm_mon, moment.tm_mday
    stated = re.fullmatch(r"\d{4}-(\d{2})-(\d{2})[?~%]?", text)
    if stated and int(stated[2]) > calendar.monthrange(year, int(stated[1]))[1]:
        raise ValueError(text)
    return date(year, month, day)


def validate(text: str) -> None:
    """The field validator: raises ValidationError unless `text` is an EDTF level 1 date."""
    parse(text)


class Dated(models.Model):
    """Something with a date, an interval or only a year, and what the source itself called it."""

    dates = models.CharField(
        _("dates"),
        max_length=40,
        blank=True,
        validators=[validate],
        help_text=format_lazy(
            _("As the source gives it, for example: {examples}. Leave empty when it is not stated."), examples=EXAMPLES
        ),
    )
    dates_as_reported = models.CharField(
        _("dates as reported"), max_length=200, blank=True, help_text=_("The source's own words for the date.")
    )
    dates_earliest = models.DateField(null=True, blank=True, editable=False)
    dates_latest = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        """Both bounds stand in order."""

        abstract = True
        indexes = [
            models.Index(
                F("state"), F("dates_earliest").desc(nulls_last=True), F("code"), name="%(class)s_latest_first"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts",
                condition=Q(dates_earliest=None) | Q(dates_latest=None) | Q(dates_latest__gte=F("dates_earliest")),
                violation_error_message=_("A date cannot end before it starts."),
            )
        ]

    def clean(self) -> None:
        """Keep the sortable bounds in step with the text."""
        super().clean()
        self.dates_earliest, self.dates_latest = (None, None)
        if self.dates:
            with suppress(ValidationError):  # the validator of the field has said so already
                self.dates_earliest, self.dates_latest = parse(self.dates)
