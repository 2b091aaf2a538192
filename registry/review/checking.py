"""Whether a decision may be taken: by this person, now, about these fields, on this record."""

from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import Entry, Proposal, ProposalKind, ProposalState, User

from .refusals import AlreadyDecided, MayNotPublish, NotProposed, RecordGone
from .rights import check_publisher, check_reviewer
from .second_person import wants_second_person
from .sides import needed, open_fields, sides, stated
from .subjects import model_of, obstacle
from .taking import check_free, locked
from .verdicts import TAKEN_OVER, Decision, Kind

DECIDABLE = {ProposalState.WAITING, ProposalState.ASKED}


def opened(proposal: Proposal, by: User, version: int | None) -> Proposal:
    """The stored proposal, locked, when this person may decide about it as it was shown to them."""
    stored = locked(proposal)
    check_reviewer(by, stored)
    if stored.state not in DECIDABLE or stored.folded_into_id:
        raise AlreadyDecided(_waits_for(stored))
    if stored.version != version:
        raise ledger.ChangedMeanwhile(stored.version, {})
    check_free(stored, by)
    return stored


def check_decision(proposal: Proposal, entry: Entry | None, decision: Decision, by: User) -> None:
    """Raise what keeps the decision from being taken, before anything is written."""
    allowed = [*open_fields(proposal), *needed(proposal)]
    if unknown := sorted(set(decision.verdicts) - set(allowed)):
        raise NotProposed(_("Nobody proposed this, or it is decided: %(names)s.") % {"names": ", ".join(unknown)})
    if any(verdict.kind not in set(Kind) for verdict in decision.verdicts.values()):
        raise NotProposed(_("There is no such verdict."))
    if unexplained := [name for name, v in decision.of(Kind.DECLINE, Kind.ASK).items() if not v.reason.strip()]:
        raise ledger.Refused(
            _("Say why you decline, or what you ask, for: %(names)s.") % {"names": ", ".join(unexplained)}
        )
    if not decision.accepts and not decision.of(Kind.DECLINE, Kind.ASK):
        raise ledger.Refused(_("Nothing is decided yet: choose for at least one field."))
    if decision.accepts:
        _check_acceptance(proposal, entry, decision, by, allowed)


def _check_acceptance(
    proposal: Proposal, entry: Entry | None, decision: Decision, by: User, allowed: list[str]
) -> None:
    model = model_of(proposal)
    if problem := obstacle(proposal, entry):
        raise RecordGone(problem)
    if proposal.kind == ProposalKind.PUBLISH and decision.verdicts:
        raise NotProposed(_("A draft is published as it stands; correct it in its form first."))
    if proposal.kind == ProposalKind.NEW:
        undecided = set(allowed) - set(decision.of(*TAKEN_OVER, Kind.DECLINE))
        if undecided:
            raise ledger.Refused(_("A record is made once: decide about every field, or ask first and accept nothing."))
        if not by.has_perm(f"registry.add_{model._meta.model_name}"):
            raise MayNotPublish(_("To make this record needs the right to add it."))
    if decision.publish or proposal.kind != ProposalKind.NEW:
        check_publisher(by, model)


def delicate_fields(proposal: Proposal, entry: Entry | None, decision: Decision) -> frozenset[str]:
    """What the public would read after it, and a second person confirms first."""
    if not decision.accepts or (proposal.kind == ProposalKind.NEW and not decision.publish):
        return frozenset()
    model = model_of(proposal)
    if proposal.kind == ProposalKind.PUBLISH:
        return frozenset(side.name for side in sides(proposal, entry) if side.wants_second)
    values = decision.values(proposal.proposed)
    names = stated(model(), values) if proposal.kind == ProposalKind.NEW else list(values)
    return wants_second_person(model, names, entry)


def _waits_for(proposal: Proposal) -> str:
    if proposal.folded_into_id:
        return _("Others asked for the same before; decide about theirs.")
    if proposal.state == ProposalState.HELD:
        return _("It is held as possible spam. Say first that it is none.")
    if proposal.state == ProposalState.SECONDED:
        return _("It is decided and waits for a second person.")
    when = f"{proposal.decided_at or timezone.now():%Y-%m-%d %H:%M}"
    return _("It was decided already, on %(when)s UTC: %(state)s.") % {
        "when": when,
        "state": proposal.get_state_display(),
    }
