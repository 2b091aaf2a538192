"""What looks like spam: held until an editor says that it is none."""

from django.db import transaction
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import Proposal, ProposalState, User

from .checking import DECIDABLE
from .conversing import say
from .folding import same_as
from .refusals import AlreadyDecided
from .rights import check_reviewer
from .taking import check_free, locked
from .telling import What, tell


@transaction.atomic
def release(proposal: Proposal, *, by: User, version: int | None) -> Proposal:
    """It is no spam: it joins the queue, with those who asked for the same, and its author hears of it."""
    stored = _shown(proposal, by, version)
    if stored.state != ProposalState.HELD:
        raise AlreadyDecided(_("It is not held any more."))
    stored.folded_into = same_as(stored)
    tell(stored, What.RECEIVED)
    return _put(stored, ProposalState.WAITING, by, "released")


@transaction.atomic
def hold(proposal: Proposal, *, by: User, version: int | None) -> Proposal:
    """It is spam: it leaves the queue, and nobody is told. Those who asked for the same go on without it."""
    stored = _shown(proposal, by, version)
    if stored.state not in DECIDABLE:
        raise AlreadyDecided(_("Only what waits for review can be held as spam."))
    if stored.by_id:
        raise ledger.Refused(_("It comes from somebody with an account: decline it with a reason."))
    check_free(stored, by)
    others = list(map(locked, stored.folded.exclude(state=ProposalState.CLOSED)))
    for number, other in enumerate(others):
        other.folded_into = others[0] if number else None
        ledger.put(other, only=["folded_into"])
    return _put(stored, ProposalState.HELD, by, "held")


def _shown(proposal: Proposal, by: User, version: int | None) -> Proposal:
    stored = locked(proposal)
    check_reviewer(by, stored)
    if stored.version != version:
        raise ledger.ChangedMeanwhile(stored.version, {})
    return stored


def _put(proposal: Proposal, state: ProposalState, by: User, step: str) -> Proposal:
    say(proposal, by, step=step, internal=True)
    proposal.state, proposal.version = state, proposal.version + 1
    proposal.taken_by = proposal.taken_at = None
    ledger.put(proposal, only=["state", "version", "taken_by", "taken_at", "folded_into"])
    return proposal
