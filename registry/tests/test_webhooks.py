"""Webhooks: every public change arrives, in order, signed, at public addresses alone, and nothing else ever does."""

import json
import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from registry import ledger, links, webhooks
from registry.api import schema
from registry.models import Citation, FeedEntry, State, Webhook, WebhookAttempt, WebhookState
from registry.tests.make import make_contact, make_initiative, make_project, make_region, make_site, make_source
from registry.tests.receiver import NAME, receiving, subscribed
from registry.tests.test_links_addresses import PRIVATE
from registry.tests.twins import SECRET
from registry.webhooks import watching
from registry.webhooks.delivering import DELAYS, KEPT


@pytest.fixture(scope="module")
def running():
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def receiver(running, settings):
    settings.PUBLIC_URL = "http://testserver"
    running.heard.clear()
    running.answers.clear()
    return running


def told(receiver, webhook) -> int:
    """Deliver as the worker does; how many messages were taken."""
    return webhooks.deliver(webhook.pk, post=receiver.post)


def due_now(webhook) -> Webhook:
    """As if the time of the next attempt had come."""
    webhook.refresh_from_db()
    webhook.next_attempt = timezone.now()
    ledger.put(webhook, only=["next_attempt"])
    return webhook


def changed(entry, **values):
    for name, value in values.items():
        setattr(entry, name, value)
    with ledger.batch(by=None, reason="Read again") as batch:
        batch.save(entry, expected=entry.version)
    return entry


def make_project_told():
    """A project that partners know."""
    entry = make_project()
    ledger.catch_up()
    return entry


def withdrawn(entry):
    with ledger.batch(by=None, reason="A slip") as batch:
        batch.withdraw(entry, expected=entry.version, why="It was a slip.")
    return entry


@pytest.mark.django_db
def test_a_receiver_is_told_what_the_api_shows_in_the_order_of_the_feed(receiver, client):
    webhook, secret = subscribed(receiver.url, nouns=["projects", "initiatives"])
    project, idea = make_project(), make_initiative()
    assert told(receiver, webhook) == 2
    first, second = receiver.checked(secret)
    assert first["type"] == second["type"] == "record.published"
    entries = [FeedEntry.objects.get(code=entry.pk) for entry in (project, idea)]
    assert first["data"] == {
        "number": entries[0].number,
        "code": project.pk,
        "noun": "projects",
        "document": client.get(f"/api/v1/projects/{project.pk}/").json(),
    }
    assert first["timestamp"] == f"{entries[0].at:%Y-%m-%dT%H:%M:%S.%f}Z"
    assert second["data"]["code"] == idea.pk
    assert receiver.ids == [f"msg_{webhook.pk}_{entry.number}" for entry in entries]
    path, headers, _body = receiver.heard[0]
    assert (path, headers["content-type"]) == ("/hook", "application/json")
    assert "CaspianHeritageRegister" in headers["user-agent"] and not {"cookie", "authorization"} & set(headers)
    assert told(receiver, webhook) == 0 and len(receiver.heard) == 2
    webhook.refresh_from_db()
    assert (webhook.position, webhook.failures) == (FeedEntry.objects.count(), 0) and webhook.last_success


@pytest.mark.django_db
def test_what_is_taken_back_is_told_as_a_tombstone_and_nothing_of_it_is_told_before(receiver):
    gone, kept, double = (make_project(title=title) for title in ("Gone", "Kept", "Double"))
    webhook, secret = subscribed(receiver.url, from_start=True)
    ledger.catch_up()
    withdrawn(gone)
    ledger.merge(double, into=kept, by=None, reason="One", expected=(double.version, kept.version))
    told(receiver, webhook)
    messages = {message["data"]["code"]: message for message in receiver.checked(secret)}
    assert messages[gone.pk]["type"] == "record.withdrawn"
    assert messages[gone.pk]["data"]["tombstone"] == {"code": gone.pk, "reason": "It was a slip.", "now": None}
    now = messages[double.pk]["data"]["tombstone"]["now"]
    assert messages[double.pk]["type"] == "record.merged"
    assert (now["code"], now["url"]) == (kept.pk, f"http://testserver/api/v1/projects/{kept.pk}/")
    assert len(receiver.heard) == 3 and b"Gone" not in b"".join(body for *_head, body in receiver.heard)


@pytest.mark.django_db
def test_every_message_is_as_the_schema_says(receiver):
    webhook, secret = subscribed(receiver.url, from_start=True, nouns=[])
    withdrawn(make_project_told())
    kept, double = make_site(), make_site()
    ledger.catch_up()
    ledger.merge(double, into=kept, by=None, reason="One", expected=(double.version, kept.version))
    told(receiver, webhook)
    webhooks.send_test(webhook, post=receiver.post)
    document, types = schema.document(), set()
    for message in receiver.checked(secret):
        types.add(message["type"])
        operation = document["webhooks"][message["type"]]["post"]
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        checker = Draft202012Validator(body | {"components": document["components"]})
        assert not [*checker.iter_errors(message)] and [*checker.iter_errors(message | {"data": {}})]
    assert types == set(document["webhooks"])


@pytest.mark.django_db
def test_what_is_taken_back_after_the_feed_was_kept_last_is_not_told_as_public(receiver):
    entry = make_project(title="A slip of the pen")
    ledger.catch_up()
    webhook, secret = subscribed(receiver.url, from_start=True)
    withdrawn(entry)  # in a test nothing is committed, so the feed does not know it yet
    assert FeedEntry.objects.current().get(code=entry.pk).state == "published"
    told(receiver, webhook)
    assert [message["type"] for message in receiver.checked(secret)] == ["record.withdrawn"]


@pytest.mark.django_db
def test_a_message_that_is_not_taken_comes_again_with_its_id_before_any_other(receiver):
    webhook, secret = subscribed(receiver.url)
    first, second = make_project(), make_project()
    receiver.answers[:] = [(500, {}), (503, {"Retry-After": "900"})]
    assert told(receiver, webhook) == 0 and told(receiver, webhook) == 0  # it waits
    assert receiver.codes == [first.pk]
    told(receiver, due_now(webhook))
    webhook.refresh_from_db()
    assert webhook.failures == 2 and webhook.position < FeedEntry.objects.get(code=first.pk).number
    assert timedelta(minutes=14) < webhook.next_attempt - timezone.now() <= timedelta(minutes=15)
    changed(second, title="Another title")
    assert told(receiver, due_now(webhook)) == 2
    assert receiver.codes == [first.pk, first.pk, first.pk, second.pk]
    assert len(set(receiver.ids[:3])) == 1 and len({body for *_head, body in receiver.heard[:3]}) == 1
    assert receiver.checked(secret)[-1]["data"]["document"]["title"] == "Another title"


@pytest.mark.django_db
def test_after_three_days_of_failures_it_stops_and_its_maker_hears_of_it(
    receiver, mailoutbox, django_capture_on_commit_callbacks
):
    webhook, _secret = subscribed(receiver.url)
    make_project()
    receiver.answers[:] = [(500, {})] * (len(DELAYS) + 1)
    for delay in DELAYS:
        told(receiver, webhook)
        webhook.refresh_from_db()
        waits = (webhook.next_attempt - webhook.last_attempt).total_seconds()
        assert webhook.is_active and delay <= waits <= delay * 1.1
        due_now(webhook)
    with django_capture_on_commit_callbacks(execute=True):
        told(receiver, webhook)
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.FAILED
    assert timedelta(days=3) < timedelta(seconds=sum(DELAYS)) and len(set(receiver.ids)) == 1
    [mail] = mailoutbox
    assert mail.to == ["maker@example.org"] and "10 times" in mail.body and "Vyxaneth" not in mail.body
    assert told(receiver, webhook) == 0
    webhooks.go_on(webhook)
    assert told(receiver, webhook) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [302, 301, 307, 304, 404, 410, 999])
def test_nothing_but_success_counts_and_no_redirect_is_followed(receiver, status):
    webhook, _secret = subscribed(receiver.url)
    make_project()
    receiver.answers[:] = [(status, {"Location": receiver.url})]
    assert told(receiver, webhook) == 0 and len(receiver.heard) == 1
    webhook.refresh_from_db()
    assert webhook.state == (WebhookState.FAILED if status == 410 else WebhookState.ACTIVE)
    attempt = WebhookAttempt.objects.get()
    assert (attempt.status, attempt.succeeded) == (status, False)
    assert "Vyxaneth" not in attempt.words


def test_no_spelling_of_a_private_address_is_called():
    for address in PRIVATE.values():
        with pytest.raises(links.Refused):
            links.post(f"https://{address}/", b"{}", {}, what_for="webhook", seconds=2)
        guard = links.Guard(resolve=lambda host, port, address=address: ["8.8.8.8", address.strip("[]")])
        with pytest.raises(links.Refused):
            links.post("https://innocent.example/", b"{}", {}, what_for="webhook", seconds=2, guard=guard)


@pytest.mark.django_db
def test_a_webhook_at_a_private_address_sends_nothing_and_says_why(receiver):
    webhook, _secret = subscribed(f"https://127.0.0.1:{receiver.server_port}/hook")
    make_project()
    assert webhooks.deliver(webhook.pk) == 0
    webhook.url = "https://127.0.0.1/hook"
    ledger.put(webhook, only=["url"])
    webhooks.deliver(due_now(webhook).pk)
    assert receiver.heard == [] and "not public" in WebhookAttempt.objects.first().words


def test_a_receiver_that_is_silent_or_shows_another_certificate_is_given_up(receiver):
    receiver.silent.add("/hook")
    with pytest.raises(links.Unreached, match="seconds"):
        receiver.post(receiver.url, b"{}", {}, what_for="webhook", seconds=0.3)
    receiver.silent.clear()
    receiver.heard.clear()
    with pytest.raises(links.Unreached, match="certificate"):
        receiver.post(receiver.url.replace(NAME, "other.example"), b"{}", {}, what_for="webhook", seconds=5)
    assert receiver.heard == []


@pytest.mark.django_db
@pytest.mark.parametrize("choice", ["nouns", "states", "places"])
def test_a_webhook_is_told_what_it_asked_for(receiver, choice):
    around = make_region(title="A country", kind="country")
    inside = make_region(title="A town", parent=around)
    there, elsewhere, lost = (make_project(regions=[place]) for place in (inside, make_region(), inside))
    ledger.catch_up()
    withdrawn(lost)
    given = {"nouns": ["projects"], "states": ["withdrawn"], "places": [around.pk]}[choice]
    webhook, _secret = subscribed(receiver.url, from_start=True, **{"nouns": []} | {choice: given})
    told(receiver, webhook)
    expected = {
        "nouns": [there.pk, elsewhere.pk, lost.pk],
        "states": [lost.pk],
        "places": [around.pk, inside.pk, there.pk, lost.pk],
    }[choice]
    assert receiver.codes == expected
    webhook.refresh_from_db()
    assert webhook.position == FeedEntry.objects.count()


@pytest.mark.django_db
def test_a_place_that_was_merged_is_asked_for_under_its_new_code(receiver):
    old, new = make_region(title="Sheki"), make_region(title="Şəki")
    webhook, _secret = subscribed(receiver.url, places=[old.pk], nouns=["projects"], states=["published"])
    ledger.merge(old, into=new, by=None, reason="One", expected=(old.version, new.version))
    project = make_project(regions=[new])
    told(receiver, webhook)
    assert receiver.codes == [project.pk]


@pytest.mark.django_db
def test_no_draft_and_nothing_private_is_in_any_message_or_log(receiver, caplog):
    webhook, secret = subscribed(receiver.url, nouns=[])
    hidden = make_region(title=SECRET, state=State.DRAFT)
    entry = make_project(regions=[hidden], citations=[Citation(source=make_source(), locator="page 1")])
    make_site(exact=("49.867123", "40.409345"), region=make_region(), heritage_types=["archaeological_site"])
    make_contact(entry.pk, name=SECRET, email=f"{SECRET}@example.org")
    make_project(title=SECRET, state=State.DRAFT)
    receiver.answers[:] = [(500, {})]
    told(receiver, webhook)
    assert told(receiver, due_now(webhook)) > 3
    sent = b"".join(body for *_head, body in receiver.heard)
    assert SECRET.encode() not in sent and b"49.867" not in sent and secret.encode() not in sent
    stored = str([*Webhook.objects.values(), *WebhookAttempt.objects.values()]) + caplog.text
    assert secret.removeprefix("whsec_") not in stored and "Vyxaneth" not in stored


@pytest.mark.django_db
def test_a_paused_webhook_loses_nothing(receiver):
    webhook, _secret = subscribed(receiver.url)
    webhooks.pause(webhook, reason="The partner moves house.")
    entry = make_project()
    assert told(receiver, webhook) == 0 and receiver.heard == []
    webhooks.go_on(webhook)
    assert told(receiver, webhook) == 1 and receiver.codes == [entry.pk]


@pytest.mark.django_db
def test_what_was_told_is_told_again_with_the_same_ids(receiver):
    webhook, _secret = subscribed(receiver.url)
    for _number in range(3):
        make_project()
    told(receiver, webhook)
    webhooks.tell_again(webhook, int(receiver.ids[1].rpartition("_")[2]))
    assert told(receiver, webhook) == 2 and receiver.ids[3:] == receiver.ids[1:3]


@pytest.mark.django_db
def test_what_an_editor_decides_while_a_message_is_on_its_way_holds(receiver):
    webhook, _secret = subscribed(receiver.url)
    first, second = make_project(), make_project()

    def post(*given, **named):
        if len(receiver.heard) == 1:
            webhooks.tell_again(webhook, 1)
        elif len(receiver.heard) == 3:
            webhooks.pause(webhook, reason="Enough.")
            receiver.answers[:] = [(410, {})]
        return receiver.post(*given, **named)

    webhooks.deliver(webhook.pk, post=post)
    webhook.refresh_from_db()
    assert receiver.codes == [first.pk, second.pk] * 2
    assert (webhook.state, webhook.reason) == (WebhookState.PAUSED, "Enough.")


@pytest.mark.django_db
def test_with_a_new_secret_the_one_before_is_good_for_a_day(receiver):
    webhook, old = subscribed(receiver.url)
    new = webhooks.rotate(webhook)
    assert webhooks.send_test(webhook, post=receiver.post).is_taken
    assert receiver.checked(old) == receiver.checked(new) and receiver.checked(new)[0]["type"] == "webhook.test"
    webhook.old_secret_until = timezone.now()
    ledger.put(webhook, only=["old_secret_until"])
    receiver.heard.clear()
    webhooks.send_test(webhook, post=receiver.post)
    assert receiver.checked(new)
    with pytest.raises(WebhookVerificationError):
        receiver.checked(old)


@pytest.mark.django_db
def test_the_secret_is_read_with_the_key_of_the_register_alone(receiver, settings):
    webhook, secret = subscribed(receiver.url)
    assert Verifier(secret) and len(secret) == 50 and secret not in webhook.secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 5
    assert webhooks.send_test(webhook, post=receiver.post).is_taken and receiver.checked(secret)
    settings.SECRET_KEY_FALLBACKS = []
    outcome = webhooks.send_test(webhook, post=receiver.post)
    assert "SECRET_KEY" in outcome.words and len(receiver.heard) == 1
    new = webhooks.rotate(webhook)
    receiver.heard.clear()
    assert webhooks.send_test(webhook, post=receiver.post).is_taken and receiver.checked(new)


@pytest.mark.django_db
def test_only_the_last_attempts_are_remembered(receiver):
    webhook, _secret = subscribed(receiver.url)
    rows = [WebhookAttempt(webhook=webhook, words=str(n), succeeded=False, milliseconds=1) for n in range(KEPT)]
    ledger.put_all(rows)
    webhooks.send_test(webhook, post=receiver.post)
    found = list(WebhookAttempt.objects.values_list("words", flat=True))
    assert len(found) == KEPT and found[0] == "Taken." and "0" not in found


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_change_once_and_a_silent_receiver_holds_nobody_up():
    with receiving() as receiver:
        receiver.silent.add("/silent")
        webhook, _secret = subscribed(receiver.url)
        subscribed(receiver.url.replace("/hook", "/silent"))
        entries = [make_project() for _number in range(4)]
        stop, workers, last = threading.Event(), [{}, {}], FeedEntry.objects.count()
        while Webhook.objects.get(pk=webhook.pk).position < last:
            for at_work in workers:
                watching.begin_due(at_work, stop, receiver.post)
            for at_work in workers:
                if webhook.pk in at_work:
                    at_work[webhook.pk].join()
        heard = [(path, json.loads(body)["data"]["code"]) for path, _headers, body in receiver.heard]
        assert [code for path, code in heard if path == "/hook"] == [entry.pk for entry in entries]
        assert [path for path, _code in heard].count("/silent") == 1
        stop.set()
        receiver.over.set()
        for thread in [thread for at_work in workers for thread in at_work.values()]:
            thread.join()
