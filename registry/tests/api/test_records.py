"""A record: the public fields in the order of the page, unknown as null, relations as links, drafts absent."""

import pytest

from registry import ledger, public
from registry.api.urls import VIEWSETS
from registry.models import ENTRIES, Citation, ProjectParticipation, State
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_event,
    make_organisation,
    make_project,
    make_region,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db

FIRST = ["code", "url", "html_url", "title", "other_names", "translations", "summary"]
LAST = ["citations", "completeness", "updated_at", "version"]


def read(client, entry):
    answer = client.get(f"/api/v1/{entry.slug}/{entry.pk}/")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_record_holds_the_public_fields_in_their_order_and_nothing_else(client, model):
    own = ["source_url" if name == "url" else name for name in public.fields(model)]
    if "gap_basis" in own:
        own.insert(own.index("gap_basis") + 1, "gap_amount")
    if "file_name" in own:
        own[own.index("file_name") :] = ["file"]
    assert list(read(client, MAKERS[model]())) == [*FIRST, *own, *LAST]


def test_every_noun_has_its_collection(client):
    assert {viewset.serializer_class.model for viewset in VIEWSETS} == set(ENTRIES)
    listed = {found["name"]: found["url"] for found in client.get("/api/v1/").json()["collections"]}
    assert list(listed) == [model.slug for model in ENTRIES]
    assert all(client.get(url).status_code == 200 for url in listed.values())


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_what_is_not_stated_is_null_and_never_empty_or_zero(client, model):
    record = read(client, MAKERS[model]())
    assert record.pop("translations") == {}
    stated = record.values()
    assert "" not in stated and 0 not in stated and {} not in stated
    assert record["summary"] is None


def test_relations_are_links_and_dates_say_what_they_can_mean(client):
    place, body = make_region(title="Baku"), make_organisation(title="A ministry")
    project = make_project(
        regions=[place],
        event=make_event(title="A forum"),
        dates="2020-11-20?",
        heritage_types=["site", "urban"],
        participations=[ProjectParticipation(organisation=body, role="funding")],
        other_names=[{"name": "Bakı", "language": "az", "note": ""}],
    )
    record = read(client, project)
    link = {"code": place.pk, "title": "Baku", "url": f"http://testserver/api/v1/regions/{place.pk}/"}
    assert record["regions"] == [link]
    assert record["event"]["title"] == "A forum"
    assert record["participations"][0]["organisation"]["code"] == body.pk
    assert record["participations"][0]["role"] == "funding"
    assert record["dates"] == {"edtf": "2020-11-20?", "earliest": "2020-11-20", "latest": "2020-11-20"}
    assert record["heritage_types"] == ["site", "urban"]
    assert record["other_names"] == [{"name": "Bakı", "language": "az", "note": None}]
    assert record["html_url"] == f"http://testserver/projects/{project.pk}/"
    assert client.get(record["url"]).json() == record


def test_a_source_has_its_own_address_beside_that_of_its_record(client):
    source = make_source(url="https://example.org/report")
    record = read(client, source)
    assert record["source_url"] == "https://example.org/report"
    assert record["url"] == f"http://testserver/api/v1/sources/{source.pk}/"
    assert "source_url" in read(client, make_source())["completeness"]["missing"]


def test_an_open_date_has_no_last_day(client):
    dates = read(client, make_project(dates="2018/.."))["dates"]
    assert dates == {"edtf": "2018/..", "earliest": "2018-01-01", "latest": None}


def test_a_citation_says_which_fields_it_supports_and_where_they_stand(client):
    source = make_source(title="A list")
    record = read(client, make_project(citations=[Citation(source=source, locator="row 1", fields=["status"])]))
    link = {"code": source.pk, "title": "A list", "url": f"http://testserver/api/v1/sources/{source.pk}/"}
    assert record["citations"] == [{"fields": ["status"], "source": link, "locator": "row 1", "note": None}]


def test_completeness_names_what_is_missing(client):
    measured = read(client, make_project(status="ongoing", summary="Words."))["completeness"]
    assert measured["filled"] + len(measured["missing"]) == measured["of"]
    assert "regions" in measured["missing"] and "status" not in measured["missing"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"of_need": "1800000.00", "of_budget": "1260000.00"}),
        ({"gap_basis": "of_need"}, {"of_need": "1800000.00", "of_budget": None}),
        ({"gap_basis": "of_budget"}, {"of_need": None, "of_budget": "1260000.00"}),
        ({"gap_percent": None}, None),
        ({"amount": None, "currency": ""}, None),
        ({"gap_percent": "0"}, {"of_need": "0.00", "of_budget": "0.00"}),
    ],
    ids=["basis not stated", "of need", "of budget", "no gap", "no amount", "no gap at all is not unknown"],
)
def test_a_gap_in_money_says_what_it_is_a_share_of(client, given, expected):
    record = read(client, make_budget(**given))
    assert record["gap_amount"] == expected
    if record["amount"]:
        assert (record["amount"], record["currency"]) == ("4200000.00", "USD")
    else:
        assert (record["amount"], record["currency"]) == (None, None)


def test_a_draft_that_a_record_points_to_reads_as_absent(client):
    hidden = {"state": State.DRAFT, "title": "Not yet"}
    project = make_project(
        event=make_event(**hidden),
        regions=[make_region(**hidden)],
        participations=[ProjectParticipation(organisation=make_organisation(**hidden), role="owner")],
        citations=[Citation(source=make_source(), locator="page 1"), Citation(source=make_source(**hidden))],
    )
    record = read(client, project)
    assert (record["event"], record["regions"], record["participations"]) == (None, [], [])
    assert len(record["citations"]) == 1
    assert "Not yet" not in client.get(f"/api/v1/projects/{project.pk}/").content.decode()


def test_a_statement_names_what_it_is_about_in_its_own_order(client):
    place, project = make_region(title="Sheki"), make_project(title="Fortress")
    about = read(client, make_statement(about=[project.pk, place.pk]))["about"]
    assert [(found["code"], found["title"]) for found in about] == [(project.pk, "Fortress"), (place.pk, "Sheki")]
    assert all(client.get(found["url"]).status_code == 200 for found in about)


def test_what_was_withdrawn_keeps_its_code_in_a_statement_but_not_its_title(client):
    project = make_project(title="Fortress")
    statement = make_statement(about=[project.pk])
    with ledger.batch(by=None, reason="x") as batch:
        batch.withdraw(project, expected=project.version, why="Entered twice")
    [about] = read(client, statement)["about"]
    assert (about["code"], about["title"]) == (project.pk, None)
    assert client.get(about["url"]).status_code == 410


def test_a_place_has_its_point_as_numbers(client):
    record = read(client, make_region(longitude="47.170600", latitude="41.191900", precision="1km"))
    assert (record["longitude"], record["latitude"], record["precision"]) == (47.1706, 41.1919, "1km")


def test_fields_narrow_a_record_and_keep_its_code(client):
    project = make_project(title="Fortress")
    record = client.get(f"/api/v1/projects/{project.pk}/?fields=title,status").json()
    assert record == {"code": project.pk, "title": "Fortress", "status": "unknown"}
    [listed] = client.get("/api/v1/projects/?fields=title,status").json()["results"]
    assert listed == record


def test_a_list_shows_the_same_record_as_its_own_address(client):
    project = make_project(regions=[make_region()], status="completed")
    [listed] = client.get("/api/v1/projects/").json()["results"]
    assert listed == read(client, project)
