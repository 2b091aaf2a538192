"""What editors do with webhooks: begin, change, pause, resume, give a new secret, tell again."""

from django.db import transaction
from django.utils import timezone

from registry import feed, ledger
from registry.models import User, Webhook, WebhookState

from . import keys

_MOVING = ["failures", "next_attempt"]


def begin(webhook: Webhook, *, by: User, from_start: bool) -> str:
    """Store a new webhook, and return the secret, which is shown once; it tells all that is public, or what comes."""
    secret, webhook.secret = keys.new()
    webhook.made_by = by
    webhook.position = 0 if from_start else feed.newest_number()
    ledger.put(webhook)
    return secret


def store(webhook: Webhook, changed: list[str]) -> None:
    """Store what an editor typed; at another address it is tried at once."""
    if "url" in changed:
        webhook.failures, webhook.next_attempt = 0, None
        changed = [*changed, *_MOVING]
    ledger.put(webhook, only=changed)


def pause(webhook: Webhook, *, reason: str) -> None:
    """Send nothing until it is resumed; where it stands is kept."""
    webhook.state, webhook.reason, webhook.since = WebhookState.PAUSED, reason, timezone.now()
    ledger.put(webhook, only=["state", "reason", "since"])


def go_on(webhook: Webhook) -> None:
    """Resume at once where it was paused or has stopped."""
    webhook.state, webhook.reason, webhook.since = WebhookState.ACTIVE, "", timezone.now()
    webhook.failures, webhook.next_attempt = 0, None
    ledger.put(webhook, only=["state", "reason", "since", *_MOVING])


def rotate(webhook: Webhook) -> str:
    """Give it a new secret and return that; the one before signs as well for OLD_SIGNS."""
    webhook.old_secret, webhook.old_secret_until = webhook.secret, timezone.now() + keys.OLD_SIGNS
    secret, webhook.secret = keys.new()
    try:
        keys.of(webhook, timezone.now())
    except keys.Unreadable:  # it was encrypted with a SECRET_KEY that is gone: nobody can sign with it any more
        webhook.old_secret, webhook.old_secret_until = "", None
    ledger.put(webhook, only=["secret", "old_secret", "old_secret_until"])
    return secret


@transaction.atomic
def tell_again(webhook: Webhook, number: int) -> None:
    """Tell it once more what the feed holds from this entry on; each message has the id that it had before."""
    stored = Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)
    stored.position = min(number - 1, feed.newest_number())
    stored.failures, stored.next_attempt = 0, None
    ledger.put(stored, only=["position", *_MOVING])
