"""Proposals: received from whoever has one, followed by a private link, decided by the editors."""

from .following import Decided, FieldFollowed, Followed, Step, answer, state_of, take_back
from .receiving import KeyReused, Received, receive, replayed
from .telling import What, link_to, tell
from .values import proposable, read_values

__all__ = [
    "Decided",
    "FieldFollowed",
    "Followed",
    "KeyReused",
    "Received",
    "Step",
    "What",
    "answer",
    "link_to",
    "proposable",
    "read_values",
    "receive",
    "replayed",
    "state_of",
    "take_back",
    "tell",
]
