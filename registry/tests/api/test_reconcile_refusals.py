"""What the reconciliation service cannot read, it says so, and what was wrong where."""

import json

import pytest
from django.core.cache import cache

from registry.api.reconcile import spellings, views
from registry.tests.api.reconciling import FORM, HERE, ask, post, refused
from registry.tests.make import make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("queries", "where"),
    [
        ([], "queries"),
        ({"q0": "Sheki"}, "queries.q0"),
        ({"q0": {}}, "queries.q0"),
        ({"q0": {"query": " "}}, "queries.q0"),
        ({"q0": {"query": "A", "colour": "red"}}, "queries.q0"),
        ({"q0": {"query": "A", "limit": 0}}, "queries.q0.limit"),
        ({"q0": {"query": "A", "limit": 1e308}, "q1": {"query": "A", "limit": "3"}}, "queries.q1.limit"),
        ({"q0": {"query": "A", "type": "castle"}}, "queries.q0.type"),
        ({"q0": {"query": "A", "type": [{"id": "region"}]}}, "queries.q0.type"),
        ({"q0": {"query": "A", "type_strict": ["any"]}}, "queries.q0.type_strict"),
        ({"q0": {"query": "A", "properties": {"pid": "status"}}}, "queries.q0.properties"),
        ({"q0": {"query": "A", "properties": [{"pid": "colour", "v": "red"}]}}, "queries.q0.properties"),
        ({"q0": {"query": "A", "properties": [{"pid": "status", "v": None}]}}, "queries.q0.properties"),
        ({"q0": {"query": "A", "properties": [{"pid": ["status"], "v": "x"}]}}, "queries.q0.properties"),
        ({"q0": {"query": "A", "properties": [{"pid": "title", "v": ["x"] * 51}]}}, "queries.q0.properties"),
    ],
)
def test_a_query_that_cannot_be_read_is_named(client, queries, where):
    assert [*refused(post(client, queries=queries))["errors"]] == [where]
    assert [*refused(client.get(HERE, {"queries": json.dumps(queries)}))["errors"]] == [where]


@pytest.mark.parametrize(
    "sent", [{"ids": "A"}, {"ids": [], "properties": [{"id": "colour"}]}, {"ids": [1], "properties": []}]
)
def test_an_extension_that_cannot_be_read_is_named(client, sent):
    assert all(name.startswith("extend.") for name in refused(post(client, extend=sent))["errors"])


def test_too_much_at_once_is_refused(client):
    assert "at most 100" in refused(post(client, queries={f"q{n}": {"query": "A"} for n in range(101)}), 413)["detail"]
    refused(post(client, extend={"ids": [str(n) for n in range(501)], "properties": []}), 413)
    refused(client.post(HERE, b"queries=" + b"a" * 3_000_000, FORM), 413)


def test_names_of_hundreds_of_words_are_compared_by_how_they_begin_and_not_for_ever(client, monkeypatch):
    compared = []
    monkeypatch.setattr(spellings, "_near", lambda *words: compared.append(words) or 0.5)
    assert spellings.likeness(tuple(map(str, range(200))), tuple(map(str, range(1, 200)))) == 0.5
    assert len(compared) == 256
    monkeypatch.setattr(views, "_SECONDS", -1)
    assert "fewer at once" in refused(post(client, queries={"q0": {"query": "A"}}), 413)["detail"]


def test_long_names_count_as_several(client, settings):
    cache.clear()
    settings.READS_A_MINUTE = 3
    assert refused(post(client, queries={f"q{n}": {"query": "A" * 600} for n in range(4)}), 429)
    cache.clear()
    assert post(client, queries={f"q{n}": {"query": "A" * 60} for n in range(20)}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"colour=red", 400),
        (b"queries=%FF", 400),
        (b"queries=%00", 400),
        (b"queries={}&queries={}", 400),
        (b"queries={}&extend={}", 400),
        (b"a&" * 30, 400),
        (b'queries={"q":{"query":"\\u0000"}}', 400),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(client, body, status):
    refused(client.post(HERE, body, FORM), status)


def test_what_is_no_form_is_refused(client):
    refused(client.post(HERE, {"queries": {}}, "application/json"), 415)
    assert "CORS" in refused(client.get(f"{HERE}?callback=run"))["errors"]["callback"][0]
    for wrong_one in ("suggest/type/?cursor=x", "suggest/entity/?type=castle", "properties/?limit=-1", "nothing/"):
        refused(client.get(HERE + wrong_one), 404 if wrong_one == "nothing/" else 400)


def test_names_of_any_length_and_alphabet_are_answered(client):
    make_project(title="A mill")
    names = ["x" * 5000, "words " * 400, "!!!", "🏛", "a:* | b & !c <-> '", "\\", "城", "ー", "' or 1=1 --", "a" * 601]
    answers = ask(client, **{name: {"query": name} for name in names})
    assert {name: found for name, found in answers.items() if found} == {}
