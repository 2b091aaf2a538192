"""Telling a webhook what it has not been told yet: in order, one message at a time, each until it is taken."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from threading import Event

from django.db import transaction
from django.utils import timezone
from django.utils.http import parse_http_date_safe

from registry import feed, ledger, links
from registry.models import Webhook, WebhookAttempt, WebhookState

from . import choosing, keys, telling
from .messages import Message

log = logging.getLogger(__name__)

SECONDS = 15  # for everything: name, connection and answer
# Seconds until the next attempt, after the first, the second and so on: three days in all (Standard Webhooks 1.0.0).
DELAYS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
KEPT = 50  # attempts of a webhook that are remembered
_AT_A_STRETCH = 100  # messages, before others have their turn
_LONGEST_WAIT = 86_400  # seconds that the other side may ask for
_JITTER = 0.1
_GONE = 410
_LOCK = -1000  # numbers that no job has, and no other lock

Post = Callable[..., links.Reply]


@dataclass(frozen=True)
class Outcome:
    """How an attempt went; `wait` is how many seconds the other side asks for."""

    words: str
    status: int | None = None
    wait: int = 0
    milliseconds: int = 0

    @property
    def is_taken(self) -> bool:
        """Whether the other side has the message now."""
        return self.status is not None and 200 <= self.status < 300


def deliver(number: int, *, stop: Event | None = None, post: Post = links.post) -> int:
    """Tell the webhook with the number of what waits for it, until one is not taken; how many were.

    Of several processes one does it, and the others do nothing.
    """
    taken, stop = 0, stop or Event()
    with ledger.held(_LOCK - number) as mine:
        while mine and taken < _AT_A_STRETCH and not stop.is_set():
            ledger.catch_up()  # what was taken back this moment is not told any more
            newest = feed.newest_number()
            webhook = Webhook.objects.due(newest).filter(pk=number).first()
            if webhook is None:
                break
            step = choosing.step(webhook, newest)
            if step.entry is None:
                _pass(webhook, step.passed)
            elif _try(webhook, Message.about(webhook, step.entry), post):
                taken += 1
            else:
                break
    return taken


def send_test(webhook: Webhook, *, post: Post = links.post) -> Outcome:
    """Send a message that says nothing has changed, once; it counts neither as a success nor as a failure."""
    outcome = _send(webhook, Message.of_a_test(webhook, timezone.now()), post)
    with transaction.atomic():
        if Webhook.objects.select_for_update(no_key=True).filter(pk=webhook.pk).exists():
            _remember(webhook, None, outcome, timezone.now())
    return outcome


def _try(webhook: Webhook, message: Message, post: Post) -> bool:
    """Send a message, and note with the webhook how that went; whether it was taken."""
    outcome = _send(webhook, message, post)
    now = timezone.now()
    with transaction.atomic():
        stored = Webhook.objects.select_for_update(no_key=True).filter(pk=webhook.pk).first()
        if stored is None:
            return False
        _remember(stored, message.number, outcome, now)
        stored.last_attempt = now
        if outcome.is_taken:
            stored.last_success, stored.failures, stored.next_attempt = now, 0, None
            if stored.position == webhook.position:  # else somebody wants it told again from another entry
                stored.position = message.number
        elif stored.is_active:
            _fail(stored, outcome, now)
        ledger.put(
            stored,
            only=["last_attempt", "last_success", "failures", "next_attempt", "position", "state", "reason", "since"],
        )
    return outcome.is_taken


def _fail(webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    """The next attempt, or the end of them; then whoever made the webhook hears of it."""
    webhook.failures += 1
    if outcome.status == _GONE or webhook.failures > len(DELAYS):
        webhook.state, webhook.since, webhook.next_attempt = WebhookState.FAILED, now, None
        webhook.reason = outcome.words
        transaction.on_commit(lambda: telling.tell(webhook), robust=True)
        return
    delay = DELAYS[webhook.failures - 1] * (1 + _JITTER * SystemRandom().random())
    webhook.next_attempt = now + timedelta(seconds=max(delay, outcome.wait))


def _pass(webhook: Webhook, number: int) -> None:
    """Nothing up to this entry is for the webhook."""
    with transaction.atomic():
        stored = Webhook.objects.select_for_update(no_key=True).filter(pk=webhook.pk).first()
        if stored and stored.position == webhook.position:
            stored.position = number
            ledger.put(stored, only=["position"])


def _remember(webhook: Webhook, number: int | None, outcome: Outcome, at: datetime) -> None:
    attempt = WebhookAttempt(webhook=webhook, number=number, at=at, status=outcome.status, words=outcome.words)
    attempt.succeeded, attempt.milliseconds = outcome.is_taken, outcome.milliseconds
    ledger.put(attempt)
    mine = WebhookAttempt.objects.filter(webhook=webhook)
    if oldest := mine.values_list("pk", flat=True)[KEPT - 1 : KEPT].first():
        ledger.drop(mine.filter(pk__lt=oldest))


def _send(webhook: Webhook, message: Message, post: Post) -> Outcome:
    """Send it once; whatever goes wrong is said in words of ours, and nothing of what the other side wrote."""
    start, now = time.monotonic(), timezone.now()
    status, wait = None, 0
    try:
        headers = message.headers(now, keys.of(webhook, now))
        reply = post(webhook.url, message.body, headers, what_for="webhook", seconds=SECONDS)
        status, wait = reply.status, _asked_to_wait(reply.headers.get("Retry-After", ""), now)
        words = _words(status)
    except keys.Unreadable:
        words = "The secret cannot be read, as SECRET_KEY has changed. Make a new secret for the partner."
    except (links.Refused, links.Unreached) as why:
        words = str(why)
    except Exception as problem:  # whatever it is, it may hold the message or the address: no traceback is kept
        log.error("Webhook %d could not be told: %s", webhook.pk, type(problem).__name__)
        words = "It could not be sent; the log of the server says why."
    return Outcome(words, status, wait, int((time.monotonic() - start) * 1000))


def _words(status: int) -> str:
    if 200 <= status < 300:
        return "Taken."
    if 300 <= status < 400:
        return "It leads on to another address, which is not followed. Ask the partner for the right address."
    if status == _GONE:
        return "The partner's system says that it wants no more messages."
    if status in {401, 403}:
        return "The partner's system does not let the register in. Perhaps it holds another secret."
    if status == 429:
        return "The partner's system asks for more time between two messages."
    return "The partner's system answers with an error."


def _asked_to_wait(text: str, now: datetime) -> int:
    """The seconds of a Retry-After header, RFC 9110, section 10.2.3; 0 for what is none."""
    if text.isascii() and text.isdecimal() and len(text) < 10:
        seconds = int(text)
    else:
        moment = parse_http_date_safe(text)
        seconds = int(moment - now.timestamp()) if moment else 0
    return min(max(0, seconds), _LONGEST_WAIT)
