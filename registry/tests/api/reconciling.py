"""Questions to the reconciliation service as OpenRefine sends them; each answer is held against the specification."""

import json
from urllib.parse import quote

from registry.tests.api.reconcile_shapes import wrong

HERE = "/reconcile/"
FORM = "application/x-www-form-urlencoded"


def ask(client, **queries):
    """The candidates of each query, sent as OpenRefine sends them."""
    answer = post(client, queries=queries)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert wrong("results", body) == [] and [*body] == [*queries]
    return {name: found["result"] for name, found in body.items()}


def one(client, query, **more):
    return ask(client, q0={"query": query} | more)["q0"]


def post(client, **sent):
    form = "&".join(f"{name}={quote(json.dumps(value))}" for name, value in sent.items())
    return client.post(HERE, form, FORM)


def extend(client, ids, *names):
    answer = post(client, extend={"ids": ids, "properties": [{"id": name} for name in names]})
    assert answer.status_code == 200, answer.content
    assert wrong("extension", answer.json()) == []
    return answer.json()


def called(*names):
    return [{"name": name, "language": "", "note": ""} for name in names]


def matched(candidates):
    return [candidate["id"] for candidate in candidates if candidate["match"]]


def refused(answer, status=400):
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    assert answer["Access-Control-Allow-Origin"] == "*" and len(answer.content) < 20_000
    return answer.json()
