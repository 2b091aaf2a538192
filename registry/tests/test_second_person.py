"""Money, status, sensitive places and contested names: written when a second person confirms them."""

import pytest
from django.core.exceptions import PermissionDenied

from registry import ledger, review, versions
from registry.models import Change, Project, Proposal, Site
from registry.tests.make import make_budget, make_project, make_site, make_user
from registry.tests.proposals import ACCEPT, decide, make_proposal, meanwhile, somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "make, values",
    [
        (make_project, {"status": "completed"}),
        (make_budget, {"amount": "5.00"}),
        (make_site, {"other_names": [{"name": "Another", "language": "", "note": ""}]}),
        (make_site, {"precision_chosen": "10km"}),
    ],
    ids=["status", "money", "a contested name", "a sensitive place"],
)
def test_what_is_delicate_is_written_when_a_second_person_confirms_it(make, values):
    entry, first, second = make(), somebody(), somebody("Publishers")
    proposal, (name,) = make_proposal(entry, proposed=values), values
    accepted = {name: ACCEPT}
    review.decide(proposal, by=first, version=1, seen=entry.version, verdicts=accepted)
    stored = Proposal.objects.get(pk=proposal.pk)
    now = type(entry).objects.get(pk=entry.pk)
    assert (stored.state, now.version) == ("seconded", entry.version)
    with pytest.raises(PermissionDenied):
        review.confirm(stored, by=somebody(), version=2, seen=now.version)
    with pytest.raises(review.AlreadyDecided):
        review.decide(stored, by=second, version=2, seen=now.version, verdicts=accepted)
    review.confirm(stored, by=second, version=2, seen=now.version)
    assert versions.snapshot(type(entry).objects.get(pk=entry.pk))[name] == values[name]
    assert Change.objects.of(entry.pk).first().by == second


def test_the_second_person_is_neither_the_first_nor_the_author():
    project, first = make_project(), somebody("Publishers")
    author = make_user()
    proposal = make_proposal(project, proposed={"status": "completed"}, by=author)
    decide(proposal, first, status=ACCEPT)
    for nobody in (first, author):
        with pytest.raises(review.NotYourOwn):
            review.confirm(proposal, by=nobody, version=2, seen=1)
    assert Project.objects.get(pk=project.pk).status == "unknown"


def test_the_second_person_sends_back_and_a_changed_record_is_looked_at_anew():
    project, first, second = make_project(), somebody(), somebody("Publishers")
    proposal = make_proposal(project, proposed={"status": "completed", "summary": "Proposed"})
    decide(proposal, first, status=ACCEPT, summary=ACCEPT)
    meanwhile(project, title="Another title")
    meanwhile(project, summary="Theirs")
    with pytest.raises(ledger.Refused, match="somebody changed: summary"):
        review.confirm(proposal, by=second, version=2, seen=3)
    review.return_to_first(proposal, by=second, version=2, reason="Look at the summary again")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decisions, proposal.taken_by) == ("waiting", {}, first)
    assert "Look at the summary again" not in str(review.state_of(proposal.reference))


def test_an_editor_who_may_not_see_exact_places_has_none_shown_more_exactly():
    site = make_site(exact=("47.1", "41.1"), precision_chosen="10km")
    proposal = make_proposal(site, proposed={"precision_chosen": "exact"})
    with pytest.raises(ledger.Refused, match="exact places"):
        review.decide(proposal, by=somebody(), version=1, seen=site.version, verdicts={"precision_chosen": ACCEPT})
    assert Site.objects.get(pk=site.pk).precision == "10km"
