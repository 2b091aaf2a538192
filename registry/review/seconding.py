"""The second person: confirms exactly what the first decided, on the record as it is then, or sends it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from registry import ledger, versions
from registry.models import Entry, Proposal, ProposalKind, ProposalState, User

from .checking import check_decision
from .conversing import say
from .deciding import PENDING, conclude
from .refusals import AlreadyDecided
from .rights import check_second
from .subjects import record_of
from .taking import check_free, locked
from .verdicts import Decision


def pending(proposal: Proposal) -> Decision | None:
    """What the first reviewer decided and a second has not confirmed yet."""
    kept = proposal.decisions.get(PENDING)
    return Decision.from_kept(kept) if kept else None


def drifted(proposal: Proposal, entry: Entry | None) -> list[str]:
    """The fields of the decision that somebody has changed since the first reviewer looked at them."""
    decision = pending(proposal)
    if decision is None or entry is None:
        return []
    now, whole = versions.snapshot(entry), proposal.kind == ProposalKind.PUBLISH
    names = [name for name in now if name != "state"] if whole else list(decision.values(proposal.proposed))
    if proposal.decisions[PENDING]["code"] != entry.pk:  # it is another record, into which the first one was merged
        return names
    then = now if decision.seen == entry.version else versions.as_of(entry, decision.seen)
    return [name for name in names if then.get(name) != now.get(name)]


@transaction.atomic
def confirm(proposal: Proposal, *, by: User, version: int | None, seen: int | None, note: str = "") -> Proposal:
    """Carry out what the first reviewer decided. Raises as `deciding.decide` does, also when the record has drifted."""
    stored = _for_second(proposal, by, version)
    entry, decision = record_of(stored), pending(stored)
    if fields := drifted(stored, entry):
        raise ledger.Refused(
            _("Since the first decision somebody changed: %(fields)s. Send it back, so that it is looked at anew.")
            % {"fields": ", ".join(fields)}
        )
    decision = Decision(decision.verdicts, seen, decision.citation, decision.message, decision.publish)
    del stored.decisions[PENDING]
    check_decision(stored, entry, decision, by)
    say(stored, by, note, internal=True)
    say(stored, by, step="confirmed", internal=True)
    return conclude(stored, entry, decision, by)


@transaction.atomic
def return_to_first(proposal: Proposal, *, by: User, version: int | None, reason: str) -> Proposal:
    """Send it back to the first reviewer, with the reason; nothing of their decision holds."""
    stored = _for_second(proposal, by, version)
    if not reason.strip():
        raise ledger.Refused(_("Say why you send it back; the first reviewer reads it."))
    say(stored, by, reason, step="sent_back", internal=True)
    del stored.decisions[PENDING]
    stored.state, stored.version = ProposalState.WAITING, stored.version + 1
    stored.taken_by, stored.taken_at, stored.first_reviewer = stored.first_reviewer, None, None
    only = ("state", "version", "decisions", "taken_by", "taken_at", "first_reviewer")
    ledger.put(stored, only=only)
    return stored


def _for_second(proposal: Proposal, by: User, version: int | None) -> Proposal:
    stored = locked(proposal)
    check_second(by, stored)
    if stored.state != ProposalState.SECONDED:
        raise AlreadyDecided(_("It does not wait for a second person any more."))
    if stored.version != version:
        raise ledger.ChangedMeanwhile(stored.version, {})
    check_free(stored, by)
    return stored
