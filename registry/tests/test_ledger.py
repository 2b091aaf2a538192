"""The ledger: whole or nothing, nothing lost, everything can be seen and taken back."""

import pytest
from django.core.exceptions import ValidationError

from registry import ledger, public, versions
from registry.models import Change, Citation, Project, ProjectParticipation, Region, State
from registry.tests.make import make_organisation, make_project, make_region, make_source, make_statement, make_user

pytestmark = pytest.mark.django_db


def edit(project, by=None, reason="An edit", related=None, expected=None, **changes):
    for name, value in changes.items():
        setattr(project, name, value)
    with ledger.batch(by=by, reason=reason) as batch:
        batch.save(project, expected=expected or project.version, related=related)
    return batch


def test_a_change_says_who_why_and_what_it_was_before():
    editor, project = make_user(), make_project(title="Old")
    edit(project, by=editor, reason="The source was corrected", title="New")
    change = Change.objects.of(project.pk).first()
    assert (change.by, change.reason, change.version) == (editor, "The source was corrected", 2)
    assert (change.before, change.after) == ({"title": "Old"}, {"title": "New"})


def test_relations_and_citations_are_part_of_the_history():
    baku, body, source = make_region(title="Baku"), make_organisation(), make_source()
    project = make_project()
    edit(
        project,
        related={
            "regions": [baku],
            "participations": [ProjectParticipation(organisation=body, role="funding")],
            "citations": [Citation(source=source, locator="table 2", fields=["regions"])],
        },
    )
    change = Change.objects.of(project.pk).first()
    assert change.before["regions"] == [] and change.after["regions"] == [baku.pk]
    assert change.after["participations"] == [{"organisation": body.pk, "role": "funding"}]
    assert [c["locator"] for c in change.before["citations"]] == ["page 1"]
    assert change.after["citations"] == [{"source": source.pk, "locator": "table 2", "fields": ["regions"], "note": ""}]


def test_a_save_that_changes_nothing_leaves_no_change():
    project = make_project()
    edit(project)
    assert Change.objects.of(project.pk).count() == 1
    assert Project.objects.get(pk=project.pk).version == 1


def test_another_order_of_chosen_codes_is_no_change():
    source = make_source()
    project = make_project(
        heritage_types=["urban", "museum"],
        citations=[Citation(source=source, locator="p. 1", fields=["title", "status"])],
    )
    edit(
        project,
        heritage_types=["museum", "urban"],
        related={"citations": [Citation(source=source, locator="p. 1", fields=["status", "title"])]},
    )
    assert Change.objects.of(project.pk).count() == 1


def test_the_second_of_two_editors_meets_a_conflict_with_all_three_sides():
    project = make_project(title="Before")
    mine, theirs = Project.objects.get(pk=project.pk), Project.objects.get(pk=project.pk)
    edit(theirs, title="Theirs")
    with pytest.raises(ledger.EditConflict) as conflict:
        edit(mine, title="Mine")
    sides = conflict.value
    assert (sides.before["title"], sides.theirs["title"], sides.mine["title"]) == ("Before", "Theirs", "Mine")
    assert Project.objects.get(pk=project.pk).title == "Theirs"


def test_a_save_that_does_not_say_where_it_started_is_refused():
    project = make_project()
    project.title = "New"
    with pytest.raises(ledger.VersionMissing), ledger.batch(by=None, reason="x") as batch:
        batch.save(project)


def test_one_broken_rule_takes_the_whole_batch_back():
    first, second = make_project(title="First"), make_project(title="Second")
    before = Change.objects.revision()
    first.title, second.status = "Changed", "no such status"
    with pytest.raises(ValidationError), ledger.batch(by=None, reason="x") as batch:
        batch.save(first, expected=first.version)
        batch.save(second, expected=second.version)
    assert Project.objects.get(pk=first.pk).title == "First"
    assert Change.objects.revision() == before


def test_publishing_needs_a_citation_with_a_locator_of_a_published_source():
    for citations in (
        [],
        [Citation(source=make_source(), locator="")],
        [Citation(source=make_source(state=State.DRAFT), locator="page 1")],
    ):
        with pytest.raises(ValidationError, match="locator"):
            make_project(citations=citations)


def test_the_last_citation_of_a_published_record_stays():
    project = make_project()
    with pytest.raises(ValidationError, match="locator"):
        edit(project, related={"citations": []})
    assert project.citations.count() == 1


def test_saving_a_record_that_was_read_for_the_public_keeps_what_the_public_does_not_see():
    unseen = Citation(source=make_source(state=State.DRAFT), locator="page 7")
    project = make_project(citations=[Citation(source=make_source(), locator="page 1"), unseen])
    edit(public.records(Project).get(pk=project.pk), title="New")
    assert Change.objects.of(project.pk).first().after == {"title": "New"}
    assert {citation.locator for citation in project.citations.all()} == {"page 1", "page 7"}


def test_a_withdrawal_needs_a_reason():
    project = make_project()
    with pytest.raises(ValidationError), ledger.batch(by=None, reason="x") as batch:
        batch.withdraw(project, expected=1, why="  ")


def test_what_was_public_cannot_be_deleted():
    project = make_project()
    with pytest.raises(ledger.Refused, match="Withdraw"), ledger.batch(by=None, reason="x") as batch:
        batch.delete(project, expected=1)


@pytest.mark.parametrize("use", ["a region of a project", "a region of an account", "what a statement is about"])
def test_a_draft_that_something_points_to_is_not_deleted(use):
    draft = make_region(title="Draft", state=State.DRAFT)
    if use == "a region of a project":
        make_project(regions=[draft])
    elif use == "a region of an account":
        make_user().regions.add(draft)
    else:
        make_statement(about=[draft.pk], state=State.DRAFT)
    with pytest.raises(ledger.Refused, match="still used"), ledger.batch(by=None, reason="x") as batch:
        batch.delete(draft, expected=1)
    assert Region.objects.filter(pk=draft.pk).exists()


def test_a_source_that_published_records_stand_on_is_not_withdrawn():
    source = make_source()
    project = make_project(citations=[Citation(source=source, locator="page 1")])
    with pytest.raises(ledger.Refused, match=project.pk), ledger.batch(by=None, reason="x") as batch:
        batch.withdraw(source, expected=1, why="A forgery")
    edit(project, related={"citations": [Citation(source=make_source(), locator="page 2")]})
    with ledger.batch(by=None, reason="x") as batch:
        batch.withdraw(source, expected=1, why="A forgery")


def test_a_refused_save_leaves_nothing_behind_in_a_batch_that_goes_on():
    project, other = make_project(title="Old"), make_project()
    with ledger.batch(by=None, reason="x") as batch:
        project.title = "New"
        with pytest.raises(ValidationError, match="locator"):
            batch.save(project, expected=1, related={"citations": []})
        other.title = "Renamed"
        batch.save(other, expected=1)
    stored = Project.objects.get(pk=project.pk)
    assert (stored.title, stored.version, stored.citations.count()) == ("Old", 1, 1)


def test_undoing_a_publication_withdraws_what_people_may_have_cited():
    project = make_project(state=State.DRAFT, citations=[Citation(source=make_source(), locator="page 1")])
    with ledger.batch(by=None, reason="Ready") as batch:
        batch.publish(project, expected=1)
    ledger.undo(batch.id, by=None, reason="Published too early")
    again = Project.objects.get(pk=project.pk)
    assert (again.state, again.withdrawn_reason) == (State.WITHDRAWN, "Published too early")


@pytest.mark.parametrize("reason", ["  ", "x" * 501, "Right-to-left \u202e override"])
def test_a_reason_that_nobody_could_read_is_refused(reason):
    with pytest.raises(ledger.Refused), ledger.batch(by=None, reason=reason):
        pass


def test_a_code_is_never_used_again():
    draft = make_project(state=State.DRAFT)
    with ledger.batch(by=None, reason="x") as batch:
        batch.delete(draft, expected=1)
    assert make_project().pk != draft.pk


def test_undo_gives_the_state_before():
    baku = make_region(title="Baku")
    project = make_project(title="Old", regions=[baku])
    batch = edit(
        project, title="New", related={"regions": [], "citations": [Citation(source=make_source(), locator="p. 9")]}
    )
    undone = ledger.undo(batch.id, by=None, reason="It was a mistake")
    again = Project.objects.get(pk=project.pk)
    assert (again.title, list(again.regions.all())) == ("Old", [baku])
    assert [c.locator for c in again.citations.all()] == ["page 1"]
    assert undone.taken_back == [project.pk] and undone.kept == []


def test_undo_keeps_what_was_changed_later_and_says_so():
    project = make_project(title="Old", summary="Old words")
    batch = edit(project, title="New", summary="New words")
    edit(project, title="Newest")
    undone = ledger.undo(batch.id, by=None, reason="It was a mistake")
    again = Project.objects.get(pk=project.pk)
    assert (again.title, again.summary) == ("Newest", "Old words")
    assert [project.pk in kept and "title" in kept for kept in undone.kept] == [True]


def test_undo_of_a_new_draft_deletes_it_and_undo_of_that_brings_it_back():
    with ledger.batch(by=None, reason="New") as made:
        draft = Project(title="A draft")
        made.save(draft, related={"citations": [Citation(source=make_source(), locator="page 3")]})
    ledger.undo(made.id, by=None, reason="Not needed")
    assert not Project.objects.filter(pk=draft.pk).exists()
    deletion = Change.objects.of(draft.pk).first()
    ledger.undo(deletion.batch, by=None, reason="Needed after all")
    again = Project.objects.get(pk=draft.pk)
    assert again.title == "A draft" and again.citations.get().locator == "page 3" and again.version == 3


def test_undo_of_a_published_creation_withdraws_it():
    with ledger.batch(by=None, reason="New") as made:
        project = Project(title="Public")
        made.publish(project, related={"citations": [Citation(source=make_source(), locator="page 3")]})
    ledger.undo(made.id, by=None, reason="Entered twice")
    again = Project.objects.get(pk=project.pk)
    assert (again.state, again.withdrawn_reason) == (State.WITHDRAWN, "Entered twice")


def test_an_earlier_version_can_be_read_back():
    project = make_project(title="One")
    edit(project, title="Two")
    edit(project, title="Three", status="ongoing")
    assert versions.as_of(project, 1)["title"] == "One"
    assert versions.as_of(project, 2)["title"] == "Two"


def test_numbers_follow_one_another():
    start = Change.objects.revision()
    project = make_project()
    edit(project, title="New")
    assert list(Change.objects.filter(number__gt=start).order_by("number").values_list("number", flat=True)) == [
        start + 1,
        start + 2,
        start + 3,
    ]


def test_a_new_name_of_a_place_finds_the_projects_in_it():
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    place = make_region(title="Sheki", parent=country)
    project = make_project(title="Fortress", regions=[place])
    place.other_names = [{"name": "Şəki", "language": "az", "note": ""}]
    with ledger.batch(by=None, reason="The national spelling") as batch:
        batch.save(place, expected=place.version)
    found = Project.objects.matching("seki:* & azerb:*")
    assert list(found) == [project]


def test_a_draft_place_does_not_make_a_project_findable():
    place = make_region(title="Secretville", state=State.DRAFT)
    project = make_project(regions=[place])
    assert not Project.objects.matching("secretville:*").exists()
    with ledger.batch(by=None, reason="x") as batch:
        batch.publish(place, expected=1, related={"citations": [Citation(source=make_source(), locator="p. 1")]})
    assert list(Project.objects.matching("secretville:*")) == [project]


def test_a_place_cannot_lie_within_its_own_part():
    outer = make_region(title="Outer")
    inner = make_region(title="Inner", parent=outer)
    outer.parent = inner
    with pytest.raises(ValidationError, match="within itself"), ledger.batch(by=None, reason="x") as batch:
        batch.save(outer, expected=1)
    assert Region.objects.get(pk=outer.pk).parent is None
