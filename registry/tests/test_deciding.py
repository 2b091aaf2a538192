"""Deciding about proposals: once, by somebody else, on what the record says now, and undone like any change."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from registry import ledger, review, versions
from registry.models import Change, Origin, Project, Proposal, ProposalKind
from registry.review import Citing, Kind, Verdict
from registry.tests.make import make_project, make_region, make_source, make_user
from registry.tests.proposals import ACCEPT, decide, make_proposal, meanwhile, somebody

pytestmark = pytest.mark.django_db


def test_an_accepted_correction_is_one_change_with_its_credit_its_citation_and_an_undo():
    project, source = make_project(summary="Before"), make_source(title="A newer report")
    before = versions.snapshot(project)
    proposal = make_proposal(project, credit="A reader in Sheki")
    citing = Citing(source.pk, "page 9")
    review.decide(
        proposal, by=somebody(), version=1, seen=project.version, verdicts={"summary": ACCEPT}, citation=citing
    )
    proposal.refresh_from_db()
    project.refresh_from_db()
    change = Change.objects.of(project.pk).first()
    assert (project.summary, proposal.state, proposal.batch) == ("Proposed", "accepted", change.batch)
    assert (change.credit, change.action) == ("A reader in Sheki", "edited")
    cited = project.citations.get(source=source)
    assert (cited.locator, cited.fields) == ("page 9", ["summary"])
    ledger.undo(proposal.batch, by=None, reason="Undone")
    assert versions.snapshot(Project.objects.get(pk=project.pk)) == before


def test_each_field_has_its_verdict_and_what_is_left_stays_open():
    project = make_project()
    values = {"summary": "Proposed", "status_as_reported": "Finished", "dates_as_reported": "2020"}
    proposal, editor = make_proposal(project, proposed=values), somebody()
    edited = Verdict(Kind.EDIT, value="Better")
    decide(proposal, editor, summary=edited, status_as_reported=Verdict(Kind.DECLINE, reason="No source says so"))
    proposal.refresh_from_db()
    assert (proposal.state, set(proposal.decisions)) == ("waiting", {"summary", "status_as_reported"})
    with pytest.raises(review.NotProposed):
        decide(proposal, editor, summary=ACCEPT)
    first = proposal.batch
    proposal = decide(proposal, editor, dates_as_reported=ACCEPT)
    project.refresh_from_db()
    assert (project.summary, project.status_as_reported, project.dates_as_reported) == ("Better", "", "2020")
    assert (proposal.state, proposal.batch) == ("partly", first)
    ledger.undo(first, by=None, reason="Undone")
    project.refresh_from_db()
    assert (project.summary, project.dates_as_reported) == ("", "")


def test_declining_needs_a_reason_and_changes_nothing():
    project = make_project()
    proposal, editor = make_proposal(project), somebody()
    with pytest.raises(ledger.Refused, match="Say why"):
        decide(proposal, editor, summary=Verdict(Kind.DECLINE))
    review.decline(proposal, by=editor, version=1, reason="It says so already")
    proposal.refresh_from_db()
    project.refresh_from_db()
    assert (proposal.state, project.version) == ("declined", 1)
    followed = review.state_of(proposal.reference)
    assert followed.fields[0].reason == followed.conversation[0].text == "It says so already"


def test_deciding_twice_is_refused():
    project, one, other = make_project(), somebody(), somebody()
    proposal = make_proposal(project)
    decide(proposal, one, summary=ACCEPT)
    with pytest.raises(review.AlreadyDecided):
        review.decide(proposal, by=other, version=1, seen=1, verdicts={"summary": ACCEPT})
    assert Change.objects.of(project.pk).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_decides_and_the_other_is_told():
    project = make_project()
    proposal, editors, heard = make_proposal(project), [somebody(), somebody()], []
    ready = threading.Barrier(2)

    def work(editor):
        ready.wait()
        try:
            review.decide(proposal, by=editor, version=1, seen=1, verdicts={"summary": ACCEPT})
            heard.append("")
        except ledger.Refused as refusal:
            heard.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[editor]) for editor in editors]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(heard) == ["", "AlreadyDecided"]
    assert Change.objects.of(project.pk).count() == 2


def test_the_author_never_decides_even_with_every_right():
    boss = make_user()
    proposal = make_proposal(make_project(), by=boss, origin=Origin.CONTRIBUTOR)
    other = make_proposal(make_project())
    joined = make_proposal(make_project(), by=boss, folded_into=other)
    for asked, about in ((proposal, proposal), (other, joined)):
        with pytest.raises(review.NotYourOwn):
            decide(asked, boss, summary=ACCEPT)
        with pytest.raises(review.NotYourOwn):
            review.decline(asked, by=boss, version=1, reason="No")
        assert Proposal.objects.get(pk=about.pk).state == "waiting"


@pytest.mark.parametrize("group", ["Contributors", "Auditors", "Partners"])
def test_only_reviewers_decide(group):
    with pytest.raises(PermissionDenied):
        decide(make_proposal(make_project()), somebody(group), summary=ACCEPT)


def test_editors_decide_in_their_regions_alone_also_about_records_that_are_not_there_yet():
    here, there = make_region(title="Here"), make_region(title="There")
    editor = somebody()
    editor.regions.add(here)
    mine = make_proposal(kind=ProposalKind.NEW, proposed={"title": "New here", "regions": [here.pk]})
    theirs = make_proposal(kind=ProposalKind.NEW, proposed={"title": "New there", "regions": [there.pk]})
    also_theirs = make_proposal(make_project(regions=[there]))
    assert list(review.rights.visible(editor, Proposal.objects.all())) == [mine]
    for proposal, name in ((theirs, "title"), (also_theirs, "summary")):
        with pytest.raises(PermissionDenied):
            decide(proposal, editor, **{name: ACCEPT})
    assert decide(mine, editor, title=ACCEPT, regions=ACCEPT).state == "accepted"


def test_nobody_moves_a_record_out_of_their_own_regions():
    here, there = make_region(title="Here"), make_region(title="There")
    editor, project = somebody(), make_project(regions=[here])
    editor.regions.add(here)
    proposal = make_proposal(project, proposed={"regions": [there.pk]})
    with pytest.raises(ledger.Refused, match="leave your regions"):
        decide(proposal, editor, regions=ACCEPT)
    assert Proposal.objects.get(pk=proposal.pk).state == "waiting"


def test_accepting_needs_the_right_to_publish_the_noun():
    region = make_region(title="Named")
    proposal = make_proposal(region, proposed={"summary": "Proposed"})
    with pytest.raises(review.MayNotPublish):
        review.decide(proposal, by=somebody(), version=1, seen=1, verdicts={"summary": ACCEPT})
    assert review.decline(proposal, by=somebody(), version=1, reason="No source").state == "declined"


def test_nobody_decides_what_somebody_else_has_until_their_time_ran_out():
    proposal, one, other = make_proposal(make_project()), somebody(), somebody()
    review.take(proposal, one)
    for act in (lambda: review.take(proposal, other), lambda: decide(proposal, other, summary=ACCEPT)):
        with pytest.raises(review.TakenByAnother, match=one.username):
            act()
    proposal.refresh_from_db()
    proposal.taken_at = timezone.now() - timedelta(minutes=31)
    ledger.put(proposal, only=["taken_at"])
    assert review.take(proposal, other).taken_by == other
    review.give_back(proposal, other)
    assert decide(proposal, one, summary=ACCEPT).state == "accepted"


def test_nothing_is_overwritten_that_the_reviewer_has_not_seen():
    project = make_project(summary="Before")
    proposal, editor = make_proposal(project), somebody()
    meanwhile(project, summary="Theirs")
    with pytest.raises(ledger.EditConflict):
        decide(proposal, editor, seen=1, summary=ACCEPT)
    (side,) = review.sides(proposal)
    assert (side.before, side.now, side.proposed, side.changed_meanwhile) == ("Before", "Theirs", "Proposed", True)
    decide(proposal, editor, seen=2, summary=ACCEPT)
    assert Project.objects.get(pk=project.pk).summary == "Proposed"
