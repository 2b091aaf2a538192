"""Several people who ask for the same: the later ones are kept with the first, so that one decision answers all."""

import json
from typing import Any

from registry.models import OPEN, Proposal, ProposalKind
from registry.search import fold


def same_as(proposal: Proposal) -> Proposal | None:
    """The open proposal, if there is one, that asks for nearly the same of the same record, or for the same new one.

    Nearly: letters with or without their marks, in whatever case, spaces and the order of a list do not count.
    """
    if proposal.kind not in {ProposalKind.NEW, ProposalKind.CHANGE, ProposalKind.PUBLISH}:
        return None
    others = Proposal.objects.filter(
        kind=proposal.kind, entry_type=proposal.entry_type, code=proposal.code, folded_into=None, state__in=OPEN
    ).exclude(pk=proposal.pk)
    mine = _sense(proposal)
    return next((other for other in others.order_by("received_at", "pk") if _sense(other) == mine), None)


def _sense(proposal: Proposal) -> Any:
    if proposal.kind == ProposalKind.NEW:
        return " ".join(fold(proposal.title).split())
    return json.dumps(_folded(proposal.proposed), sort_keys=True)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(fold(value).split())
    if isinstance(value, list):
        return sorted((_folded(item) for item in value), key=repr)
    if isinstance(value, dict):
        return {key: _folded(item) for key, item in value.items()}
    return value
