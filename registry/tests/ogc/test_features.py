"""The records as features: the same as in the API, asked by place and time as the standard has it, never finer."""

import json
import re

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.validation import validate_schema

from registry import ledger
from registry.api.ogc import links, questions, urls
from registry.api.ogc.collections import COLLECTIONS
from registry.models import Project, State
from registry.tests.make import (
    make_budget,
    make_observation,
    make_project,
    make_region,
    make_resource,
    make_site,
    make_source,
    make_user,
)

from .register import BAKU, SHEKI, one_of_each, place, somewhere

pytestmark = pytest.mark.django_db

PROJECTS = "/ogc/collections/projects/items"


def codes(client, query="", address=PROJECTS):
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 200, answer.content
    return {feature["id"] for feature in answer.json()["features"]}


def as_json_schema(node):
    """What OpenAPI 3.0 writes otherwise than JSON Schema: `nullable`."""
    if isinstance(node, list):
        return [as_json_schema(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    found = {name: as_json_schema(inner) for name, inner in node.items()}
    return {"anyOf": [found, {"type": "null"}]} if found.pop("nullable", False) else found


def test_the_description_is_valid_and_every_address_in_it_answers_as_it_says(client):
    made = one_of_each()
    answer = client.get("/ogc/api")
    document = answer.json()
    assert answer["Content-Type"] == links.OPENAPI_3_0
    validate_schema(document)
    components = as_json_schema(document["components"])
    for path, methods in document["paths"].items():
        collection = path.split("/")[2] if path.count("/") > 1 else ""
        code = made[collection].pk if collection else ""
        found = client.get("/ogc" + path.replace("{featureId}", code))
        [(media_type, said)] = methods["get"]["responses"]["200"]["content"].items()
        assert (found.status_code, found["Content-Type"]) == (200, media_type), path
        schema = as_json_schema(said["schema"]) | {"components": components}
        wrong = jsonschema.Draft202012Validator(schema).iter_errors(found.json())
        assert [(path, error.json_path, error.message[:200]) for error in wrong] == []


def test_the_description_names_every_address_and_every_parameter(client):
    described = client.get("/ogc/api").json()["paths"]
    routes = {f"/{p.pattern}".removeprefix("/ogc") or "/" for p in urls.urlpatterns}
    shapes = {path.replace("/projects", "/<str:noun>").replace("{featureId}", "<str:code>") for path in described}
    assert routes == {path for path in shapes if "collections/" not in path or "<str:noun>" in path}
    named = re.findall(r"parameters/(\w+)", json.dumps(described["/collections/projects/items"]))
    said = client.get(f"{PROJECTS}?colour=red").json()["errors"]["colour"]
    assert named == ["bbox", "datetime", "limit", "cursor", "f"] and ", ".join(named) in said[0]


def test_a_collection_holds_what_the_api_lists_page_by_page(client):
    one_of_each()
    for number in range(4):
        make_project(title=f"Nowhere {number}")
    for name in COLLECTIONS:
        listed = [record["code"] for record in client.get(f"/api/v1/{name}/?ordering=code").json()["results"]]
        address, found = f"/ogc/collections/{name}/items?limit=2", []
        while address:
            page = client.get(address).json()
            assert (page["numberMatched"], page["numberReturned"]) == (len(listed), len(page["features"]))
            found += [feature["id"] for feature in page["features"]]
            address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
        assert found == listed


def test_a_feature_is_that_of_the_geojson_download(client):
    made = somewhere(Project, place("Sheki", SHEKI))
    feature = client.get(f"{PROJECTS}/{made.pk}").json()
    around = {link["rel"]: link["href"] for link in feature.pop("links")}
    assert feature == json.loads(b"".join(client.get(f"/api/v1/projects/{made.pk}/?format=geojson")))
    assert around["alternate"] == feature["properties"]["html_url"] and around["self"].endswith(f"{PROJECTS}/{made.pk}")


BOXES = {
    "around one": ("47,41,48,42", {"sheki", "both"}),
    "around two, with heights": ("47,40,-100,50,42,9000", {"sheki", "baku", "both"}),
    "its edge belongs to it": (f"{BAKU[0]},{BAKU[1]},50,42", {"baku", "both"}),
    "as computers write numbers": ("4.9e1,4E1,50.0,42", {"baku", "both"}),
    "nowhere near": ("5,48,20,70", set()),
    "across the antimeridian": ("49,40,-170,42", {"baku", "both", "east"}),
}


def test_a_box_finds_what_touches_it_and_what_is_nowhere(client):
    sheki, baku, east = place("Sheki", SHEKI), place("Baku", BAKU), place("East", ("-175", "41"))
    made = {"sheki": [sheki], "baku": [baku], "both": [sheki, baku], "east": [east], "nowhere": []}
    made = {title: make_project(title=title, regions=where).pk for title, where in made.items()}
    found = {name: codes(client, f"bbox={box}") for name, (box, _found) in BOXES.items()}
    assert found == {name: {made[each] for each in (*said, "nowhere")} for name, (_box, said) in BOXES.items()}


def test_what_only_belongs_to_something_with_a_place_is_nowhere_itself(client):
    tower = make_site(region=place("Sheki", SHEKI))
    made = {"resources": make_resource(site=tower), "observations": make_observation(site=tower, dates="")}
    for name, record in made.items():
        [feature] = client.get(f"/ogc/collections/{name}/items?bbox=5,48,20,70").json()["features"]
        assert (feature["id"], feature["geometry"]) == (record.pk, None)
    assert codes(client, "bbox=5,48,20,70", "/ogc/collections/sites/items") == set()


TIMES = {
    "a moment": ("2019-07-01T12:00:00Z", {"2018/2021", "2019-07", "2018/.."}),
    "a day": ("2019-08-01", {"2018/2021", "2018/.."}),
    "its zone counts": ("2017-12-31T23:30:00-01:00", {"2018/2021", "2018/.."}),
    "an interval": ("2021-12-31T00:00:00Z/2023-02-03T23:59:60.5Z", {"2018/2021", "2018/..", "2023"}),
    "an open start": ("../2015-01-01T00:00:00Z", {"2015~"}),
    "an open end, left empty": ("2023-01-01T00:00:00Z/", {"2018/..", "2023"}),
}


def test_a_time_finds_what_may_have_been_then_and_what_has_no_date(client):
    dates = ["2018/2021", "2019-07", "2018/..", "2015~", "2023", ""]
    made = {given: make_project(title="Work", dates=given).pk for given in dates}
    found = {name: codes(client, f"datetime={when}") for name, (when, _found) in TIMES.items()}
    assert found == {name: {made[each] for each in (*said, "")} for name, (_when, said) in TIMES.items()}


def test_a_budget_is_at_its_year_and_a_site_at_no_time(client):
    old, new, unknown = (make_budget(year=year).pk for year in (2015, 2020, None))
    site = make_site().pk
    asked = "datetime=2020-06-01T00:00:00Z/2024-01-01T00:00:00Z"
    assert codes(client, asked, "/ogc/collections/budgets/items") == {new, unknown} and old not in {new, unknown}
    assert codes(client, asked, "/ogc/collections/sites/items") == {site}


WRONG = [
    *("bbox=", "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=a,b,c,d", "bbox=1,2,3,91", "bbox=1,4,3,2", "bbox=181,0,182,1"),
    *("bbox=1,2,9,3,4,8", "bbox=nan,0,1,1", "bbox=1e99,0,2,1", "bbox=%D9%A1,2,3,4", "bbox=1,2,3,4&bbox=1,2,3,4"),
    *("limit=0", "limit=-1", "limit=ten", "limit=1.5", "limit=", "limit=%D9%A1"),
    *("datetime=", "datetime=..", "datetime=../..", "datetime=/", "datetime=2020", "datetime=2020-13-01"),
    *("datetime=2020-01-01T00:00:00", "datetime=2020-01-02/2020-01-01", "datetime=0001-01-01T00:00:00%2B01:00"),
    *("datetime=a/b/c", "cursor=x", "colour=red", "dateTime=2020-01-01", "f=html", "format=csv"),
]


def test_what_is_unknown_or_wrong_is_refused_by_name(client):
    found = {query: client.get(f"{PROJECTS}?{query}") for query in WRONG}
    assert {answer["Content-Type"] for answer in found.values()} == {"application/problem+json"}
    named = {query: (answer.status_code, [*answer.json()["errors"]]) for query, answer in found.items()}
    assert named == {query: (400, [query.partition("=")[0]]) for query in WRONG}


def test_a_page_never_holds_more_than_the_most(client, monkeypatch):
    monkeypatch.setattr(questions, "MOST", 2)
    for _number in range(3):
        make_project()
    assert len(codes(client, "limit=3")) == len(codes(client, f"limit={'9' * 5000}")) == 2


def test_a_cursor_keeps_to_its_question(client):
    for _number in range(2):
        make_project(dates="2020")
    [onwards] = [link for link in client.get(f"{PROJECTS}?limit=1").json()["links"] if link["rel"] == "next"]
    assert client.get(onwards["href"]).status_code == 200
    assert client.get(onwards["href"] + "&datetime=2020-01-01").status_code == 400


def test_withdrawn_says_why_merged_leads_on_and_a_draft_is_nowhere(client):
    editor, kept, double = make_user(), make_project(), make_project()
    ledger.merge(double, into=kept, by=editor, reason="One", expected=(double.version, kept.version))
    gone, draft = make_project(state=State.WITHDRAWN), make_project(state=State.DRAFT)
    moved = client.get(f"{PROJECTS}/{double.pk}")
    assert (moved.status_code, moved["Location"]) == (301, f"http://testserver{PROJECTS}/{kept.pk}")
    assert client.get(f"{PROJECTS}/{gone.pk}").json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "A duplicate",
    }
    assert client.get(f"{PROJECTS}/{draft.pk}").content == client.get(f"{PROJECTS}/PRJ-9999").content
    assert codes(client) == {kept.pk}


def test_an_extent_reaches_as_far_as_points_and_dates_do_and_no_further(client):
    exact = ("48.312345", "40.456789")
    mound = make_site(heritage_types=["archaeological_site"], exact=exact, region=place("Sheki", SHEKI))
    make_observation(site=mound, dates="2019/2020")
    make_project(regions=[place("Baku", BAKU), make_region(title="Loose")], dates="2018/..")
    make_project(regions=[place("Hidden", ("1", "1"), state=State.DRAFT)], dates="", title="Nowhere")
    make_project(regions=[place("Far", ("2", "2"))], dates="1990", state=State.DRAFT)
    found = {each["id"]: each.get("extent") for each in client.get("/ogc/collections").json()["collections"]}
    crs = {"crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
    baku = [float(end) for end in (*BAKU, *BAKU)]
    assert found["projects"]["spatial"] == {"bbox": [baku]} | crs
    assert found["projects"]["temporal"]["interval"] == [["2018-01-01T00:00:00Z", None]]
    assert found["sites"] == {"spatial": {"bbox": [[48.35, 40.45, 48.35, 40.45]]} | crs}
    assert found["observations"]["spatial"] == found["sites"]["spatial"]
    assert found["observations"]["temporal"]["interval"] == [["2019-01-01T00:00:00Z", "2020-12-31T23:59:59Z"]]
    assert found["budgets"] is None and "sources" not in found and make_source()
    assert client.get("/ogc/collections/projects").json()["extent"] == found["projects"]


def test_who_holds_the_features_is_not_sent_them_again_until_something_changes(client):
    made = make_project()
    for address in (PROJECTS, f"{PROJECTS}/{made.pk}", "/ogc/", "/ogc/collections"):
        held = client.get(address)["ETag"]
        again = client.get(address, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"") and again["ETag"] == held
        assert held.startswith("W/") == (address == PROJECTS)
    make_project()
    assert client.get(PROJECTS, headers={"If-None-Match": held}).status_code == 200


def test_scripts_of_any_site_and_programs_that_take_only_json_are_served(client):
    asked = client.options("/ogc/collections", headers={"Origin": "https://map.example"})
    assert asked.status_code == 204 and asked["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get("/ogc")["Access-Control-Allow-Origin"] == "*" and client.get("/ogc").json()["links"]
    for address in ("/ogc/api", PROJECTS, "/ogc/collections/projects"):
        plain = client.get(address, headers={"Accept": "application/json"})
        assert plain.status_code == 200 and plain.content[:5] == client.get(f"{address}?f=json").content[:5]
        assert client.get(address, headers={"Accept": "text/html"}).status_code == 406
        assert client.head(address)["ETag"] == client.get(address)["ETag"]
    lost = client.get("/ogc/nothing")
    assert (lost.status_code, lost["Content-Type"]) == (404, "application/problem+json")


def test_many_features_cost_as_many_questions_as_one(client):
    where = place("Sheki", SHEKI)
    asked = f"{PROJECTS}?bbox=47,41,48,42&datetime=2020-01-01"
    costs = []
    for number in (1, 5):
        for _each in range(number):
            somewhere(Project, where)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(asked).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
