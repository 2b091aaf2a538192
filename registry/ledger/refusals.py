"""Why the ledger will not write something, in words for the editor."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.models import Entry
from registry.versions import Snapshot


class Refused(Exception):
    """The ledger will not write this; the message says why."""


class VersionMissing(Refused):
    """A change to an existing record did not say which version it started from."""


@dataclass(eq=False)
class EditConflict(Refused):
    """Somebody else changed the record since the version this edit started from."""

    entry: Entry
    expected: int
    current: int
    before: Snapshot
    mine: Snapshot
    theirs: Snapshot

    def __str__(self) -> str:
        return _(
            "%(code)s was changed by somebody else: you started from version %(expected)d, it is now %(current)d."
        ) % {"code": self.entry.pk, "expected": self.expected, "current": self.current}


@dataclass(eq=False)
class ChangedMeanwhile(Refused):
    """Somebody else changed something private since the version this edit started from; `theirs` is what it holds."""

    current: int
    theirs: Snapshot

    def __str__(self) -> str:
        return _("Somebody else changed this meanwhile. Open it again and repeat what you changed.")


def words_of(refusal: Exception) -> str:
    """Why something was not written, in one line; of a rule of a model all that it says."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
