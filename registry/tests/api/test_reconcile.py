"""OpenRefine matches rows to records, and fetches what these say, as the Reconciliation Service API 0.2 has it."""

import json

import httpx
import pytest
from django.db import transaction

from registry import ledger
from registry.models import ENTRIES, Citation, Organisation, Project
from registry.tests.api.reconcile_shapes import wrong
from registry.tests.api.reconciling import HERE, ask, called, extend, one
from registry.tests.api.test_query_counts import copy_of
from registry.tests.make import MAKERS, make_budget, make_project, make_region, make_source, make_user
from registry.tests.rows import filled

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_openrefine_gets_from_the_address_of_the_service_to_a_filled_column(live_server):
    """The requests it makes, in its order, over HTTP."""
    with transaction.atomic():
        country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
        towns = [make_region(title=f"Town {n}", other_names=called(f"Şəhər {n}"), parent=country) for n in range(10)]
    # As people type it: a form must not be sent on to another address, where it would arrive empty.
    address = f"{live_server.url}/reconcile"
    with httpx.Client(headers={"Origin": "http://127.0.0.1:3333", "Accept": "application/json"}) as http:

        def got(where, shape, **asked):
            answer = http.post(where, data=asked["data"]) if "data" in asked else http.get(where, **asked)
            assert answer.status_code == 200, answer.text
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert wrong(shape, answer.json()) == []
            return answer.json()

        manifest = got(address, "manifest")
        rows = {f"q{n}": {"query": f"şəhər {n}", "type": "region", "type_strict": "should"} for n in range(10)}
        found = got(address, "results", data={"queries": json.dumps(rows)})
        codes = [found[f"q{n}"]["result"][0]["id"] for n in range(10)]
        assert codes == [town.pk for town in towns]
        assert all(found[name]["result"][0]["match"] for name in rows)
        typed = [("type", "types", "reg", "region"), ("property", "properties", "iso", "iso_code")]
        for name, shape, prefix, wanted in [*typed, ("entity", "entities", "azer", country.pk)]:
            service = manifest["suggest"][name]
            where = service["service_url"] + service["service_path"]
            assert [each["id"] for each in got(where, shape, params={"prefix": prefix})["result"]] == [wanted]
        proposed = manifest["extend"]["propose_properties"]
        where = proposed["service_url"] + proposed["service_path"]
        known = got(where, "proposed", params={"type": "region"})
        assert {"parent", "kind"} <= {each["id"] for each in known["properties"]} and known["type"] == "region"
        asked = {"ids": codes, "properties": [{"id": "parent"}, {"id": "kind"}]}
        filled_in = got(address, "extension", data={"extend": json.dumps(asked)})
        assert [each.get("type", {}).get("id") for each in filled_in["meta"]] == ["region", None]
        said = {"parent": [{"id": country.pk, "name": "Azerbaijan"}], "kind": [{"str": "city"}]}
        assert filled_in["rows"] == dict.fromkeys(codes, said)
        frame = http.get(manifest["preview"]["url"].replace("{{id}}", codes[0]))
        assert frame.status_code == 200 and "Town 0" in frame.text and "Azerbaijan" in frame.text
        page = http.get(manifest["view"]["url"].replace("{{id}}", codes[0]), follow_redirects=True)
        assert page.status_code == 200 and str(page.url).endswith(towns[0].get_absolute_url())
        assert manifest["view"]["url"] == manifest["identifierSpace"] + "{{id}}/"


def test_the_shapes_would_notice():
    assert wrong("manifest", {"versions": ["0.2"], "name": "", "identifierSpace": "x", "schemaSpace": "x"})
    assert wrong("results", {"q0": {"result": [{"id": "PRJ-0001", "name": "A", "score": "1"}]}})
    assert wrong("extension", {"meta": [], "rows": {"PRJ-0001": {"a": [{"str": "x", "float": 1.0}]}}})


def test_every_value_of_every_noun_can_be_fetched(client):
    others = {model: make(title="Related") for model, make in MAKERS.items()}
    for model in ENTRIES:
        made = filled(model, others, title="A title", summary="Words.", other_names=called("Ad"))
        known = client.get(f"{HERE}properties/?type={model.noun}").json()
        assert wrong("proposed", known) == [] and len(known["properties"]) > 20
        names = [each["id"] for each in known["properties"]]
        rows = {}
        for some in (names[:50], names[50:]):
            rows |= extend(client, [made.pk], *some)["rows"][made.pk]
        assert (
            [*rows] == names and rows["title"] == [{"str": "A title"}] and rows["other_names.name"] == [{"str": "Ad"}]
        )
        assert model is not Project or rows["participations.organisation"] == [
            {"id": others[Organisation].pk, "name": "Related"}
        ]
    assert client.get(f"{HERE}properties/?type=region&limit=3").json()["limit"] == 3


def test_numbers_days_and_money_come_as_what_they_are(client):
    budget = make_budget(amount="4200000.10", year=2020, region=make_region(title="Here"))
    precise = make_budget(amount="9007199254740993.11")
    source = make_source(dates="2018", retrieved_on="2026-01-02")
    rows = extend(client, [budget.pk, precise.pk, source.pk], "amount", "year", "retrieved_on", "dates.latest")["rows"]
    assert (rows[budget.pk]["amount"], rows[budget.pk]["year"]) == ([{"float": 4200000.1}], [{"int": 2020}])
    assert rows[budget.pk]["retrieved_on"] == rows[budget.pk]["dates.latest"] == []
    assert rows[precise.pk]["amount"] == [{"str": "9007199254740993.11"}]
    assert rows[source.pk]["retrieved_on"] == [{"date": "2026-01-02T00:00:00Z"}]
    assert rows[source.pk]["dates.latest"] == [{"date": "2018-12-31T00:00:00Z"}]


@pytest.mark.writes_around_the_ledger
def test_suggestions_are_read_page_by_page(client):
    copy_of(make_project(title="Lahij"), 24)
    first, then = (client.get(f"{HERE}suggest/entity/?prefix=lahi&cursor={n}&lang=en").json() for n in (0, 20))
    assert wrong("entities", first) == [] and len(first["result"]) == 20 and len(then["result"]) == 5
    assert len({each["id"] for each in first["result"] + then["result"]}) == 25
    assert len(client.get(f"{HERE}suggest/type/").json()["result"]) == len(ENTRIES)


@pytest.fixture
def unseen(client):
    """By what became of it, a record that the public cannot read; the one it was merged into."""
    given = {"title": "Quxoprane", "summary": "Quxoprane", "status": "ongoing"}
    cited = {"citations": [Citation(source=make_source(), locator="page 1")]}
    kept, lost = make_project(title="Kept", **cited), make_project(**given, **cited)
    ledger.merge(lost, into=kept, by=make_user(), reason="One", expected=(lost.version, kept.version))
    gone = {state: make_project(**given, **cited, state=state) for state in ("draft", "withdrawn")}
    return gone | {"merged": lost, "kept": kept}


@pytest.mark.parametrize("state", ["draft", "withdrawn", "merged"])
def test_what_the_public_cannot_read_is_neither_found_nor_told(client, unseen, state):
    code = unseen[state].pk
    assert one(client, code) == []
    # What was merged lent its name to the record that it is now part of.
    assert [each["id"] for each in one(client, "Quxoprane", limit=50)] == [unseen["kept"].pk]
    suggested = client.get(f"{HERE}suggest/entity/?prefix=Quxo").json()["result"]
    assert [each["id"] for each in suggested] == [unseen["kept"].pk]
    assert extend(client, [code], "title", "status")["rows"] == {code: {"title": [], "status": []}}
    make_project(title="A mill")
    assert ask(client, q={"properties": [{"pid": "sites", "v": {"id": code}}]})["q"] == []


@pytest.mark.parametrize("where", ["preview", "records"])
def test_an_address_of_a_record_says_what_became_of_it(client, unseen, where):
    told = {state: client.get(f"{HERE}{where}/{made.pk}/") for state, made in unseen.items()}
    told["unknown"] = client.get(f"{HERE}{where}/PRJ-9999/")
    met = {"draft": 404, "withdrawn": 410, "merged": 301, "kept": 200 if where == "preview" else 302, "unknown": 404}
    assert {state: answer.status_code for state, answer in told.items()} == met
    assert told["draft"].content == told["unknown"].content and "A duplicate" in told["withdrawn"].json()["detail"]
    assert told["merged"]["Location"].endswith(f"{HERE}{where}/{unseen['kept'].pk}/")
    assert told["unknown"]["Content-Type"] == "application/problem+json"


def test_a_preview_may_be_framed_by_any_page_and_runs_nothing(client):
    answer = client.get(f"{HERE}preview/{make_project(title='<b>A mill</b>').pk}/")
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "unsafe" not in policy
    assert "X-Frame-Options" not in answer and answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert b"<script" not in answer.content and b"<b>A mill" not in answer.content
    assert client.get(HERE)["X-Frame-Options"] == "DENY"
