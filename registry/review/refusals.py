"""Why a proposal is not decided as asked, in words for the editor."""

from registry.ledger import Refused


class AlreadyDecided(Refused):
    """Somebody else decided it meanwhile, or it waits for somebody else."""


class TakenByAnother(Refused):
    """Somebody else has it at the moment."""


class NotYourOwn(Refused):
    """Nobody decides what they have asked for themselves."""


class NotProposed(Refused):
    """A verdict about a field that nobody proposed, or that is decided already."""


class MayNotPublish(Refused):
    """What would be published by it needs a right that this person does not have."""


class RecordGone(Refused):
    """The record was withdrawn, merged or deleted, or has left the review."""
