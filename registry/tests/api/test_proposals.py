"""Partners' systems propose: once a key, against what they read, for the editors alone to decide."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone
from knox.models import get_digest_token

from registry import ledger
from registry.api import proposals
from registry.models import ENTRIES, AccessToken, Change, Proposal, ProposalMessage, TokenScope, User
from registry.tests.admin.forms import sign_in
from registry.tests.api.test_bad_input import refused
from registry.tests.api.test_schema_of_answers import problems
from registry.tests.make import make_project, make_region, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/proposals/"
NEW = {
    "kind": "new",
    "noun": "projects",
    "values": {"title": "A caravanserai", "status": "ongoing"},
    "evidence": "Annual report, page 12",
}


def token_of(user, *scopes, days=1):
    digest, token = get_digest_token("")
    ends = timezone.now() + timezone.timedelta(days=days)
    ledger.put(AccessToken(digest=digest, token_key=token[:25], user=user, expiry=ends, name="It", scopes=list(scopes)))
    return {"HTTP_AUTHORIZATION": f"Token {token}"}


@pytest.fixture
def account():
    return sign_in("Partners", is_staff=False).user


@pytest.fixture
def partner(account):
    """The headers of a partner's system."""
    return token_of(account, TokenScope.PROPOSE)


def send(partner, body, key="one", client=None, **headers):
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    given = {"content_type": "application/json", "HTTP_IDEMPOTENCY_KEY": key, **partner, **headers}
    return (client or Client()).post(ADDRESS, raw, **given)


def change(project, **values):
    return {"kind": "change", "code": project.pk, "values": values}


# What is kept


def test_a_new_record_is_proposed_and_followed_by_its_reference(partner, account):
    answer = send(partner, NEW | {"credit": "The Heritage Office", "text": "We keep the list."})
    assert answer.status_code == 201 and problems("Received", answer.json()) == []
    kept = Proposal.objects.get()
    assert (kept.by, kept.origin, kept.kind, kept.state) == (account, "partner", "new", "waiting")
    assert kept.proposed == NEW["values"] and kept.credit == "The Heritage Office"
    assert answer["Location"] == answer.json()["url"] and answer["Cache-Control"] == "no-store, private"
    followed = Client().get(answer["Location"], **partner)
    assert followed.status_code == 200 and problems("ProposalState", followed.json()) == []
    assert followed.json()["state"] == "waiting" and followed.json()["code"] is None
    assert {each["field"]: each["proposed"] for each in followed.json()["values"]} == NEW["values"]


def test_sent_again_it_is_kept_once_and_answered_alike(partner):
    first, again = send(partner, NEW), send(partner, dict(reversed(NEW.items())))
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert refused(send(partner, NEW | {"text": "More"}), (422,)) and Proposal.objects.count() == 1
    assert send(partner, NEW | {"text": "More"}, key="two").status_code == 201


def test_one_partner_s_key_is_no_other_s(partner):
    other = token_of(sign_in("Partners").user, TokenScope.PROPOSE)
    mine, theirs = send(partner, NEW).json(), send(other, NEW).json()
    assert mine["reference"] != theirs["reference"]
    refused(Client().get(theirs["url"], **partner), (404,))
    refused(Client().get(f"{ADDRESS}{'a' * 26}/", **partner), (404,))


@pytest.mark.parametrize("key", ["", "two words", "é", "x" * 129, "tab\t"])
def test_a_key_is_needed_and_plain(partner, key):
    answer = send(partner, NEW, key=key) if key else send_without_key(partner)
    assert list(refused(answer)["errors"]) == ["Idempotency-Key"] and not Proposal.objects.exists()


def send_without_key(partner):
    return Client().post(ADDRESS, json.dumps(NEW), content_type="application/json", **partner)


# Against what was read


def test_a_change_that_names_no_version_is_refused(partner):
    project = make_project(status="ongoing")
    for if_match in ({}, {"HTTP_IF_MATCH": "*"}):
        refused(send(partner, change(project, status="completed"), **if_match), (428,))
    assert not Proposal.objects.exists()


def test_a_change_names_what_it_read_by_etag_or_by_version(partner, client):
    project = make_project(status="ongoing", title="A mill")
    etag = client.get(f"/api/v1/projects/{project.pk}/")["ETag"]
    make_region(title="Elsewhere")  # the register went on, this record did not
    assert send(partner, change(project, status="completed"), HTTP_IF_MATCH=etag).status_code == 201
    read = change(project, title="The mill") | {"version": project.version}
    assert send(partner, read, key="two").status_code == 201
    weak = change(project, title="Mill")
    by_a_proxy = f'"other", W/{etag}'  # which compressed the answer
    assert send(partner, weak, key="three", HTTP_IF_MATCH=by_a_proxy).status_code == 201
    kept = Proposal.objects.first()
    assert (kept.code, kept.before, kept.base_version) == (project.pk, {"status": "ongoing"}, project.version)


def test_a_change_of_what_was_changed_meanwhile_is_refused_and_one_sent_before_is_answered_as_before(partner, client):
    project = make_project(status="ongoing")
    etag = client.get(f"/api/v1/projects/{project.pk}/")["ETag"]
    body = change(project, status="completed")
    first = send(partner, body, HTTP_IF_MATCH=etag)
    project.summary = "A sentence more."
    with ledger.batch(by=None, reason="Read again") as batch:
        batch.save(project, expected=project.version)
    refused(send(partner, body, key="late", HTTP_IF_MATCH=etag), (412,))
    refused(send(partner, body | {"version": 1}, key="late"), (412,))
    refused(send(partner, body, key="late", HTTP_IF_MATCH='"made up"'), (412,))
    assert send(partner, body, HTTP_IF_MATCH=etag).json() == first.json()


def test_a_draft_is_as_unknown_as_what_never_was(partner):
    draft = make_project(state="draft")
    said = [
        refused(send(partner, {"kind": "change", "code": code, "version": 1, "values": {"title": "x"}}))
        for code in (draft.pk, "PRJ-9999", "QQQ-0001", "prj-0001")
    ]
    assert said[0] == said[1] == said[2] == said[3] and list(said[0]["errors"]) == ["code"]


# What is wrong with it


WRONG = {
    "an unknown member": (NEW | {"state": "accepted"}, "state"),
    "a private field": (NEW | {"values": {"title": "x", "withdrawn_reason": "x"}}, "values.withdrawn_reason"),
    "a derived field": (NEW | {"values": {"title": "x", "version": 9}}, "values.version"),
    "rows of a record": (NEW | {"values": {"title": "x", "citations": []}}, "values.citations"),
    "an unknown code": (NEW | {"values": {"title": "x", "status": "finished"}}, "values.status"),
    "a number for a text": (NEW | {"values": {"title": 5}}, "values.title"),
    "true for a text": (NEW | {"text": True}, "text"),
    "a relation to nothing": (NEW | {"values": {"title": "x", "regions": ["REG-9999"]}}, "values.regions"),
    "a bidirectional control": (NEW | {"values": {"title": "Tilted \u202e name"}}, "values.title"),
    "no values": (NEW | {"values": {}}, "values"),
    "values in a list": (NEW | {"values": []}, "values"),
    "no title": (NEW | {"values": {"status": "ongoing"}}, "values.title"),
    "an unknown noun": (NEW | {"noun": "users"}, "noun"),
    "no noun": ({name: value for name, value in NEW.items() if name != "noun"}, "noun"),
    "a new record with a code": (NEW | {"code": "PRJ-0001"}, "code"),
    "an unknown kind": (NEW | {"kind": "publish"}, "kind"),
    "a script for an address": (NEW | {"evidence_url": "javascript:alert(1)"}, "evidence_url"),
    "a long text": (NEW | {"text": "a" * 5001}, "text"),
    "a version in words": (change(Proposal(pk="PRJ-0001"), title="x") | {"version": "1"}, "version"),
    "a version that is true": (change(Proposal(pk="PRJ-0001"), title="x") | {"version": True}, "version"),
    "a version of 2 to the 31": (change(Proposal(pk="PRJ-0001"), title="x") | {"version": 2**31}, "version"),
}


@pytest.mark.parametrize(("body", "member"), WRONG.values(), ids=WRONG)
def test_a_refusal_names_the_member(partner, body, member):
    errors = refused(send(partner, body))["errors"]
    assert list(errors) == [member] and not Proposal.objects.exists()


def test_an_unknown_member_is_told_which_are_known(partner):
    assert "kind, noun, code, version, values" in refused(send(partner, NEW | {"colour": "red"}))["errors"]["colour"][0]


def test_a_proposal_that_changes_nothing_is_refused(partner):
    project = make_project(status="ongoing")
    refused(send(partner, change(project, status="ongoing") | {"version": project.version}))


BODIES = {
    "deep": ('{"kind": ' + "[" * 100_000, 400),
    "33 levels": ('{"values": ' + "[" * 32 + "]" * 32 + "}", 400),
    "NaN": ('{"kind": NaN}', 400),
    "infinite": ('{"kind": 1e999}', 400),
    "a name twice": ('{"kind": "new", "kind": "new"}', 400),
    "5,000 digits": ('{"version": ' + "9" * 5000 + "}", 400),
    "NUL": ('{"kind": "n\\u0000w"}', 400),
    "NUL in a name": ('{"ki\\u0000nd": "new"}', 400),
    "half a character": ('{"kind": "\\ud800"}', 400),
    "a byte that is no text": (b'{"kind": "\xff"}', 400),
    "a byte order mark": (b'\xef\xbb\xbf{"kind": "new"}', 400),
    "nothing": ("", 400),
    "a list": ("[]", 400),
    "a text": ('"new"', 400),
    "not JSON": ("kind=new", 400),
    "1 MB": ('{"text": "' + "x" * 1_000_000 + '"}', 413),
    "open quotes": ('{"' + '\\"' * 400_000, 400),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
def test_a_body_that_cannot_be_read_is_refused(partner, body, status):
    refused(send(partner, body), (status,))
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_only_json_is_read(partner, kind):
    sent = Client().post(ADDRESS, json.dumps(NEW), content_type=kind, HTTP_IDEMPOTENCY_KEY="one", **partner)
    refused(sent, (400, 415))


# Who may


def test_without_a_token_with_that_scope_nobody_proposes(account, partner):
    reader, over = token_of(account, TokenScope.READ), token_of(account, TokenScope.PROPOSE, days=-1)
    former = make_user(is_superuser=False)
    for headers, status in (({}, 401), (over, 401), (reader, 403), (token_of(former, TokenScope.PROPOSE), 403)):
        refused(send(headers, NEW), (status,))
        refused(Client().get(f"{ADDRESS}{'a' * 26}/", **headers), (status,))
    for group in ("Contributors", "Editors", None):
        signed_in = sign_in(group)
        sent = signed_in.post(ADDRESS, json.dumps(NEW), content_type="application/json", HTTP_IDEMPOTENCY_KEY="one")
        refused(sent, (401,))
    assert not Proposal.objects.exists()


def test_a_token_that_sends_much_is_asked_to_wait_while_others_go_on(partner, monkeypatch):
    monkeypatch.setattr(proposals, "MOST", 2)
    answers = [send(partner, NEW, key=f"key{n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert refused(answers[-1], (429,)) and 0 < int(answers[-1]["Retry-After"]) <= proposals.WINDOW
    other = token_of(sign_in("Partners").user, TokenScope.PROPOSE)
    assert send(other, NEW).status_code == 201


def test_no_public_answer_knows_of_it(partner, client):
    project = make_project(title="A mill", status="ongoing")
    addresses = ["/", project.get_absolute_url(), "/api/v1/", f"/api/v1/projects/{project.pk}/", "/api/v1/schema/"]
    before = [client.get(address).content for address in addresses]
    send(partner, change(project, title="Quxoprane") | {"version": 1, "text": "Quxoprane"})
    assert Proposal.objects.count() == 1 and before == [client.get(address).content for address in addresses]


def test_no_word_among_editors_and_no_name_of_theirs_is_told(partner):
    told = send(partner, NEW).json()
    proposal, editor = Proposal.objects.get(), make_user(username="Quxoprane", first_name="Quxoprane")
    ledger.put(ProposalMessage(proposal=proposal, by=editor, internal=True, text="Quxoprane inside"))
    ledger.put(ProposalMessage(proposal=proposal, by=editor, text="Which year?"))
    followed = Client().get(told["url"], **partner)
    assert [step["text"] for step in followed.json()["conversation"]] == ["Which year?"]
    assert "Quxoprane" not in followed.content.decode()


class TestManyAtOnce(TransactionTestCase):
    """Threads with connections of their own see only what is committed, so this test commits."""

    def _fixture_teardown(self):
        """Empty what was written alone: Django would empty every table, and with them what migrations put there."""
        tables = ", ".join(model._meta.db_table for model in (*ENTRIES, Change, Proposal, AccessToken, User))
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} CASCADE")

    def test_200_submitters_at_once_with_repeated_keys_make_one_proposal_a_key(self):
        partner, server = token_of(make_user(), TokenScope.PROPOSE), Client()
        server.get("/api/v1/")  # its middleware stands, and is shared as it is between the threads of a server

        def submit(number):
            body, client = NEW | {"values": {"title": f"Place {number % 25}"}}, Client()
            client.handler = server.handler
            try:
                return number % 25, send(partner, body, key=f"key{number % 25}", client=client)
            finally:
                connection.close()

        with ThreadPoolExecutor(40) as pool:
            answers = list(pool.map(submit, range(200)))
        assert Counter(answer.status_code for _key, answer in answers) == {201: 25, 200: 175}
        assert len({(key, answer.json()["reference"]) for key, answer in answers}) == 25
        assert Proposal.objects.count() == 25
