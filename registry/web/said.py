"""What named speakers said about a record: always attributed, with how far it was checked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.models import Entry, Statement
from registry.models.translations import Text

from . import dates
from .facts import Link

SHOWN = 6


@dataclass(frozen=True)
class Said:
    """One statement: whose words they are, where and when they were said, and the rung of the ladder it stands on."""

    words: Text
    url: str
    speaker: Text
    role: Text
    affiliation: Link | None
    event: Link | None
    when: str
    rung: str
    rung_label: str


@dataclass(frozen=True)
class AllSaid:
    """The latest statements about a record, and the way to the others."""

    statements: list[Said]
    more_url: str


def said_about(entry: Entry, list_address: str) -> AllSaid:
    """The published statements about a record; `list_address` shows them all."""
    found = list(Statement.objects.public().about(entry.pk)[: SHOWN + 1])
    return AllSaid([_said(statement) for statement in found[:SHOWN]], list_address if len(found) > SHOWN else "")


def _said(statement: Statement) -> Said:
    return Said(
        statement.shown_summary or statement.shown_title,
        statement.get_absolute_url(),
        Text(statement.speaker),
        Text(statement.speaker_role),
        _link(statement.affiliation),
        _link(statement.event),
        dates.words(statement.dates) or _("Date not stated"),
        statement.verification,
        statement.get_verification_display(),
    )


def _link(entry: Entry | None) -> Link | None:
    return Link(entry.shown_title, entry.get_absolute_url()) if entry else None
