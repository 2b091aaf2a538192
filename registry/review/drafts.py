"""Drafts that contributors send for review: asked for once, and closed when they leave the review by another door."""

from collections.abc import Iterable

from django.utils import timezone

from registry import ledger
from registry.models import OPEN, Change, Entry, Origin, Proposal, ProposalKind, ProposalState, State, User

from .conversing import say
from .receiving import Received, receive

_OUTCOMES = {State.PUBLISHED: ProposalState.ACCEPTED, State.DRAFT: ProposalState.DECLINED}


def send(entry: Entry, *, by: User) -> Received:
    """Ask to publish a draft that has just been put in review."""
    asked = {"code": entry.pk, "base_version": entry.version, "email": by.email, "origin": Origin.CONTRIBUTOR}
    return receive(ProposalKind.PUBLISH, type(entry), by=by, **asked)


def follow(changes: Iterable[Change], *, by: User) -> None:
    """Close what asked to publish the drafts that these changes took out of the review.

    One that is being decided at this very moment is passed over: that decision meets the changed record.
    """
    left = {c.entry_code: c for c in changes if c.before.get("state") == State.IN_REVIEW and c.state != State.IN_REVIEW}
    if not left:
        return
    asked = Proposal.objects.select_for_update(skip_locked=True, of=("self",))
    for proposal in asked.filter(kind=ProposalKind.PUBLISH, state__in=OPEN, code__in=left):
        change = left[proposal.code]
        proposal.state = _OUTCOMES.get(change.state, ProposalState.CLOSED)
        proposal.version += 1
        proposal.decided_at, proposal.batch = timezone.now(), change.batch
        proposal.taken_by = proposal.taken_at = None
        ledger.put(proposal, only=["state", "version", "decided_at", "batch", "taken_by", "taken_at"])
        say(proposal, by, change.reason, step=proposal.state)
