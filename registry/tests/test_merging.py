"""Merging: everything leads to the kept record, nothing is lost, and one undo parts the two again."""

import pytest

from registry import ledger, versions
from registry.models import (
    Action,
    Change,
    Citation,
    Contact,
    ExactPlace,
    Observation,
    Project,
    ProjectParticipation,
    Proposal,
    ProposalKind,
    Region,
    Site,
    Source,
    State,
    Statement,
)
from registry.tests.make import (
    make_budget,
    make_contact,
    make_observation,
    make_organisation,
    make_project,
    make_region,
    make_site,
    make_source,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db


def merge(lost, kept, taken=None):
    again = [type(entry).objects.get(pk=entry.pk) for entry in (lost, kept)]
    seen = (again[0].version, again[1].version)
    return ledger.merge(again[0], into=again[1], by=None, reason="The same", expected=seen, taken=taken)


def snapshots(*entries):
    return [versions.snapshot(type(entry).objects.get(pk=entry.pk)) for entry in entries]


def test_the_kept_record_holds_the_names_places_citations_and_roles_of_both_without_doubles():
    place, body, source = make_region(), make_organisation(), make_source()
    cited = Citation(source=source, locator="row 1", fields=["status"])
    kept = make_project(title="Şəki", status="completed", citations=[cited])
    role = ProjectParticipation(organisation=body, role="funding")
    more = [Citation(source=source, locator="row 1", fields=["title", "regions"]), Citation(source=source, locator="2")]
    lost = make_project(title="Sheki", summary="Words.", regions=[place], citations=more, participations=[role])
    merge(lost, kept)
    kept.refresh_from_db()
    assert (kept.title, kept.summary, kept.status) == ("Şəki", "Words.", "completed")
    assert kept.other_names == [{"name": "Sheki", "language": "", "note": ""}]
    assert list(kept.regions.all()) == [place] and kept.participations.get().organisation == body
    cited = {(c.locator, tuple(c.fields)) for c in kept.citations.all()}
    assert cited == {("row 1", ("regions", "status", "title")), ("2", ())}


def test_the_chosen_values_of_the_lost_record_win():
    kept, lost = make_project(title="Old", summary="Mine."), make_project(title="New", summary="Theirs.")
    merge(lost, kept, taken=["title"])
    kept.refresh_from_db()
    assert (kept.title, kept.summary, kept.other_names[0]["name"]) == ("New", "Mine.", "Old")


def test_everything_that_pointed_to_the_lost_record_points_to_the_kept_one_and_an_undo_leads_it_back():
    kept, lost, user = make_region(title="Baku"), make_region(title="Bakı"), make_user()
    user.regions.add(lost)
    part, budget = make_region(parent=lost), make_budget(region=lost)
    project, words = make_project(regions=[lost, kept]), make_statement(about=[lost.pk])
    contact = make_contact(lost.pk)
    proposal = Proposal(kind=ProposalKind.CHANGE, entry_type="region", code=lost.pk, title="A name")
    ledger.put(proposal)
    everything = (kept, lost, part, budget, project, words)
    before = snapshots(*everything)
    done = merge(lost, kept)
    assert set(done.led) == {part.pk, budget.pk, project.pk, words.pk}
    for entry in everything[2:]:
        entry.refresh_from_db()
    assert part.parent == budget.region == kept and list(project.regions.all()) == [kept] and words.about == [kept.pk]
    assert Contact.objects.get(pk=contact.pk).duties.get().code == kept.pk
    assert list(user.regions.all()) == [kept] and Proposal.objects.get(pk=proposal.pk).code == kept.pk
    undone = ledger.undo(done.batch, by=None, reason="They are two")
    assert undone.kept == []
    assert snapshots(*everything) == before
    assert Contact.objects.get(pk=contact.pk).duties.get().code == lost.pk
    assert list(user.regions.all()) == [lost] and Proposal.objects.get(pk=proposal.pk).code == lost.pk


def test_a_source_is_merged_with_all_that_cites_it():
    kept, lost = make_source(title="Report"), make_source(title="The report")
    project = make_project(citations=[Citation(source=s, locator="page 1") for s in (kept, lost)])
    done = merge(lost, kept)
    assert [c.source for c in Project.objects.get(pk=project.pk).citations.all()] == [kept]
    ledger.undo(done.batch, by=None, reason="They are two")
    assert {c.source.pk for c in project.citations.all()} == {kept.pk, lost.pk}
    assert Source.objects.get(pk=lost.pk).is_public


def test_an_undo_keeps_what_was_edited_after_the_merge_and_says_so():
    kept, lost, place = make_project(title="A"), make_project(title="B", summary="Words."), make_region()
    done = merge(lost, kept)
    kept.refresh_from_db()
    kept.summary = "Better words."
    with ledger.batch(by=None, reason="Corrected") as batch:
        batch.save(kept, expected=kept.version, related={"regions": [place]})
    undone = ledger.undo(done.batch, by=None, reason="They are two")
    kept.refresh_from_db()
    assert (kept.summary, kept.other_names, list(kept.regions.all())) == ("Better words.", [], [place])
    assert any("summary" in said for said in undone.kept)
    assert Project.objects.get(pk=lost.pk).is_public


def test_a_merged_record_leads_on_in_pages_and_api_and_ends_with_the_kept_one(client):
    first, second, third = (make_project(title=name) for name in "ABC")
    merge(first, second)
    merge(second, third)
    assert Project.objects.get(pk=first.pk).merged_into == third.pk
    for entry in (first, second):
        answer = client.get(f"/projects/{entry.pk}/?x=1")
        assert (answer.status_code, answer["Location"]) == (301, f"/projects/{third.pk}/?x=1")
        answer = client.get(f"/api/v1/projects/{entry.pk}/?fields=title")
        assert answer.status_code == 301 and answer["Content-Type"] == "application/problem+json"
        assert answer["Location"].endswith(f"/api/v1/projects/{third.pk}/?fields=title")
    third.refresh_from_db()
    with ledger.batch(by=None, reason="Gone") as batch:
        batch.withdraw(third, expected=third.version, why="It never happened")
    for address in (f"/projects/{first.pk}/", f"/api/v1/projects/{first.pk}/"):
        answer = client.get(address)
        assert answer.status_code == 410 and "It never happened" in answer.content.decode()


def test_a_merged_draft_is_as_unknown_as_ever_and_comes_back_with_an_undo(client):
    kept, lost = make_project(title="A"), make_project(title="B", state=State.DRAFT)
    words = make_statement(about=[lost.pk], state=State.DRAFT)
    done = merge(lost, kept)
    for address in ("/projects/{}/", "/api/v1/projects/{}/"):
        assert client.get(address.format(lost.pk)).status_code == client.get(address.format("PRJ-9999")).status_code
    assert Statement.objects.get(pk=words.pk).about == [kept.pk]
    ledger.undo(done.batch, by=None, reason="They are two")
    assert Project.objects.get(pk=lost.pk).state == State.DRAFT


def test_a_merged_record_is_not_edited_and_not_published_again():
    kept, lost = make_project(title="A"), make_project(title="B")
    merge(lost, kept)
    lost.refresh_from_db()
    assert Change.objects.of(lost.pk).first().action == Change.objects.of(kept.pk).first().action == Action.MERGED
    with pytest.raises(ledger.Refused, match="Undo the merge"), ledger.batch(by=None, reason="x") as batch:
        batch.publish(lost, expected=lost.version)


def test_what_cannot_become_one_is_refused_and_nothing_is_written():
    country = make_region(title="Country", kind="country")
    city, draft = make_region(title="City", parent=make_region(parent=country)), make_region(state=State.DRAFT)
    project = make_project()
    numbers = Change.objects.count()
    for lost, kept, words in (
        (country, country, "into itself"),
        (country, city, "belongs to"),
        (country, project, "same kind"),
        (city, draft, "known to the public"),
    ):
        with pytest.raises(ledger.Refused, match=words):
            merge(lost, kept)
    assert Region.objects.get(pk=city.pk).is_public and Change.objects.count() == numbers
    with pytest.raises(ledger.EditConflict):
        ledger.merge(city, into=country, by=None, reason="x", expected=(city.version, country.version + 1))


def test_a_part_is_merged_into_the_place_around_it_and_gives_it_its_iso_code():
    country = make_region(title="Country", kind="country")
    double = make_region(title="The country", kind="country", parent=country, iso_code="AZ")
    done = merge(double, country)
    country.refresh_from_db()
    assert (country.iso_code, country.parent) == ("AZ", None)
    ledger.undo(done.batch, by=None, reason="They are two")
    assert Region.objects.get(pk=double.pk).iso_code == "AZ"


def test_the_exact_place_goes_over_unless_both_have_one():
    kept, lost = make_site(title="A"), make_site(title="B", exact=("47.1", "41.2"))
    look = make_observation(site=lost)
    done = merge(lost, kept)
    assert ExactPlace.objects.get().pk == kept.pk and Site.objects.get(pk=kept.pk).longitude is not None
    assert Site.objects.get(pk=lost.pk).longitude is None and Observation.objects.get(pk=look.pk).site == kept
    assert ledger.undo(done.batch, by=None, reason="They are two").kept == []
    assert ExactPlace.objects.get().pk == lost.pk and Site.objects.get(pk=lost.pk).longitude is not None
    with pytest.raises(ledger.Refused, match="Both sites"):
        merge(lost, make_site(exact=("47.1", "41.2")))
