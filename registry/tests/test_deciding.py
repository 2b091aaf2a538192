"""Deciding about proposals: once, by somebody else, on what the record says now, and undone like any change."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from registry import ledger, review, versions
from registry.models import Change, Citation, Origin, Project, Proposal, ProposalKind, ProposalState, Site, State
from registry.review import Citing, Kind, Verdict
from registry.tests.admin.forms import sign_in
from registry.tests.make import make_budget, make_project, make_region, make_site, make_source, make_user

pytestmark = pytest.mark.django_db
ACCEPT = Verdict(Kind.ACCEPT)


def somebody(group="Editors", **given):
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
    stored = Proposal.objects.get(pk=proposal.pk)
    entry = Project.objects.filter(pk=proposal.code).first()
    seen = seen or (entry.version if entry else None)
    return review.decide(proposal, by=by, version=stored.version, seen=seen, verdicts=verdicts)


def meanwhile(entry, **changes):
    stored = type(entry).objects.get(pk=entry.pk)
    for name, value in changes.items():
        setattr(stored, name, value)
    with ledger.batch(by=None, reason="Somebody was faster") as batch:
        batch.save(stored, expected=stored.version)


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


def test_an_editor_who_may_not_see_exact_places_has_none_shown_more_exactly():
    site = make_site(exact=("47.1", "41.1"), precision_chosen="10km")
    proposal = make_proposal(site, proposed={"precision_chosen": "exact"})
    with pytest.raises(ledger.Refused, match="exact places"):
        review.decide(proposal, by=somebody(), version=1, seen=site.version, verdicts={"precision_chosen": ACCEPT})
    assert Site.objects.get(pk=site.pk).precision == "10km"
