"""The calendar: the sessions of programmes by month, asked as the list of programmes is asked."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from registry import calendars, facets
from registry.filters import ProgrammeFilter
from registry.models import Programme, Session

from . import paging, sessions
from .nouns import NOUNS
from .queries import ListQuery

PER_PAGE = 50
UNSETTLED_SHOWN = 25
MONTHS_SHOWN = 60
FACETS = ["kind", "status", "country"]


@dataclass(frozen=True)
class MonthChoice:
    """A month that has sessions."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass
class Asked:
    """Which sessions: those of a month, else past or coming ones."""

    month: str = ""
    when: str = "coming"

    def narrow(self, found: QuerySet, today: date) -> QuerySet:
        """The sessions that were asked for."""
        if self.month:
            return calendars.in_month(found, self.month)
        return calendars.past(found, today) if self.when == "past" else calendars.coming(found, today)

    def in_address(self) -> str:
        """As it stands in the query string."""
        if self.month:
            return f"month={self.month}"
        return "when=past" if self.when == "past" else ""


class CalendarPage(TemplateView):
    """Sessions by month, coming ones first; a question that cannot be read is left out and said."""

    template_name = "registry/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of sessions, those whose day is not settled, and the ways to the others."""
        raw, notices = self.request.GET.copy(), []
        asked = _read(raw, notices)
        query = ListQuery.read(raw, ProgrammeFilter, Programme)
        query.notices += notices
        every = calendars.sessions(ProgrammeFilter(query.data, queryset=Programme.objects.public()).qs)
        today = timezone.localdate()
        found = asked.narrow(every, today)
        shown = calendars.settled(found)
        count, pages = self._pages(query, asked, shown.count())
        apart = calendars.unsettled(found)
        return super().get_context_data(**kwargs) | {
            "noun": NOUNS[Programme],
            "asked": asked,
            "months": sessions.by_month(_loaded(_ordered(shown, asked), (pages.number - 1) * PER_PAGE, PER_PAGE)),
            "count": count,
            "unsettled": [sessions.told(s, s.programme) for s in _loaded(apart.order_by("dates"), 0, UNSETTLED_SHOWN)],
            "unsettled_count": apart.count(),
            "pages": pages,
            "nothing_recorded": not query.data and not asked.in_address() and not every.exists(),
            "month_choices": [
                MonthChoice(month, sessions.month_label(month), number, month == asked.month)
                for month, number in calendars.months(every, MONTHS_SHOWN)
            ],
            "facets": facets.count(ProgrammeFilter, query.data, calendars.programmes(), FACETS),
            "chips": [replace(chip, url=_joined(chip.url, asked.in_address())) for chip in query.chips()],
            "clear_url": self.request.path + _joined("?", asked.in_address()).rstrip("?"),
            "hidden": [
                *query.given(without=FACETS),
                *([("when", "past")] if asked.when == "past" and not asked.month else []),
            ],
            "coming_url": f"?{query.data.urlencode()}",
            "past_url": _joined(f"?{query.data.urlencode()}", "when=past"),
            "asked_in_address": f"?{query.data.urlencode()}" if query.data else "",
            "notices": query.notices,
        }

    def _pages(self, query: ListQuery, asked: Asked, count: int) -> tuple[int, paging.Pages]:
        total = paging.total_of(count, PER_PAGE)
        number = min(query.page, total)
        if query.page > total:
            query.notices.append(_("The calendar has %(total)d pages; this is the last.") % {"total": total})
        here = _joined(f"?{query.data.urlencode()}", asked.in_address())
        return count, paging.ways(number, total, lambda page: _joined(here, f"page={page}" if page else ""))


def _read(raw: Any, notices: list[str]) -> Asked:
    """Take `month` and `when` out of the query."""
    month, when = raw.pop("month", [""])[-1].strip(), raw.pop("when", [""])[-1].strip()
    asked = Asked()
    if re.fullmatch(r"(?!0000)\d{4}-(0[1-9]|1[0-2])", month, re.ASCII):
        asked.month = month
    elif month:
        notices.append(_("“%(text)s” is not a month such as 2027-05; it was left out.") % {"text": month[:20]})
    if when in {"coming", "past"}:
        asked.when = when
    elif when:
        notices.append(_("“%(text)s” is neither coming nor past; it was left out.") % {"text": when[:20]})
    return asked


def _ordered(found: QuerySet, asked: Asked) -> QuerySet:
    """The nearest first: coming sessions onwards, past ones backwards."""
    if asked.when == "past" and not asked.month:
        return found.order_by("-begins", "-starts_at", "programme", "pk")
    return found.order_by("begins", "starts_at", "programme", "pk")


def _loaded(found: QuerySet, start: int, most: int) -> list[Session]:
    """With their programmes; without those whose programme was withdrawn just now."""
    return [session for session in calendars.for_rows(found)[start : start + most] if session.programme]


def _joined(address: str, more: str) -> str:
    return f"{address}{'' if address.endswith('?') or not more else '&'}{more}"
