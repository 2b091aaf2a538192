"""Webhooks on their way: in order, tried again with the same id, once each, and to public addresses alone."""

import json
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from registry import ledger, links, webhooks
from registry.models import FeedEntry, Webhook, WebhookAttempt, WebhookState
from registry.tests import receiver as partner
from registry.tests.make import make_project
from registry.tests.receiver import NAME, changed, due_now, receiving, subscribed, told
from registry.tests.test_links_addresses import PRIVATE
from registry.webhooks import watching
from registry.webhooks.delivering import DELAYS, KEPT

receiver, running = partner.receiver, partner.running


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
