"""Deciding about new records, drafts, questions, spam, records that are gone, and what several people ask for."""

import pytest
from django.core.exceptions import ValidationError

from registry import ledger, review
from registry.models import Citation, Project, Proposal, ProposalKind, ProposalState, State
from registry.review import Citing, Kind, Verdict
from registry.tests.make import make_project, make_source
from registry.tests.proposals import ACCEPT, decide, make_proposal, somebody

pytestmark = pytest.mark.django_db


def test_a_new_record_is_a_draft_with_what_was_accepted_unless_it_is_published_at_once():
    source, editor = make_source(), somebody()
    values = {"title": "A mosque restored", "summary": "What it is", "scope": "single"}
    proposal = make_proposal(kind=ProposalKind.NEW, proposed=values)
    with pytest.raises(ledger.Refused, match="made once"):
        decide(proposal, editor, title=ACCEPT)
    decline = Verdict(Kind.DECLINE, reason="Not known")
    done = decide(proposal, editor, title=ACCEPT, summary=ACCEPT, scope=decline)
    made = Project.objects.get(pk=done.code)
    assert (made.title, made.summary, made.scope, made.state, done.state) == (
        "A mosque restored",
        "What it is",
        "",
        State.DRAFT,
        "partly",
    )
    other = make_proposal(kind=ProposalKind.NEW, proposed={"title": "Another"})
    at_once = {"by": editor, "version": 1, "verdicts": {"title": ACCEPT}, "publish": True}
    with pytest.raises(ValidationError):
        review.decide(other, **at_once)
    assert Project.objects.count() == 1
    review.decide(other, **at_once, citation=Citing(source.pk, "page 1"))
    assert Project.objects.get(title="Another").is_public


def test_what_a_new_record_cannot_do_without_the_reviewer_adds():
    proposal = make_proposal(kind=ProposalKind.NEW, entry_type="initiative", proposed={"title": "A campaign"})
    added = {"title": ACCEPT, "kind": Verdict(Kind.EDIT, value="campaign")}
    assert review.decide(proposal, by=somebody(), version=1, verdicts=added).state == "accepted"


def test_those_who_asked_for_the_same_hear_the_same(django_capture_on_commit_callbacks, mailoutbox):
    project = make_project()
    proposal = make_proposal(project, email="first@example.org")
    other = make_proposal(project, email="second@example.org", folded_into=proposal)
    with django_capture_on_commit_callbacks(execute=True):
        stored = Proposal.objects.get(pk=proposal.pk)
        review.decide(stored, by=somebody(), version=1, seen=1, verdicts={"summary": ACCEPT}, message="Thank you")
    for reference in (proposal.reference, other.reference):
        followed = review.state_of(reference)
        assert followed.state == "accepted" and [step.text for step in followed.conversation] == ["Thank you"]
        assert followed.fields[0].verdict == "accept"
    assert sorted(to for mail in mailoutbox for to in mail.to) == ["first@example.org", "second@example.org"]


def test_a_question_waits_for_its_answer_and_comes_back_to_whoever_asked():
    proposal, editor = make_proposal(make_project()), somebody()
    decide(proposal, editor, summary=Verdict(Kind.ASK, reason="Where does it say so?"))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decisions) == ("asked", {})
    review.answer(proposal.reference, "On page 4")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.taken_by) == ("waiting", editor)


@pytest.mark.parametrize("end", ["withdrawn", "deleted"])
def test_a_record_that_is_gone_says_so_and_the_proposal_can_still_be_declined(end):
    entry = make_project(state=State.DRAFT) if end == "deleted" else make_project()
    proposal, editor = make_proposal(entry), somebody()
    with ledger.batch(by=None, reason="For a test") as batch:
        stored = Project.objects.get(pk=entry.pk)
        if end == "deleted":
            batch.delete(stored, expected=1)
        else:
            batch.withdraw(stored, expected=1, why="A duplicate")
    with pytest.raises(review.RecordGone, match="no longer" if end == "deleted" else "withdrawn"):
        decide(proposal, editor, summary=ACCEPT)
    assert review.decline(proposal, by=editor, version=1, reason="It is gone").state == "declined"


def test_a_draft_is_published_or_goes_back_to_its_author():
    contributor, editor = somebody("Contributors"), somebody()
    cited = [Citation(source=make_source(), locator="page 1")]
    for wanted in (State.PUBLISHED, State.DRAFT):
        draft = make_project(state=State.DRAFT, citations=cited)
        draft.state = State.IN_REVIEW
        with ledger.batch(by=contributor, reason="Ready") as batch:
            batch.save(draft, expected=1)
            reference = review.send(draft, by=contributor).reference
        proposal = Proposal.objects.get(reference=reference)
        if wanted == State.PUBLISHED:
            review.decide(proposal, by=editor, version=1, seen=2, publish=True)
        else:
            review.decline(proposal, by=editor, version=1, seen=2, reason="Add the year")
        proposal.refresh_from_db()
        assert Project.objects.get(pk=draft.pk).state == wanted
        assert proposal.state == ("accepted" if wanted == State.PUBLISHED else "declined")


def test_what_is_held_as_spam_waits_for_the_word_that_it_is_none():
    proposal, editor = make_proposal(make_project(), state=ProposalState.HELD), somebody()
    with pytest.raises(review.AlreadyDecided, match="spam"):
        decide(proposal, editor, summary=ACCEPT)
    review.release(proposal, by=editor, version=1)
    assert Proposal.objects.open().filter(pk=proposal.pk).exists()
    review.hold(proposal, by=editor, version=2)
    assert not Proposal.objects.open().filter(pk=proposal.pk).exists()


def test_a_proposal_follows_its_record_into_another_and_is_looked_at_anew():
    lost, kept, editor = make_project(title="Old mill"), make_project(title="The old mill"), somebody()
    proposal = make_proposal(lost)
    second = make_proposal(lost, proposed={"status": "completed"})
    decide(second, editor, status=ACCEPT)
    ledger.merge(lost, into=kept, by=None, reason="The same", expected=(1, 1))
    now = Project.objects.get(pk=kept.pk)
    with pytest.raises(ledger.ChangedMeanwhile):
        review.decide(proposal, by=editor, version=1, seen=now.version, verdicts={"summary": ACCEPT})
    second.refresh_from_db()
    with pytest.raises(ledger.Refused, match="somebody changed: status"):
        review.confirm(second, by=somebody("Publishers"), version=second.version, seen=now.version)
    assert decide(proposal, editor, summary=ACCEPT).code == kept.pk
    assert Project.objects.get(pk=kept.pk).summary == "Proposed"
