"""Decides about a proposal: field by field or as a whole, once, whole or not at all."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import Entry, Proposal, ProposalKind, ProposalState, State, User

from .accepting import send_back, write
from .checking import check_decision, delicate_fields, opened
from .conversing import say, say_to_all
from .sides import open_fields
from .subjects import obstacle, record_of
from .taking import locked
from .telling import What, tell
from .verdicts import TAKEN_OVER, Citing, Decision, Kind, Verdict

# Under this name the proposal keeps what waits for the second person; no field is called so.
PENDING = "_pending"


class _OnlyTried(Exception):
    """Ends a write that was only to show whether it would go."""


@transaction.atomic
def decide(
    proposal: Proposal,
    *,
    by: User,
    version: int | None,
    verdicts: dict[str, Verdict] | None = None,
    seen: int | None = None,
    citation: Citing | None = None,
    message: str = "",
    note: str = "",
    publish: bool = False,
) -> Proposal:
    """Accept, edit, decline, ask or leave each field; `version` is the proposal's, `seen` the record's as it was shown.

    Of a draft sent for review there are no fields: `publish` makes it public as it stands. What wants a second person
    is kept until that one confirms it. Raises AlreadyDecided, TakenByAnother, NotYourOwn, NotProposed, MayNotPublish,
    RecordGone, EditConflict, ChangedMeanwhile, Refused, ValidationError or PermissionDenied; nothing is stored then.
    """
    stored = opened(proposal, by, version)
    entry = record_of(stored)
    decision = Decision(dict(verdicts or {}), seen, citation, message.strip(), publish)
    check_decision(stored, entry, decision, by)
    say(stored, by, note, internal=True)
    if delicate_fields(stored, entry, decision):
        _try(stored, entry, decision, by)
        return _wait_for_second(stored, decision, by)
    return conclude(stored, entry, decision, by)


@transaction.atomic
def decline(
    proposal: Proposal, *, by: User, version: int | None, reason: str, seen: int | None = None, note: str = ""
) -> Proposal:
    """Decline all that is still open with one reason; a draft goes back to its author. Raises as `decide` does."""
    stored = opened(proposal, by, version)
    if not reason.strip():
        raise ledger.Refused(_("Say why; whoever asked reads it."))
    say(stored, by, note, internal=True)
    entry = record_of(stored)
    if stored.kind == ProposalKind.PUBLISH:
        decision = Decision(seen=seen, message=reason)
        if entry and not obstacle(stored, entry):
            send_back(entry, decision, by, State.DRAFT)
        return _finish(stored, decision, by, ProposalState.DECLINED)
    verdicts = {name: Verdict(Kind.DECLINE, reason=reason.strip()) for name in open_fields(stored)}
    return conclude(stored, entry, Decision(verdicts, seen, message=reason), by)


@transaction.atomic
def ask(proposal: Proposal, *, by: User, version: int | None, text: str, note: str = "") -> Proposal:
    """Ask whoever proposed it; it waits for their answer, and comes back to the one who asked."""
    stored = opened(proposal, by, version)
    if not text.strip():
        raise ledger.Refused(_("Write what you want to know."))
    say(stored, by, note, internal=True)
    return _asked(stored, by, text)


def conclude(proposal: Proposal, entry: Entry | None, decision: Decision, by: User) -> Proposal:
    """Carry out a decision that nobody else has to confirm, within the transaction of the caller."""
    if decision.accepts:
        write(proposal, entry, decision, by)
    for name, verdict in decision.of(*TAKEN_OVER, Kind.DECLINE).items():
        proposal.decisions[name] = verdict.as_kept()
    if proposal.kind == ProposalKind.PUBLISH:
        return _finish(proposal, decision, by, ProposalState.ACCEPTED)
    if questions := decision.of(Kind.ASK):
        lines = [verdict.reason for verdict in questions.values()]
        return _asked(proposal, by, "\n\n".join(filter(None, [decision.message, *lines])))
    if open_fields(proposal):
        say_to_all(proposal, by, decision.message)
        return _keep(proposal, ProposalState.WAITING)
    return _finish(proposal, decision, by, _outcome(proposal))


def _outcome(proposal: Proposal) -> ProposalState:
    kinds = {kept["kind"] in TAKEN_OVER for name, kept in proposal.decisions.items() if name != PENDING}
    if kinds == {True}:
        return ProposalState.ACCEPTED
    return ProposalState.PARTLY if True in kinds else ProposalState.DECLINED


def _try(proposal: Proposal, entry: Entry | None, decision: Decision, by: User) -> None:
    """Whether the ledger would take it: the first reviewer hears of it, not the second."""
    kept = proposal.code, proposal.batch
    try:
        with transaction.atomic():
            write(proposal, entry, decision, by)
            raise _OnlyTried
    except _OnlyTried:
        proposal.code, proposal.batch = kept


def _wait_for_second(proposal: Proposal, decision: Decision, by: User) -> Proposal:
    proposal.decisions[PENDING] = decision.as_kept() | {"code": proposal.code}
    proposal.first_reviewer, proposal.taken_by, proposal.taken_at = by, None, None
    say(proposal, by, step="seconded", internal=True)
    return _keep(proposal, ProposalState.SECONDED)


def _asked(proposal: Proposal, by: User, text: str) -> Proposal:
    say(proposal, by, text, step="asked")
    proposal.taken_by, proposal.taken_at = by, None
    _keep(proposal, ProposalState.ASKED)
    tell(proposal, What.ASKED)
    return proposal


def _keep(proposal: Proposal, state: ProposalState, **final: Any) -> Proposal:
    proposal.state = state
    proposal.version += 1
    for name, value in final.items():
        setattr(proposal, name, value)
    own = ("state", "version", "decisions", "code", "batch", "taken_by", "taken_at", "first_reviewer", "decided_at")
    ledger.put(proposal, only=own)
    return proposal


def _finish(proposal: Proposal, decision: Decision, by: User, state: ProposalState) -> Proposal:
    """The last word, for all who asked for the same; each of them is told."""
    proposal.decisions.pop(PENDING, None)
    said = {
        "code": proposal.code,
        "batch": proposal.batch,
        "decisions": proposal.decisions,
        "decided_at": timezone.now(),
    }
    for each in (proposal, *map(locked, proposal.folded.exclude(state=ProposalState.CLOSED))):
        say(each, by, decision.message, step=state.value)
        _keep(each, state, taken_by=None, taken_at=None, **said)
    tell(proposal, What.DECIDED)
    return proposal
