"""A session as a reader meets it: its day in words and as a figure, its time with the zone, and where to come."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from registry import calendars
from registry.models import Programme, Session
from registry.models.translations import capitalised

from . import dates
from .facts import Link


@dataclass(frozen=True)
class SessionInWords:
    """One row; `figure` and `caption` are the day and the month of the first day, empty while none is settled."""

    title: str
    programme: Programme
    days: str
    time: str
    place: Link | None
    place_text: str
    venue: str
    seats: int | None
    iso: str
    figure: str
    caption: str


@dataclass(frozen=True)
class Month:
    """The sessions that begin in a month."""

    label: str
    sessions: list[SessionInWords]


def told(session: Session, programme: Programme) -> SessionInWords:
    """A session of a programme; where it names no place, the places of the programme stand."""
    days = calendars.days(session)
    place = session.region
    return SessionInWords(
        session.title,
        programme,
        _days(session, days),
        _time(session, days),
        Link(place.full_name, place.get_absolute_url()) if place else None,
        "" if place or session.venue else programme.place_line,
        session.venue,
        session.seats,
        days[0].isoformat() if days else "",
        str(days[0].day) if days else "",
        date_format(days[0], "M") if days else "",
    )


def by_month(sessions: list[Session]) -> list[Month]:
    """Settled sessions under the months in which they begin, in the order they came."""
    found: list[Month] = []
    for session in sessions:
        label = month_label(session.dates[:7])
        if not found or found[-1].label != label:
            found.append(Month(label, []))
        found[-1].sessions.append(told(session, session.programme))
    return found


def month_label(month: str) -> str:
    """A month such as 2027-05 in words."""
    return capitalised(date_format(date.fromisoformat(f"{month}-01"), "YEAR_MONTH_FORMAT"))


def _days(session: Session, days: tuple[date, date] | None) -> str:
    if days and days[0] == days[1]:
        return _("%(weekday)s, %(day)s") % {"weekday": date_format(days[0], "l"), "day": date_format(days[0])}
    return dates.words(session.dates)


def _time(session: Session, days: tuple[date, date] | None) -> str:
    if session.starts_at is None:
        return ""
    given = {"start": time_format(session.starts_at, "H:i"), "zone": session.time_zone.replace("_", " ")}
    if days:
        given["zone"] += _offset(datetime.combine(days[0], session.starts_at, ZoneInfo(session.time_zone)))
    if session.ends_at is None:
        return _("from %(start)s, %(zone)s") % given
    given["end"] = time_format(session.ends_at, "H:i")
    return _("%(start)s to %(end)s, %(zone)s") % given


def _offset(moment: datetime) -> str:
    """How far the clock there stands from UTC, on that day."""
    minutes, seconds = divmod(round(moment.utcoffset().total_seconds()), 60)
    if seconds or not minutes:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f" (UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''})"
