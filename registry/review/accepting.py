"""Writes what was accepted to the ledger: a new record, a correction of what is published, a draft made public."""

from typing import Any

from django.utils.translation import gettext as _

from registry import ledger, public, scope, versions
from registry.models import Citation, Entry, Proposal, ProposalKind, Site, Source, User
from registry.places import is_finer
from registry.versions import Related

from .subjects import model_of
from .verdicts import Citing, Decision

_TOLD_OF_ALL = ("title", "other_names", "summary")


def write(proposal: Proposal, entry: Entry | None, decision: Decision, by: User) -> Entry:
    """One batch with the credit that the author chose; the proposal learns its batch and the code of a new record.

    Raises EditConflict when the record is no longer the version that the reviewer saw, ValidationError, Refused.
    """
    values = decision.values(proposal.proposed)
    _keep_places(entry, values, by)
    entry = entry or model_of(proposal)()
    related = versions.apply(entry, values)
    if decision.citation:
        related["citations"] = _cited(entry, related, decision.citation, list(values))
    reason = _("A draft was reviewed") if proposal.kind == ProposalKind.PUBLISH else _("A proposal was accepted")
    with ledger.batch(by=by, reason=reason, credit=proposal.credit, going_on=proposal.batch) as batch:
        store = batch.publish if decision.publish and not entry.is_public else batch.save
        store(entry, expected=decision.seen if proposal.code else None, related=related)
        if not scope.looks_after(by, type(entry).objects.get(pk=entry.pk)):
            raise ledger.Refused(
                _("The record would leave your regions: somebody who looks after all of them decides.")
            )
    proposal.code = entry.pk
    proposal.batch = batch.id if batch.changes else proposal.batch
    return entry


def send_back(entry: Entry, decision: Decision, by: User, state: str) -> None:
    """The draft leaves the review; it is its author's again."""
    entry.state = state
    with ledger.batch(by=by, reason=_("Sent back from review")) as batch:
        batch.save(entry, expected=decision.seen)


def citable(model: type[Entry]) -> tuple[str, ...]:
    """The fields that a citation may support."""
    return (*_TOLD_OF_ALL, *public.fields(model))


def _cited(entry: Entry, related: Related, citing: Citing, names: list[str]) -> list[Citation]:
    """The citations of the record, with one more or with one that now supports more."""
    if not Source.objects.filter(pk=citing.source).exists():
        raise ledger.Refused(_("%(code)s is no longer in the register.") % {"code": citing.source})
    rows = related.get("citations")
    if rows is None:
        rows = [] if entry._state.adding else list(entry.citations.all())
    supported = [name for name in names if name in citable(type(entry))]
    for row in rows:
        if (row.source_id, row.locator) == (citing.source, citing.locator):
            row.fields = sorted({*row.fields, *supported}) if row.fields else []
            return rows
    return [*rows, Citation(source_id=citing.source, locator=citing.locator, fields=supported)]


def _keep_places(entry: Entry | None, values: dict[str, Any], by: User) -> None:
    """Whoever may not see the exact place cannot have it shown, either."""
    finer = isinstance(entry, Site) and is_finer(values.get("precision_chosen", ""), entry.precision)
    if finer and not by.has_perm("registry.view_exactplace"):
        raise ledger.Refused(_("To show a place more exactly needs the right to see exact places."))
