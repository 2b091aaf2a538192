"""Webhooks: what a partner is told of public changes is signed, is what was asked for, and holds nothing private."""

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from registry import ledger, webhooks
from registry.api import schema
from registry.models import Citation, FeedEntry, State, Webhook, WebhookAttempt
from registry.tests import receiver as partner
from registry.tests.make import make_contact, make_initiative, make_project, make_region, make_site, make_source
from registry.tests.receiver import due_now, make_project_told, subscribed, told, withdrawn
from registry.tests.twins import SECRET

receiver, running = partner.receiver, partner.running


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
