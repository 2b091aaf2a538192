"""Drafts that contributors send for review: asked for once, and closed when they leave the review by another door."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import OPEN, Change, Entry, Origin, Proposal, ProposalKind, ProposalState, State, User

from .conversing import say
from .following import take_back
from .receiving import Received, receive
from .subjects import record_of

_OUTCOMES = {State.PUBLISHED: ProposalState.ACCEPTED, State.DRAFT: ProposalState.DECLINED}


def send(entry: Entry, *, by: User) -> Received:
    """Ask to publish a draft that has just been put in review."""
    asked = {"code": entry.pk, "base_version": entry.version, "email": by.email, "origin": Origin.CONTRIBUTOR}
    return receive(ProposalKind.PUBLISH, type(entry), by=by, **asked)


@transaction.atomic
def take_back_own(proposal: Proposal, *, by: User) -> None:
    """Close what its author does not want any more; a draft leaves the review with it. Raises as `take_back` does."""
    take_back(proposal.reference)
    draft = record_of(proposal) if proposal.kind == ProposalKind.PUBLISH else None
    if draft and draft.state == State.IN_REVIEW:
        draft.state = State.DRAFT
        with ledger.batch(by=by, reason=_("Taken back from review")) as batch:
            batch.save(draft, expected=draft.version)


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
