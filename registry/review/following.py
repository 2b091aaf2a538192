"""How a proposal goes on, for whoever holds its private link: no word among editors, no name of theirs."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import LETTERS, OPEN, Entry, Proposal, ProposalMessage, ProposalState, User

from .receiving import tidy
from .values import visible

MOST_ANSWERS = 30
_REFERENCE = re.compile(r"[a-z2-7]{26}")


class Decided(ledger.Refused):
    """Everything is said about it: nobody can answer or take it back any more."""


@dataclass(frozen=True)
class Step:
    """One word of the conversation."""

    at: datetime
    text: str
    mine: bool


@dataclass(frozen=True)
class FieldFollowed:
    """One field of it: what the record said, what was proposed, what was decided and why; all as anybody can read it.

    `verdict` is "accept", "edit" (then `decided` is what the record was given instead), "decline" or "".
    """

    name: str
    before: Any
    proposed: Any
    verdict: str = ""
    decided: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Followed:
    """What its author may know of it."""

    reference: str
    kind: str
    state: str
    state_display: str
    model: type[Entry]
    code: str
    title: str
    received_at: datetime
    decided_at: datetime | None
    is_open: bool
    is_asked: bool
    others: bool
    text: str
    evidence: str
    evidence_url: str
    fields: list[FieldFollowed] = field(default_factory=list)
    conversation: list[Step] = field(default_factory=list)

    @property
    def is_letter(self) -> bool:
        """Whether it is words to somebody, and no proposal of facts."""
        return self.kind in LETTERS


def state_of(reference: str, *, by: User | None = None) -> Followed | None:
    """What the holder of the private link may know; None for a reference that there is not, or not of the account."""
    proposal = _found(reference)
    if proposal is None or (by and proposal.by_id != by.pk):
        return None
    lead = _lead(proposal)
    state = _told_state(proposal, lead)
    return Followed(
        reference=proposal.reference,
        kind=proposal.kind,
        state=state.value,
        state_display=str(state.label),
        model=apps.get_model("registry", proposal.entry_type),
        code=proposal.code or lead.code,
        title=proposal.title,
        received_at=proposal.received_at,
        decided_at=lead.decided_at,
        is_open=state in OPEN,
        is_asked=state == ProposalState.ASKED,
        others=proposal.folded_into_id is not None,
        text=proposal.text,
        evidence=proposal.evidence,
        evidence_url=proposal.evidence_url,
        fields=[_field(name, proposal, lead.decisions.get(name) or {}) for name in proposal.proposed],
        conversation=[
            Step(message.at, message.text, message.from_author)
            for message in proposal.messages.filter(internal=False).exclude(text="")
        ],
    )


@transaction.atomic
def answer(reference: str, text: str) -> None:
    """Add a word of the author; what waited for it waits for the editors again. Raises Decided, ValidationError."""
    proposal = _open(reference)
    text = tidy(text)
    if not text:
        raise ValidationError({"text": [_("Write something first.")]})
    if proposal.messages.filter(from_author=True).count() >= MOST_ANSWERS:
        raise Decided(_("Much was written here already. Wait for an answer."))
    ledger.put(ProposalMessage(proposal=proposal, from_author=True, text=text))
    if proposal.state == ProposalState.ASKED:
        proposal.state = ProposalState.WAITING
    proposal.version += 1
    ledger.put(proposal, only=["state", "version"])


@transaction.atomic
def take_back(reference: str) -> None:
    """Close it, as its author wishes; those who asked for the same go on without it. Raises Decided."""
    proposal = _open(reference)
    followers = list(
        proposal.folded.select_for_update().exclude(state=ProposalState.CLOSED).order_by("received_at", "pk")
    )
    for number, follower in enumerate(followers):
        follower.folded_into = followers[0] if number else None
        follower.version += 1
        ledger.put(follower, only=["folded_into", "version"])
    proposal.state = ProposalState.CLOSED
    proposal.version += 1
    ledger.put(proposal, only=["state", "version"])
    ledger.put(ProposalMessage(proposal=proposal, from_author=True, step="taken_back"))


def _found(reference: str) -> Proposal | None:
    if not _REFERENCE.fullmatch(reference):
        return None
    return Proposal.objects.select_related("folded_into").filter(reference=reference).first()


def _open(reference: str) -> Proposal:
    found = _found(reference)
    proposal = found and Proposal.objects.select_for_update().filter(pk=found.pk).first()
    if proposal is None:
        raise ledger.Refused(_("There is no such proposal."))
    if _told_state(proposal, _lead(proposal)) not in OPEN:
        raise Decided(_("Everything is decided here; nothing can be added or taken back."))
    return proposal


def _lead(proposal: Proposal) -> Proposal:
    """The one that is decided for all who asked for the same."""
    return proposal.folded_into if proposal.folded_into and proposal.state in OPEN else proposal


def _told_state(proposal: Proposal, lead: Proposal) -> ProposalState:
    """Its state; one that is held reads as waiting, and so does one whose companion was asked something."""
    state = ProposalState(lead.state)
    if state == ProposalState.HELD or (lead is not proposal and state == ProposalState.ASKED):
        return ProposalState.WAITING
    return state


def _field(name: str, proposal: Proposal, decision: dict[str, Any]) -> FieldFollowed:
    model = apps.get_model("registry", proposal.entry_type)
    return FieldFollowed(
        name,
        visible(model, name, proposal.before.get(name)),
        visible(model, name, proposal.proposed[name]),
        decision.get("kind", ""),
        visible(model, name, decision.get("value")),
        decision.get("reason", ""),
    )
