"""Proposals: received from whoever has one, followed by a private link, decided by the editors."""

from .deciding import ask, decide, decline
from .drafts import follow, send, take_back_own
from .following import Decided, FieldFollowed, Followed, Step, answer, state_of, take_back
from .holding import hold, release
from .passing_on import NotSent, close, pass_on
from .receiving import KeyReused, Received, receive, replayed
from .refusals import AlreadyDecided, MayNotPublish, NotProposed, NotYourOwn, RecordGone, TakenByAnother
from .second_person import wants_second_person
from .seconding import confirm, return_to_first
from .sides import Side, sides
from .taking import give_back, take
from .telling import What, address_of, tell
from .values import proposable, read_values
from .verdicts import Citing, Kind, Verdict

__all__ = [
    "AlreadyDecided",
    "Citing",
    "Decided",
    "FieldFollowed",
    "Followed",
    "KeyReused",
    "Kind",
    "MayNotPublish",
    "NotProposed",
    "NotSent",
    "NotYourOwn",
    "Received",
    "RecordGone",
    "Side",
    "Step",
    "TakenByAnother",
    "Verdict",
    "What",
    "address_of",
    "answer",
    "ask",
    "close",
    "confirm",
    "decide",
    "decline",
    "follow",
    "give_back",
    "hold",
    "pass_on",
    "proposable",
    "read_values",
    "receive",
    "release",
    "replayed",
    "return_to_first",
    "send",
    "sides",
    "state_of",
    "take",
    "take_back",
    "take_back_own",
    "tell",
    "wants_second_person",
]
