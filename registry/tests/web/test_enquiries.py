"""Writing to the people behind a record: kept for the editors, followed by its author, never a way to a contact."""

import re
import time

import pytest
from django.core import mail
from django.test import Client

from registry.models import ENTRIES, Proposal
from registry.tests.make import MAKERS, make_contact, make_programme, make_project, make_site
from registry.tests.web.page import read
from registry.web import spam

pytestmark = pytest.mark.django_db
CANARY = "Quxoprane"
RANDOM = re.compile(r'(?<=value=")[\w:.-]{20,}|(?<=/proposals/)[a-z2-7]{26}|(?<=datetime=")[^"]*')


def typed(**given):
    """What somebody sends who took half a minute."""
    started = spam.started(time.time() - 30)
    words = {"name": "A reader", "email": "reader@example.org", "text": "May I see the drawings?", "consent": "on"}
    return words | {"started": started} | given


def write_to(client, entry, **given):
    return client.post(
        f"{entry.get_absolute_url()}write/", typed(**given), REMOTE_ADDR=given.pop("network", "198.51.100.7")
    )


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_every_published_record_can_be_written_about(client, model):
    entry = MAKERS[model]()
    form = f"{entry.get_absolute_url()}write/"
    assert form in read(client, entry.get_absolute_url()).links
    told = read(client, form).text
    assert "at the latest 6 months" in told and "after 24 months without an answer" in told
    sent = write_to(client, entry)
    kept = Proposal.objects.get()
    assert sent["Location"] == f"/proposals/{kept.reference}/"
    assert (kept.kind, kept.code, kept.state, kept.email) == ("message", entry.pk, "waiting", "reader@example.org")
    assert "May I see the drawings?" in read(client, sent["Location"]).text


def test_form_and_private_page_are_the_same_whether_or_not_somebody_stands_behind_the_record(client):
    site = make_site()
    addresses = [f"{site.get_absolute_url()}{page}" for page in ("", "write/")]

    def answers():
        pages = [client.get(address) for address in addresses]
        sent, refused = write_to(client, site), write_to(client, site, text="")
        pages += [sent, refused, client.get(sent["Location"])]
        return [(page.status_code, RANDOM.sub("", page.content.decode())) for page in pages]

    before = answers()
    make_contact(site.pk, name=CANARY, email=f"{CANARY}@example.org".lower(), position=f"{CANARY} engineer")
    after = answers()
    assert before == after and not any(CANARY.lower() in body.lower() for _status, body in after)
    assert mail.outbox == []


def test_a_draft_cannot_be_written_about_and_a_withdrawn_record_gives_its_reason(client):
    draft, gone = make_project(state="draft"), make_project(state="withdrawn")
    assert write_to(client, draft).status_code == 404
    assert write_to(client, gone).status_code == 410
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nobody"}, "valid email"),
        ({"text": "a" * 4001}, "at most 4000"),
        ({"consent": ""}, "Without your consent"),
        ({"name": "Tilted \u202e name"}, "invisible character"),
        ({"started": ""}, "open for too long"),
        ({"started": "forged:token"}, "open for too long"),
        ({"started": None}, "open for too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_is_plain_and_keeps_what_was_typed(client, wrong, said):
    if wrong.get("started", "") is None:
        wrong = {"started": spam.started(time.time() - spam.TOO_OLD - 60)}
    answer = write_to(client, make_project(), **wrong)
    body = answer.content.decode()
    assert answer.status_code == 400 and said in body and "This was not sent yet" in body
    assert ("May I see the drawings?" in body) or "text" in wrong
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"topic": "Buy"}, id="the hidden field is filled"),
        pytest.param({"started": "now"}, id="sent at once"),
        pytest.param({"text": "http://a.example " * 4}, id="a list of links"),
    ],
)
def test_what_looks_like_spam_is_held_and_not_lost_and_the_sender_sees_no_difference(client, given):
    project = make_project()
    given = {name: spam.started() if value == "now" else value for name, value in given.items()}
    sent = write_to(client, project, **given)
    assert Proposal.objects.get().state == "held" and "Held" not in read(client, sent["Location"]).text


def test_one_asks_to_join_only_while_a_programme_takes_requests(client):
    programme, over = make_programme(), make_programme(status="closed")
    sent = client.post(f"{programme.get_absolute_url()}join/", typed())
    assert Proposal.objects.get().kind == "join" and Proposal.objects.get().reference in sent["Location"]
    refused = client.post(f"{over.get_absolute_url()}join/", typed())
    assert refused.status_code == 409 and "May I see the drawings?" in refused.content.decode()
    page = read(client, f"{over.get_absolute_url()}join/")
    assert "no longer takes requests" in page.text and f"{over.get_absolute_url()}write/" in page.links
    assert Proposal.objects.count() == 1


def test_a_network_that_sends_much_waits_and_keeps_its_words_while_others_go_on(client):
    project = make_project()
    address = f"{project.get_absolute_url()}write/"
    sent = [client.post(address, typed(), REMOTE_ADDR=f"198.51.100.{n}") for n in range(spam.MOST + 1)]
    assert [answer.status_code for answer in sent] == [302] * spam.MOST + [429]
    assert 0 < int(sent[-1]["Retry-After"]) <= spam.WINDOW and "May I see the drawings?" in sent[-1].content.decode()
    assert client.post(address, typed(), REMOTE_ADDR="203.0.113.9").status_code == 302
    assert Proposal.objects.count() == spam.MOST + 1


def test_a_form_without_its_cookie_is_refused_in_our_own_words():
    answer = Client(enforce_csrf_checks=True).post(f"{make_project().get_absolute_url()}write/", typed())
    assert answer.status_code == 403 and "This page is not open to you" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_nothing_of_what_was_written_shows_on_a_public_page_or_in_a_log(client, caplog):
    project = make_project(title="A mill")
    write_to(client, project, name=CANARY, email=f"{CANARY}@example.org", text=f"{CANARY} text")
    write_to(client, project, name=CANARY, email=CANARY, text=f"{CANARY}\u0000 text")
    shown = [
        "/",
        project.get_absolute_url(),
        "/projects/",
        "/search/?q=quxo",
    ]
    shown += [f"/api/v1/projects/{project.pk}/", "/api/v1/projects/", "/api/v1/projects/?q=quxo"]
    told = {address: client.get(address).content.decode() for address in shown}
    assert [address for address, body in told.items() if CANARY in body] == []
    assert CANARY not in caplog.text
