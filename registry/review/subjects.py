"""The record that a proposal is about, and why it can no longer be changed by it."""

from django.apps import apps
from django.utils.translation import gettext as _

from registry.models import Entry, Proposal, ProposalKind, State


def model_of(proposal: Proposal) -> type[Entry]:
    """The noun that it is about."""
    return apps.get_model("registry", proposal.entry_type)


def record_of(proposal: Proposal) -> Entry | None:
    """The stored record; None for a new one and for one that is gone."""
    return model_of(proposal).objects.filter(pk=proposal.code).first() if proposal.code else None


def obstacle(proposal: Proposal, entry: Entry | None) -> str:
    """Why nothing of it can be accepted, in words; "" when it can."""
    if proposal.kind == ProposalKind.NEW:
        return ""
    words = {"code": proposal.code}
    if entry is None:
        return _("%(code)s is no longer in the register: nothing can be accepted.") % words
    if entry.merged_into:
        words["other"] = entry.merged_into
        return _("%(code)s was merged into %(other)s: nothing can be accepted here.") % words
    if entry.state == State.WITHDRAWN:
        return _("%(code)s was withdrawn: nothing can be accepted.") % words
    if proposal.kind == ProposalKind.PUBLISH and entry.state != State.IN_REVIEW:
        words["state"] = entry.get_state_display()
        return _("%(code)s has left the review; it is kept as “%(state)s” now.") % words
    if proposal.kind == ProposalKind.CHANGE and not entry.is_public:
        return _("%(code)s is not published at the moment: nothing can be accepted.") % words
    return ""
