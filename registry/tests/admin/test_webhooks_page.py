"""Webhooks on the desk: subscribed, tested, paused and helped by editors, and the secret seen once."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry import ledger
from registry.models import FeedEntry, Webhook, WebhookAttempt, WebhookState
from registry.tests.admin.forms import edited, fields, sign_in
from registry.tests.make import make_project, make_region
from registry.tests.receiver import receiving, subscribed
from registry.tests.test_links_addresses import PRIVATE

pytestmark = pytest.mark.django_db
LIST = "/admin/registry/webhook/"


@pytest.fixture
def editor():
    return sign_in("Editors")


def subscribe(client, **given):
    typed = {"name": "Catalogue", "partner": "A museum", "url": "https://museum.example/hook"}
    return client.post(f"{LIST}add/", typed | given)


def do(client, webhook, deed, **given):
    """What the page says after the deed."""
    return client.post(f"{LIST}{webhook.pk}/do/", {"deed": deed} | given, follow=True).content.decode()


def test_an_editor_subscribes_a_partner_and_sees_the_secret_once(editor):
    make_project()
    place = make_region()
    assert "everything" not in fields(editor.get(f"{LIST}add/"), "webhook_form")  # not ticked
    page = subscribe(editor, nouns=["projects", "sites"], states=["published"], places=[place.pk])
    secret, webhook = page.context["secret"], Webhook.objects.get()
    assert secret.startswith("whsec_") and secret in page.content.decode() and "no-store" in page["Cache-Control"]
    assert (webhook.nouns, webhook.states, webhook.places) == (["projects", "sites"], ["published"], [place.pk])
    assert webhook.made_by == editor.user and webhook.is_active
    for address in (LIST, f"{LIST}{webhook.pk}/change/", f"{LIST}{webhook.pk}/history/", "/admin/"):
        shown = editor.get(address).content.decode()
        assert secret.removeprefix("whsec_") not in shown and webhook.secret not in shown
    assert "Webhooks" in editor.get("/admin/").content.decode()


def test_a_partner_begins_with_what_comes_or_with_everything(editor):
    make_project()
    ledger.catch_up()
    subscribe(editor, name="what comes")
    subscribe(editor, name="all", everything="on")
    assert Webhook.objects.get(name="what comes").position == FeedEntry.objects.count() > 0
    assert Webhook.objects.get(name="all").position == 0


def test_a_new_secret_is_asked_for_and_shown_once(editor):
    webhook, old = subscribed("https://museum.example/hook")
    assert "24 hours" in editor.get(f"{LIST}{webhook.pk}/secret/").content.decode()
    assert Webhook.objects.get().secret == webhook.secret
    page = editor.post(f"{LIST}{webhook.pk}/secret/")
    assert page.context["secret"] not in {old, ""} and "no-store" in page["Cache-Control"]
    assert page.context["secret"] not in editor.get(f"{LIST}{webhook.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "url",
    ["http://museum.example/", "https://museum.example:22/", "https://user:word@museum.example/", "museum", ""],
)
def test_an_address_that_is_not_public_or_not_safe_is_refused(editor, url):
    assert subscribe(editor, url=url).context["errors"]
    assert not Webhook.objects.exists()


def test_no_spelling_of_a_private_address_is_stored(editor):
    for address in list(PRIVATE.values())[::4]:
        assert subscribe(editor, url=f"https://{address}/").context["errors"], address
    assert not Webhook.objects.exists()


def test_what_an_editor_changes_is_kept_and_another_address_is_tried_at_once(editor):
    webhook, _secret = subscribed("https://museum.example/hook")
    webhook.failures, webhook.next_attempt = 3, timezone.now() + timedelta(hours=1)
    ledger.put(webhook, only=["failures", "next_attempt"])
    page = editor.get(f"{LIST}{webhook.pk}/change/")
    answer = editor.post(page.request["PATH_INFO"], edited(page, url="https://new.example/hook", nouns=["sites"]))
    assert answer.status_code == 302
    stored = Webhook.objects.get()
    assert (stored.url, stored.nouns, stored.secret) == ("https://new.example/hook", ["sites"], webhook.secret)
    assert (stored.failures, stored.next_attempt) == (0, None)


def test_a_test_says_how_it_went(editor, monkeypatch):
    with receiving() as receiver:
        monkeypatch.setattr(site.get_model_admin(Webhook), "post", receiver.post)
        webhook, secret = subscribed(receiver.url)
        receiver.answers[:] = [(401, {})]
        assert "status 401" in do(editor, webhook, "test")
        shown = do(editor, webhook, "test")
        assert "Taken." in shown and "Vyxaneth" not in shown
        assert [message["type"] for message in receiver.checked(secret)] == ["webhook.test"] * 2
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.last_success, webhook.position) == (0, None, 0)


def test_a_test_to_ones_own_network_is_not_sent(editor):
    webhook, _secret = subscribed("https://127.0.0.1/hook")
    assert "not public" in do(editor, webhook, "test")
    assert WebhookAttempt.objects.get().status is None


def test_an_editor_pauses_resumes_and_tells_again(editor):
    webhook, _secret = subscribed("https://museum.example/hook")
    make_project()
    assert "Paused by" in do(editor, webhook, "pause")
    assert Webhook.objects.get().state == WebhookState.PAUSED
    assert "It goes on after entry" in do(editor, webhook, "resume") and Webhook.objects.get().is_active
    assert "whole number" in do(editor, webhook, "again", number="-1")
    assert "from entry 1 on" in do(editor, webhook, "again", number="1") and Webhook.objects.get().position == 0
    assert "Resumed." in editor.get(f"{LIST}{webhook.pk}/history/").content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(editor, django_assert_num_queries):
    subscribed("https://museum.example/0")
    with CaptureQueriesContext(connection) as for_one:
        editor.get(LIST)
    for number in range(1, 5):
        subscribed(f"https://museum.example/{number}")
    with django_assert_num_queries(len(for_one)):
        editor.get(LIST)


def test_those_who_only_read_see_how_it_stands_and_can_do_nothing():
    webhook, _secret = subscribed("https://museum.example/hook")
    auditor = sign_in("Auditors")
    page = auditor.get(f"{LIST}{webhook.pk}/change/").content.decode()
    assert "Dealt with up to entry" in page and "Send a test" not in page and webhook.secret not in page
    for name in ("do", "secret"):
        assert auditor.post(f"{LIST}{webhook.pk}/{name}/", {"deed": "pause"}).status_code == 403
    assert Webhook.objects.get().is_active
