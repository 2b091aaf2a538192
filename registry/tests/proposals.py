"""Proposals for the tests, and what happens to their records meanwhile."""

from registry import ledger, review, versions
from registry.models import Project, Proposal, ProposalKind
from registry.review import Kind, Verdict
from registry.tests.admin.forms import sign_in

ACCEPT = Verdict(Kind.ACCEPT)


def somebody(group="Editors", **given):
    """Somebody in the group."""
    return sign_in(group, **given).user


def make_proposal(entry=None, kind=ProposalKind.CHANGE, **given):
    """What somebody asks for, as it is kept."""
    values = given.pop("proposed", {"summary": "Proposed"})
    now = versions.snapshot(entry) if entry else {}
    about = {
        "entry_type": entry._meta.model_name if entry else "project",
        "code": entry.pk if entry else "",
        "title": entry.title if entry else "A new one",
        "base_version": entry.version if entry else None,
        "before": {name: now.get(name) for name in values if entry},
    }
    proposal = Proposal(kind=kind, proposed=values, **about | given)
    ledger.put(proposal)
    return proposal


def decide(proposal, by, seen=None, **verdicts):
    """A decision of somebody who sees the proposal, and its record unless `seen` says otherwise, as they are."""
    stored = Proposal.objects.get(pk=proposal.pk)
    entry = Project.objects.filter(pk=proposal.code).first()
    seen = seen or (entry.version if entry else None)
    return review.decide(proposal, by=by, version=stored.version, seen=seen, verdicts=verdicts)


def meanwhile(entry, **changes):
    """Somebody else saves the record."""
    stored = type(entry).objects.get(pk=entry.pk)
    for name, value in changes.items():
        setattr(stored, name, value)
    with ledger.batch(by=None, reason="Somebody was faster") as batch:
        batch.save(stored, expected=stored.version)
