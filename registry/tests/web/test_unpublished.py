"""What is not published is not there: no page, no list, no count, no relation, no filter tells of it."""

import pytest

from registry import ledger
from registry.models import (
    ENTRIES,
    Citation,
    Event,
    Funding,
    Initiative,
    Organisation,
    Project,
    ProjectParticipation,
    Region,
    Source,
    State,
    Statement,
)
from registry.tests.make import (
    MAKERS,
    make_event,
    make_organisation,
    make_project,
    make_region,
    make_source,
    make_statement,
)
from registry.tests.rows import row_of
from registry.tests.web.page import read
from registry.web.home import latest, tally

pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
SECRET = "Quxoprane"


@pytest.fixture
def hidden():
    """Makes a record that is not public, of every other noun one in review, with a name that must not be seen."""

    def make(model, **given):
        entry = MAKERS[model](title=f"{SECRET} {model.noun}", state=State.DRAFT, **given)
        if ENTRIES.index(model) % 2:
            entry.state = State.IN_REVIEW
            with ledger.batch(by=None, reason=f"{SECRET} reason") as batch:
                batch.save(entry, expected=entry.version)
        return entry

    return make


@nouns
def test_a_record_that_is_not_public_is_as_unknown_as_one_that_never_was(client, model, hidden):
    entry = hidden(model)
    unused = f"{model.prefix}-9999"
    for address in (entry.get_absolute_url(), f"/api/v1/{model.slug}/{entry.pk}/"):
        there, never = client.get(address), client.get(address.replace(entry.pk, unused))
        assert there.status_code == never.status_code == 404
        assert there.content.decode().replace(entry.pk, unused) == never.content.decode()


@nouns
def test_a_record_that_is_not_public_is_in_no_list_no_count_and_no_history(client, model, hidden):
    entry = hidden(model)
    for address in (f"/{model.slug}/", f"/api/v1/{model.slug}/", "/"):
        assert SECRET not in client.get(address).content.decode()
    page = client.get(f"/{model.slug}/").context_data
    assert (page["count"], page["total"], list(page["page_obj"]), page["pins"]) == (0, 0, [], [])
    assert [option for facet in page["facets"] for option in facet.options if option.count] == []
    assert client.get("/search/", {"q": SECRET}).context_data["count"] == 0
    assert entry.pk not in {change.entry_url for change in latest()}
    assert tally()[0].count == 0


def related_to_hidden(model, hidden):
    """A public record of the noun, each of its relations leading to something that is not."""
    given = {}
    for field in model.entry_relations():
        if (model, field.name) != (Funding, "initiative"):  # a line is for one thing
            made = hidden(field.related_model)
            given[field.name] = [made] if field.many_to_many else made
    for name, child in zip(model.children, model.children_models(), strict=True):
        if child is not Citation and child.shown_through:
            given[name] = [row_of(child, hidden)]
    if model.needs_citation:
        cited = Citation(source=hidden(Source), locator=f"{SECRET} page", note=f"{SECRET} note")
        given["citations"] = [Citation(source=make_source(), locator="page 1"), cited]
    return MAKERS[model](title="In the open", **given), given


@nouns
def test_a_relation_to_what_is_not_public_reads_as_absent(client, model, hidden):
    entry, given = related_to_hidden(model, hidden)
    plain = MAKERS[model](title="In the open")
    page = client.get(entry.get_absolute_url())
    assert page.status_code == 200 and SECRET not in page.content.decode()
    complete = page.context_data["completeness"]
    assert complete == client.get(plain.get_absolute_url()).context_data["completeness"]
    record, other = (client.get(f"/api/v1/{model.slug}/{e.pk}/").json() for e in (entry, plain))
    assert SECRET not in str(record)
    relations = set(given) - {"citations"}
    assert {name: record[name] for name in relations} == {name: other[name] for name in relations}
    assert len(record["citations"]) == len(other["citations"])
    assert record["completeness"] == other["completeness"]
    listed = client.get(f"/{model.slug}/")
    assert listed.context_data["count"] == 2 and SECRET not in listed.content.decode()


@nouns
def test_a_filter_by_what_is_not_public_says_there_is_no_such_record(client, model, hidden):
    _entry, given = related_to_hidden(model, hidden)
    for name, question in {"source": Source, "event": Event, "organisation": Organisation, "region": Region}.items():
        secret = hidden(question)
        for code in {secret.pk, *(e.pk for e in [given.get(name)] if e)}:
            answer = client.get(f"/api/v1/{model.slug}/", {name: code})
            if "parameter" in str(answer.json().get("errors", "")):
                continue
            assert answer.status_code == 400 and "There is no" in str(answer.json()["errors"][name])
            page = client.get(f"/{model.slug}/", {name: code}).context_data
            assert f"There is no {code} in the register. It was left out." in page["notices"]
            assert page["chips"] == []


@nouns
def test_has_and_missing_take_a_hidden_relation_for_none(client, model, hidden):
    entry, given = related_to_hidden(model, hidden)
    for name in set(given) - {"citations"}:
        assert entry.pk not in codes(client, model, has=name)
        assert entry.pk in codes(client, model, missing=name)


def codes(client, model, **asked):
    return {record["code"] for record in client.get(f"/api/v1/{model.slug}/", asked).json()["results"]}


def test_nothing_near_a_public_record_tells_of_hidden_ones(client, hidden):
    place, body, event, source = make_region(), make_organisation(), make_event(), make_source()
    cited = [Citation(source=source, locator=f"{SECRET} page")]
    project = make_project(regions=[place], event=event, citations=[Citation(source=source, locator="page 1")])
    row = ProjectParticipation(organisation=body, role="owner")
    hidden(Project, regions=[place], event=event, participations=[row], citations=cited)
    hidden(Initiative, regions=[place], event=event, citations=cited)
    hidden(Event, part_of=event, organiser=body, region=place)
    hidden(Region, parent=place)
    hidden(Statement, about=[project.pk], affiliation=body, event=event)
    for entry in (place, body, event, source, project):
        page = client.get(entry.get_absolute_url())
        assert SECRET not in page.content.decode()
        near = [link for group in page.context_data["related"] for link in group.entries]
        assert {link.title for link in near} <= {"A restoration"}


def test_two_projects_in_the_same_hidden_place_are_not_related(client, hidden):
    place, event = hidden(Region), hidden(Event)
    first = make_project(title="First", regions=[place], event=event)
    make_project(title="Second", regions=[place], event=event)
    assert client.get(first.get_absolute_url()).context_data["related"] == []


def test_a_hidden_place_between_two_public_ones_keeps_them_apart(client, hidden):
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    between = hidden(Region, parent=country)
    place = make_region(title="Sheki", parent=between)
    project = make_project(regions=[place])
    for asked in ({"region": country.pk}, {"country": "AZ"}):
        assert codes(client, Project, **asked) == set()
        assert place.pk not in codes(client, Region, **asked)
    assert codes(client, Project, region=place.pk) == {project.pk}
    page = read(client, place.get_absolute_url())
    assert "Azerbaijan" not in page.text and SECRET not in page.html
    assert not client.get(country.get_absolute_url()).context_data["related"]


@nouns
def test_a_withdrawn_record_is_gone_with_its_reason_and_from_everything_else(client, model):
    why = "Entered twice by mistake"
    entry = MAKERS[model](title="Taken back")
    with ledger.batch(by=None, reason="A duplicate") as batch:
        batch.withdraw(entry, expected=entry.version, why=why)
    page = client.get(entry.get_absolute_url())
    assert page.status_code == 410 and why in page.content.decode() and "Taken back" not in page.content.decode()
    record = client.get(f"/api/v1/{model.slug}/{entry.pk}/")
    assert record.status_code == 410 and record.json()["detail"] == why
    for address in [f"/{model.slug}/", f"/api/v1/{model.slug}/", "/search/?q=taken"]:
        assert "Taken back" not in client.get(address).content.decode()
    assert entry.get_absolute_url() not in read(client, "/").links


def test_records_withdrawn_together_are_named_by_code_alone(client):
    entries = [make_project(title="Taken back"), make_event(title="Taken back")]
    with ledger.batch(by=None, reason="Entered twice") as batch:
        for entry in entries:
            batch.withdraw(entry, expected=entry.version, why="Entered twice")
    page = read(client, "/")
    assert "Taken back" not in page.html and "Entered twice" in page.text


def test_a_withdrawn_subject_is_no_longer_shown_on_the_page_of_a_statement(client):
    project = make_project(title="Taken back")
    statement = make_statement(about=[project.pk])
    with ledger.batch(by=None, reason="A duplicate") as batch:
        batch.withdraw(project, expected=project.version, why="Entered twice")
    assert "Taken back" not in read(client, statement.get_absolute_url()).html
