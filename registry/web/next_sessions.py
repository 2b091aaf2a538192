"""Programmes that people can join now, each with its next sessions."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from registry.models import Programme, Session
from registry.models.edtf_dates import parse
from registry.models.translations import Text, joined

from .dates import words

SESSIONS_SHOWN = 2


@dataclass(frozen=True)
class OpenProgramme:
    """A programme, and when and where people can come next, or that no such time is recorded."""

    entry: Programme
    sessions: list[str]


def with_next_sessions(programmes: list[Programme], today: date) -> list[OpenProgramme]:
    """The sessions that are not over by today, in the order of their dates."""
    return [OpenProgramme(entry, _next(entry, today) or [_("No session ahead is recorded.")]) for entry in programmes]


def _next(programme: Programme, today: date) -> list[str]:
    ahead = [session for session in programme.sessions.all() if (parse(session.dates)[1] or date.max) >= today]
    ahead.sort(key=lambda session: (parse(session.dates)[0] or date.min, session.pk))
    return [_told(session) for session in ahead[:SESSIONS_SHOWN]]


def _told(session: Session) -> str:
    place = session.region.shown_title if session.region else ""
    said = (words(session.dates), Text(session.title), Text(session.venue), place)
    return joined([part for part in said if part], " · ")
