"""The address of one record: unknown, hidden, withdrawn, and what may be done with it."""

import pytest

from registry import ledger
from registry.models import ENTRIES, State
from registry.tests.make import MAKERS, make_project

pytestmark = pytest.mark.django_db

WRITES = ["post", "put", "patch", "delete", "trace"]


def refused(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    body = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert body["title"] == answer.reason_phrase
    return body


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_what_is_not_published_is_as_unknown_as_what_never_was(client, model, state):
    hidden = MAKERS[model](state=State.DRAFT)
    hidden.state = state
    with ledger.batch(by=None, reason="x") as batch:
        batch.save(hidden, expected=hidden.version)
    never = client.get(f"/api/v1/{model.slug}/{model.prefix}-9999/")
    found = client.get(f"/api/v1/{model.slug}/{hidden.pk}/")
    refused(found, 404)
    assert (found.content, dict(found.headers)) == (never.content, dict(never.headers))


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_withdrawn_record_is_gone_with_its_reason(client, model):
    gone = MAKERS[model](title="Old title")
    with ledger.batch(by=None, reason="x") as batch:
        batch.withdraw(gone, expected=gone.version, why="A duplicate")
    body = refused(client.get(f"/api/v1/{model.slug}/{gone.pk}/"), 410)
    assert body["detail"] == "A duplicate" and "Old title" not in str(body)
    listed = client.get(f"/api/v1/{model.slug}/").json()["results"]
    assert gone.pk not in {found["code"] for found in listed}


@pytest.mark.parametrize(
    "written",
    [
        "prj-0001",
        "Prj-0001",
        "PRJ-1",
        "PRJ-٠٠٠١",
        "PRJ-००००१",
        "PRJ‑0001",
        "PRJ-0001%20",
        "PRJ-0001%0A",
        "REG-0001",
        f"PRJ-{10**30}",
        "1",
        "-1",
        "x" * 3000,
        "%00",
        "PRJ-0001%00",
        "%FF%FE",
        "%ED%A0%80",
        "..",
        "%252e%252e",
        "РRJ-0001",
    ],
)
def test_only_the_exact_code_finds_a_record(client, written):
    project = make_project()
    assert client.get(f"/api/v1/projects/{project.pk}/").status_code == 200
    refused(client.get(f"/api/v1/projects/{written.replace('0001', project.pk[4:])}/"), 404)


@pytest.mark.parametrize("method", WRITES)
def test_nobody_writes_here(client, method):
    project = make_project()
    for address in (
        "/api/v1/",
        "/api/v1/projects/",
        f"/api/v1/projects/{project.pk}/",
        "/api/v1/vocabularies/",
        "/api/v1/vocabularies/scope/",
        "/api/v1/schema/",
    ):
        answer = getattr(client, method)(address)
        refused(answer, 405)
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_method_nobody_knows_is_refused(client):
    refused(client.generic("BREW", "/api/v1/projects/"), 405)


def test_head_answers_as_get_does_without_the_body(client):
    project = make_project()
    for address in ("/api/v1/projects/", f"/api/v1/projects/{project.pk}/", "/api/v1/vocabularies/"):
        got, asked = client.get(address), client.head(address)
        assert asked.content == b"" and asked.status_code == 200
        assert (asked["ETag"], asked["Content-Type"]) == (got["ETag"], got["Content-Type"])


def test_a_browser_may_ask_what_a_script_may_do(client):
    answer = client.options(
        "/api/v1/projects/", HTTP_ORIGIN="https://example.org", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET"
    )
    assert answer.status_code == 204 and answer.content == b""
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in answer


def test_an_address_that_is_not_there_says_where_to_look(client):
    assert "/api/v1/" in refused(client.get("/api/v1/castles/"), 404)["detail"]
    refused(client.get("/api/"), 404)
    refused(client.post("/api/v2/projects/"), 404)


def test_the_answer_is_one_of_the_formats_asked_for(client):
    assert client.get("/api/v1/projects/", HTTP_ACCEPT="text/html, */*;q=0.1").status_code == 200
    assert client.get("/api/v1/projects/?format=json", HTTP_ACCEPT="text/csv").status_code == 200
    assert client.get("/api/v1/projects/", HTTP_ACCEPT="text/csv")["Content-Type"].startswith("text/csv")
    assert "application/json" in refused(client.get("/api/v1/projects/", HTTP_ACCEPT="image/png"), 406)["detail"]
    assert "json" in refused(client.get("/api/v1/projects/?format=sql"), 400)["errors"]["format"][0]
