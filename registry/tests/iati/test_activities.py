"""Projects as IATI activities: valid by the standard's own schema and rules, and nothing in them is made up."""

import csv
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from registry import ledger
from registry.models import Identifier, Organisation, ProjectParticipation, State
from registry.models.projects import IATI_STATUS
from registry.tests.iati.standards import faults
from registry.tests.make import (
    make_funding,
    make_organisation,
    make_project,
    make_region,
    make_site,
)

pytestmark = pytest.mark.django_db
ALL, LEFT_OUT = "/iati/activities.xml", "/iati/left-out.json"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def reporting(settings):
    settings.IATI_ORGANISATION, settings.IATI_ORGANISATION_TYPE = "XM-DAC-99999", "10"
    settings.OPERATOR = "Heritage & Council"


@pytest.fixture
def place(db):
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    return make_region(title="Sheki", parent=country, longitude="47.2", latitude="41.2", precision="10km")


@pytest.fixture
def body(db) -> Organisation:
    return make_organisation(title="A ministry", organisation_type="10")


def whole(place, body, **given):
    """A project that states all that the standard asks for."""
    stated = {"title": "Walls < & >", "summary": "The walls are repaired.", "status": "completed", "scope": "single"}
    stated |= {"dates": "2018-03-01/2021-06-30", "regions": [place], "heritage_types": ["monument"]}
    stated["participations"] = [ProjectParticipation(organisation=body, role="implementing")]
    return make_project(**stated | given)


def sent(answer) -> bytes:
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def activity(client, project):
    content = sent(client.get(f"/iati/activities/{project.pk}.xml"))
    assert faults(content) == []
    return etree.fromstring(content).find("iati-activity")


def left_out(client) -> dict:
    return {one["code"]: one for one in json.loads(sent(client.get(LEFT_OUT)))["results"]}


def reasons(client, project) -> list[str]:
    return [reason["reason"] for reason in left_out(client)[project.pk]["reasons"]]


@pytest.mark.usefixtures("reporting")
def test_every_project_that_states_enough_is_a_valid_activity(client, place, body):
    codes = [whole(place, body, status=status).pk for status in IATI_STATUS]
    codes.append(whole(place, body, dates="2019-05-01/..", translations={"az": {"title": "Divarlar"}}).pk)
    codes.append(whole(place, body, heritage_types=["natural"], scope="national", regions=[place.parent]).pk)
    make_project(title="States nothing")
    make_project(title="A draft", state=State.DRAFT)
    for flow in ("pledged", "committed", "disbursed", "spent"):
        make_funding(flow=flow, project_id=codes[0], amount="5", currency="USD", dates="2019-01-02", funder=body)
    answer = client.get(ALL)
    content = sent(answer)
    assert answer["Content-Type"] == "application/xml; charset=utf-8" and answer["Access-Control-Allow-Origin"] == "*"
    assert faults(content) == []
    tree = etree.fromstring(content)
    assert tree.get("version") == "2.03" and tree.get("generated-datetime")
    assert [one.text for one in tree.iterfind("*/iati-identifier")] == [f"XM-DAC-99999-{code}" for code in codes]
    counted = json.loads(sent(client.get(LEFT_OUT)))
    assert (counted["projects"], counted["exported"]) == (len(codes) + 1, len(codes))


@pytest.mark.usefixtures("reporting")
def test_an_activity_says_what_the_record_says(client, place, body):
    named = [Identifier(scheme="geonames", value="585514", match="exact", match_state="confirmed")]
    site = make_site(title="A tower", region=place, identifiers=named, exact=("47.2", "41.2"), precision_chosen="10km")
    translated = {"az": {"title": "Divarlar", "summary": "Divarlar bərpa olunur."}, "fa": {"title": "دیوارها"}}
    told = activity(client, whole(place, body, sites=[site], translations=translated))
    reporter = told.find("reporting-org")
    assert dict(reporter.attrib) == {"ref": "XM-DAC-99999", "type": "10", "secondary-reporter": "1"}
    assert reporter.findtext("narrative") == "Heritage & Council"
    titles = {one.get(LANG): one.text for one in told.iterfind("title/narrative")}
    assert titles == {None: "Walls < & >", "az": "Divarlar", "fa": "دیوارها"} and told.get(LANG) == "en"
    assert [one.get(LANG) for one in told.iterfind("description/narrative")] == [None, "az"]
    taking_part = told.find("participating-org")
    assert (dict(taking_part.attrib), taking_part.findtext("narrative")) == ({"role": "4", "type": "10"}, "A ministry")
    assert told.find("activity-status").get("code") == "4"
    days = [(one.get("type"), one.get("iso-date")) for one in told.iterfind("activity-date")]
    assert days == [("2", "2018-03-01"), ("4", "2021-06-30")]
    country = told.find("recipient-country")
    assert dict(country.attrib) == {"code": "AZ"} and told.find("activity-scope").get("code") == "8"
    where = [(one.findtext("name/narrative"), one.find("exactness").get("code")) for one in told.iterfind("location")]
    assert where == [("A tower", "2"), ("Sheki", "2")]
    assert told.find("location/location-id").get("code") == "585514"
    assert [one.findtext("point/pos") for one in told.iterfind("location")][1] == "41.2 47.2"
    assert dict(told.find("sector").attrib) == {"vocabulary": "1", "code": "16061"}
    assert told.find("document-link").get("url").startswith("http://testserver/projects/PRJ-")
    assert told.find("transaction") is None and told.get("default-currency") is told.get("humanitarian") is None


PLANNED_OR_TRUE = {
    "proposed": ["1", "3"],
    "in_progress": ["2", "3"],
    "suspended": ["2", "3"],
    "finalising": ["2", "4"],
    "completed": ["2", "4"],
    "cancelled": ["1", "3"],
}


@pytest.mark.usefixtures("reporting")
def test_the_status_says_which_dates_were_planned_and_which_came_true(client, place, body):
    for status in PLANNED_OR_TRUE:
        whole(place, body, status=status)
    told = etree.fromstring(sent(client.get(ALL))).iterfind("iati-activity")
    types = [[one.get("type") for one in activity.iterfind("activity-date")] for activity in told]
    assert dict(zip(PLANNED_OR_TRUE, types, strict=True)) == PLANNED_OR_TRUE


MISSING = [
    ({"dates": ""}, "No date is stated."),
    ({"dates": "2018"}, "does not state a full date (YYYY-MM-DD) for the start, but “2018”."),
    ({"dates": "2018-03/2021-06-30"}, "for the start, but “2018-03”."),
    ({"dates": "2018-03-01?"}, "for the start, but “2018-03-01?”."),
    ({"dates": "../2021-06-30"}, "No start is stated."),
    ({"dates": "2998-01-01/.."}, "as if work had begun"),
    ({"status": "unknown"}, "No status is stated."),
    ({"summary": ""}, "No description is stated."),
    ({"participations": []}, "No organisation is stated"),
    ({"regions": []}, "No country is stated: the record names no place."),
    ({"scope": "cross_border"}, "the share of each country is not stated"),
]


@pytest.mark.usefixtures("reporting")
def test_what_the_record_does_not_state_is_a_reason_and_never_made_up(client, place, body):
    said = {whole(place, body, **given).pk: reason for given, reason in MISSING}
    found = {code: [reason["reason"] for reason in one["reasons"]] for code, one in left_out(client).items()}
    wrong = {
        code: found[code] for code, reason in said.items() if len(found[code]) != 1 or reason not in found[code][0]
    }
    assert set(found) == set(said) and wrong == {}
    for code in list(said)[:2]:
        answer = client.get(f"/iati/activities/{code}.xml")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert found[code][0] in answer.json()["detail"]
    assert client.get(ALL).status_code == 404  # the schema knows no file without an activity


@pytest.mark.usefixtures("reporting")
def test_an_end_that_is_no_day_is_left_out_and_the_rest_is_told(client, place, body):
    vague, late = whole(place, body, dates="2018-03-01/2021"), whole(place, body, dates="2018-03-01/2998-06-30")
    for project, reason in ((vague, "for the end, but “2021”."), (late, "as if work were not over.")):
        days = [one.get("iso-date") for one in activity(client, project).iterfind("activity-date")]
        assert days == ["2018-03-01"]
        assert reason in left_out(client)[project.pk]["parts_left_out"][0]["reason"]


@pytest.mark.usefixtures("reporting")
def test_shares_of_countries_are_not_made_up(client, place, body):
    other = make_region(title="Georgia", kind="country", iso_code="GE")
    loose = make_region(title="An area", kind="named_area")
    assert "(AZ, GE), and the share of each" in reasons(client, whole(place, body, regions=[place, other]))[0]
    assert reasons(client, whole(place, body, regions=[place, loose])) == ["No country is stated for “An area”."]


@pytest.mark.usefixtures("reporting")
def test_money_is_told_from_the_project_with_its_day_or_left_out_with_the_reason(client, place, body):
    project = whole(place, body, participations=[])
    dated = {"project": project, "amount": "50000.00", "currency": "EUR", "dates": "2019-01-02"}
    lines = {
        "told": make_funding(flow="disbursed", funder=body, **dated),
        "as reported": make_funding(flow="pledged", funder_as_reported="A donor", **dated),
        "year": make_funding(flow="committed", **dated | {"dates": "2019"}),
        "undated": make_funding(flow="spent", **dated | {"dates": ""}),
        "sought": make_funding(flow="sought", **dated | {"amount": None, "currency": ""}),
        "draft": make_funding(flow="disbursed", state=State.DRAFT, title="Secret", **dated),
    }
    told = activity(client, project)
    found = {one.get("ref"): one for one in told.iterfind("transaction")}
    assert set(found) == {lines["told"].pk, lines["as reported"].pk}
    one = found[lines["told"].pk]
    assert one.find("transaction-type").get("code") == "1"
    assert dict(one.find("value").attrib) == {"currency": "EUR", "value-date": "2019-01-02"}
    assert one.findtext("value") == "50000.00"
    assert one.findtext("provider-org/narrative") == "A ministry"
    assert found[lines["as reported"].pk].findtext("provider-org/narrative") == "A donor"
    assert told.find("participating-org").get("role") == "1"  # who gave the money funds the work
    parts = left_out(client)[project.pk]
    assert parts["exported"] is True and parts["reasons"] == []
    assert [(part["part"], part["reason"]) for part in parts["parts_left_out"]] == [
        (lines["year"].pk, "The source does not state a full date (YYYY-MM-DD) for the money, but “2019”."),
        (lines["undated"].pk, "No date is stated."),
        (lines["sought"].pk, "Money that is only sought is no transaction."),
        (lines["sought"].pk, "No amount is stated."),
    ]


def test_the_front_door_says_who_reports_where_everything_is_and_how_much(client, settings, place, body):
    whole(place, body)
    make_project(title="States nothing")
    make_project(title="A draft", state=State.DRAFT)
    closed, (settings.IATI_ORGANISATION, settings.IATI_ORGANISATION_TYPE) = client.get("/iati/"), ("XM-DAC-99999", "10")
    settings.OPERATOR = "Heritage & Council"
    told, listed = client.get("/iati/").json(), json.loads(sent(client.get(LEFT_OUT)))
    assert [closed.json()[name] for name in ("reporting_organisation", "projects")] == [
        None,
        {"exported": 0, "left_out": 2},
    ]
    assert told["version"] == "2.03" and told["reporting_organisation"] == listed["reporting_organisation"]
    assert told["projects"] == {"exported": 1, "left_out": 1} and listed["exported"] == 1
    for address in (told["activities"], *told["left_out"].values()):
        assert sent(client.get(address))
    make_project(title="States nothing either")
    assert client.get("/iati/").json()["projects"] == {"exported": 1, "left_out": 2}
    assert client.get("/iati/", HTTP_IF_NONE_MATCH=closed["ETag"]).status_code == 200
    assert client.get("/iati/?page=2").status_code == 400 and client.get("/iati").status_code == 301


def test_without_an_organisation_nothing_is_exported_and_the_list_says_so(client, place, body):
    project = whole(place, body)
    assert reasons(client, project) == ["This register has no IATI organisation identifier."]
    for address in (ALL, f"/iati/activities/{project.pk}.xml"):
        answer = client.get(address)
        assert answer.status_code == 404 and "no IATI organisation identifier" in answer.json()["detail"]
    rows = list(csv.DictReader(sent(client.get("/iati/left-out.csv")).decode("utf-8-sig").splitlines()))
    assert [(row["code"], row["exported"], row["reason"]) for row in rows] == [
        (project.pk, "no", "This register has no IATI organisation identifier.")
    ]


@pytest.mark.usefixtures("reporting")
def test_what_is_not_public_answers_as_in_the_api(client, place, body):
    draft, gone, merged, kept = (
        whole(place, body, state=s) for s in (State.DRAFT, State.WITHDRAWN, "published", "published")
    )
    ledger.merge(merged, into=kept, by=None, reason="One", expected=(merged.version, kept.version))
    met = {one.pk: client.get(f"/iati/activities/{one.pk}.xml") for one in (draft, gone, merged)}
    assert [answer.status_code for answer in met.values()] == [404, 410, 301]
    assert met[gone.pk].json()["detail"] == "A duplicate"
    assert met[merged.pk]["Location"] == f"http://testserver/iati/activities/{kept.pk}.xml"
    assert client.get(f"{ALL}?page=2").status_code == client.get(f"{ALL}?format=json").status_code == 400
    assert client.get("/iati/nothing").json()["status"] == 404
    named = {"activities": f"http://testserver{ALL}", "left_out": f"http://testserver{LEFT_OUT}"}
    assert client.get("/api/v1/").json()["iati"] == named


@pytest.mark.usefixtures("reporting")
def test_a_file_that_is_held_is_not_sent_again_until_it_would_read_otherwise(client, settings, place, body):
    whole(place, body)
    first = client.get(ALL, HTTP_ACCEPT="application/json", HTTP_ACCEPT_ENCODING="gzip")
    assert sent(first) == sent(client.get(ALL)) and client.head(ALL)["ETag"] == first["ETag"]
    assert client.get(ALL, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    settings.OPERATOR = "Another council"
    assert client.get(ALL, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.usefixtures("reporting")
def test_many_projects_cost_as_many_queries_as_one(client, place, body):
    counted = []
    for _number in range(4):
        money = {"flow": "pledged", "amount": "5", "currency": "USD", "dates": "2019-01-02"}
        make_funding(project=whole(place, body), funder=body, **money)
        with CaptureQueriesContext(connection) as queries:
            assert sent(client.get(ALL)).count(b"<transaction ") == len(counted) + 1
        counted.append(len(queries))
    assert len(set(counted)) == 1


def test_the_rules_of_the_standard_are_asked():
    content = b"""<iati-activities version="2.03"><iati-activity><iati-identifier>A/B</iati-identifier>
      <activity-date type="2" iso-date="2999-01-01"/><recipient-country code="AZ" percentage="40"/>
      <activity-status code="9"/></iati-activity></iati-activities>"""
    found = "\n".join(faults(content))
    assert all(
        name in found for name in ("SCHEMAS", "date_order", "sum", "regex_matches", "atleast_one", "activity-status")
    )
