"""Sessions as an iCalendar (RFC 5545), for the calendars of people who want to come."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from registry import calendars
from registry.models import ProgrammeStatus, Session

MEDIA_TYPE = "text/calendar; charset=utf-8"
_MAKER = "-//Caspian Heritage Register//Calendar//EN"
_ASK_AGAIN = timedelta(hours=12)
_DAY = timedelta(days=1)
# Rules of a time zone are told for the years of the sessions, within those that zones are known for.
_ZONES_FROM, _ZONES_TO = date(1970, 1, 1), date(2100, 1, 1)


def written(name: str, sessions: list[Session], site: str) -> bytes:
    """Settled sessions, with their programmes, as a calendar of that name; `site` is the address of the register.

    UTF-8 with CRLF, long lines folded at 75 octets. Sessions without a settled day are left out.
    """
    calendar = Calendar()  # `Calendar.new` would give each answer a random UID
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _MAKER)
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")  # the same, as older programs read it
    named = calendars.identities(sessions)
    spans = [(session, days) for session in sessions if (days := calendars.days(session))]
    for session, (first, last) in spans:
        calendar.add_component(_event(session, first, last, named.get(session.pk, session.programme_id), site))
    if spans:
        earliest = min(first for _session, (first, _last) in spans)
        latest = max(last for _session, (_first, last) in spans)
        calendar.add_missing_timezones(
            date(max(_ZONES_FROM.year, min(earliest.year, _ZONES_TO.year) - 1), 1, 1),
            date(min(_ZONES_TO.year, max(latest.year, _ZONES_FROM.year) + 1), 1, 1),
        )
    else:
        calendar.add_component(Timezone.from_tzid("UTC"))  # a calendar without any component is not one (3.6)
    return calendar.to_ical()


def _event(session: Session, first: date, last: date, identity: str, site: str) -> Event:
    programme = session.programme
    event = Event()
    event.add("UID", f"{identity}@{urlsplit(site).hostname}")
    event.add("DTSTAMP", programme.updated_at)
    event.add("LAST-MODIFIED", programme.updated_at)
    event.add("SEQUENCE", programme.version)
    event.add("SUMMARY", f"{programme.title}: {session.title}" if session.title else programme.title)
    _say_when(event, session, first, last)
    place = session.region.full_name if session.region else ""
    if location := ", ".join(part for part in (session.venue, place) if part):
        event.add("LOCATION", location)
    if programme.summary:
        event.add("DESCRIPTION", programme.summary)
    event.add("CATEGORIES", [str(programme.get_kind_display())])
    event.add("URL", site + programme.get_absolute_url())
    event.add("TRANSP", "TRANSPARENT")  # who follows the calendar is not busy by that
    if programme.status == ProgrammeStatus.CANCELLED:
        event.add("STATUS", "CANCELLED")
    return event


def _say_when(event: Event, session: Session, first: date, last: date) -> None:
    """Whole days end before the day after the last (3.6.1); a time of day holds on each of several days."""
    if session.starts_at is None:
        event.add("DTSTART", first)
        if last < date.max:
            event.add("DTEND", last + _DAY)
        return
    event.add("DTSTART", _moment(first, session.starts_at, session.time_zone))
    if session.ends_at:
        event.add("DTEND", _moment(first, session.ends_at, session.time_zone))
    if last > first:
        event.add("RRULE", {"FREQ": "DAILY", "COUNT": (last - first).days + 1})


def _moment(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone))
