"""Whatever the schema allows is answered as it says, whatever it forbids is refused: made up by schemathesis.

SCHEMATHESIS_EXAMPLES=50 make test ARGS="-k schemathesis -s"       # all of it, many times: some minutes
"""

import os
from collections import Counter
from contextlib import closing
from itertools import count

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from heritage.wsgi import application
from registry.api import proposals
from registry.models import ENTRIES, Project, TokenScope
from registry.tests.admin.forms import sign_in
from registry.tests.api.test_proposals import token_of
from registry.tests.make import MAKERS, make_region
from registry.tests.rows import filled

pytestmark = pytest.mark.django_db

EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "")
FOR_SOCKETS = {"max_redirects", "verify", "cert", "proxies"}
PHASES = {"coverage", "fuzzing", "stateful"}
PROPOSALS_ALONE = [{"include-path-regex": "^/api/v1/(?!proposals/)", "enabled": False}]
# Every edge of every parameter is tried at one collection; the others read theirs in the same way.
NOT_EVERY_EDGE = [
    {
        "include-path-regex": f"^/api/v1/({'|'.join(model.slug for model in ENTRIES if model is not Project)})/",
        "phases": {"coverage": {"enabled": False}},
    }
]


@pytest.fixture
def register():
    """A full and a bare record of each noun, in a country; by noun the code of a record that is there."""
    make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    return {model.prefix: (filled(model, summary="Words."), MAKERS[model]())[0] for model in ENTRIES}


@pytest.fixture
def shared_connection():
    """What answers a thread of schemathesis sees what the test has made and leaves nothing."""
    ours = connections["default"]
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    connection.inc_thread_sharing()

    def application_with_it(environ, start_response):
        connections["default"] = ours
        answer = application(environ, start_response)
        with closing(answer):
            return [b"".join(answer)]

    yield application_with_it
    connection.dec_thread_sharing()
    for signal in signals:
        signal.connect(close_old_connections)


class WhatTheSchemaCannotSay:
    """Makes of a request that is right by its shape one that is right by what the register holds."""

    def __init__(self, records):
        self.records, self.numbers = records, count()

    def complete(self, case):
        if case.meta is None or not case.meta.generation.mode.is_positive:
            return
        for name, value in list((case.query or {}).items()):
            self.ask(case.query, name, value)
        if case.operation.label == "POST /api/v1/proposals/" and isinstance(case.body, dict):
            self.propose(case)

    def ask(self, query, name, value):
        """Codes of records that are there, words that are few, corners in order, days that are in the calendar."""
        given = value if isinstance(value, list) else [value]
        if name == "cursor":
            del query[name]  # signed by the register
        elif name == "country":
            query[name] = ["AZ" for _ in given]
        elif name == "q":
            query[name] = "a mill"
        elif name == "bbox":
            query[name] = "46.5,38,50.5,42" if value else value
        elif name == "updated_since":
            query[name] = f"2026-01-{value[8:]}" if value and value[8:10] < "29" else ""
        else:
            codes = [code for code in given if isinstance(code, str) and code[:3] in self.records and code[3:4] == "-"]
            if codes:
                query[name] = [self.records[code[:3]].pk for code in codes]

    def propose(self, case):
        """A title for a record of a noun, or for one that is there; under a key of its own."""
        body, number = case.body, next(self.numbers)
        case.headers["Idempotency-Key"] = f"key{number}"
        case.headers.pop("If-Match", None)
        record = self.records["PRJ"]
        own = {"kind": "new", "noun": body.get("noun", "regions")}
        if body["kind"] == "change":
            own = {"kind": "change", "code": record.pk, "version": record.version}
        case.body = own | {"values": {"title": f"Title {number}"}, "text": "A word.", "evidence": "A list, row 1"}


@pytest.fixture
def probes_without_a_socket(monkeypatch):
    """Schemathesis 4.32 hands what is for sockets to an application too when it tries an address without the token."""
    send = WSGITransport.send

    def without_a_socket(transport, case, **given):
        return send(transport, case, **{name: value for name, value in given.items() if name not in FOR_SOCKETS})

    monkeypatch.setattr(WSGITransport, "send", without_a_socket)


@pytest.fixture
def what_the_schema_cannot_say(register):
    """Schemathesis has such hooks for all schemas together only."""
    known = WhatTheSchemaCannotSay(register)

    @schemathesis.hook
    def before_call(context, case, kwargs):
        known.complete(case)

    yield
    schemathesis.hooks.unregister(before_call)


def run(app, header):
    """Every phase with every check; how many cases there were by phase, and what failed."""
    generation = {"max-examples": int(EXAMPLES or 2), "deterministic": True, "database": "none", "allow-x00": False}
    given = {"seed": 1, "workers": 1, "continue-on-failure": True, "generation": generation}
    given["cache"] = {"enabled": False}  # what an earlier run has learnt would change what this one tries
    if header:
        given["auth"] = {"openapi": {"partnerToken": {"api_key": header["HTTP_AUTHORIZATION"]}}}
    if not EXAMPLES:
        given["operations"] = PROPOSALS_ALONE if header else NOT_EVERY_EDGE
    config = schemathesis.Config.from_dict(given)
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", app, config=config)
    cases, wrong = Counter(), {}
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            cases[event.phase.value] += len(event.recorder.cases)
            for key, checks in event.recorder.checks.items():
                for check in checks:
                    if check.failure_info:
                        wrong[f"{check.name}: {event.recorder.cases[key].value.as_curl_command()}"] = str(
                            check.failure_info.failure
                        )
        elif isinstance(event, events.NonFatalError | events.FatalError):
            wrong[f"{event}"] = str(getattr(event, "info", ""))
    return cases, wrong


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.usefixtures("what_the_schema_cannot_say", "probes_without_a_socket")
@pytest.mark.parametrize("who", ["anybody", "partner"])
def test_the_api_is_as_its_schema_says(shared_connection, monkeypatch, who):
    monkeypatch.setattr(proposals, "MOST", 10**9)
    account = sign_in("Partners", is_staff=False).user
    header = token_of(account, TokenScope.READ, TokenScope.PROPOSE) if who == "partner" else {}
    cases, wrong = run(shared_connection, header)
    print(who, dict(cases))
    assert not wrong, "\n\n".join(f"{where}\n{what}" for where, what in list(wrong.items())[:20])
    assert {*cases} >= PHASES
