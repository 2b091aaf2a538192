"""Tells whoever made a webhook, by e-mail, that it has stopped."""

import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string

from registry.models import Webhook

log = logging.getLogger(__name__)


def tell(webhook: Webhook) -> None:
    """Write to the maker; the page of the webhook says the same, and mail that cannot be sent changes nothing."""
    by = webhook.made_by
    if not by or not by.email or not by.is_active:
        return
    words = render_to_string("admin/webhook_stopped.txt", {"webhook": webhook})
    try:
        send_mail(f"The webhook “{webhook.name}” has stopped", words, None, [by.email])
    except Exception as problem:  # whatever it is, it may name the address: no traceback of it is kept
        log.error("The word about webhook %d could not be sent: %s", webhook.pk, type(problem).__name__)
