"""What is sent: a message about one entry of the feed, and the headers by which its receiver knows it is genuine."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.utils.crypto import get_random_string

from registry import feed
from registry.canonical import moment
from registry.documents import compact
from registry.models import FeedEntry, FeedState, Webhook


@dataclass(frozen=True)
class Message:
    """The id, which is the same each time it is sent, the bytes, and the entry of the feed (None for a test)."""

    id: str
    body: bytes
    number: int | None

    @classmethod
    def about(cls, webhook: Webhook, entry: FeedEntry) -> Self:
        """Of an entry that still holds its document."""
        held = "document" if entry.state == FeedState.PUBLISHED else "tombstone"
        data = {"number": entry.number, "code": entry.code, "noun": entry.noun}
        data[held] = feed.absolute(json.loads(entry.document), feed.own_host())
        body = _body(f"record.{entry.state}", entry.at, data)
        return cls(f"msg_{webhook.pk}_{entry.number}", body, entry.number)

    @classmethod
    def of_a_test(cls, webhook: Webhook, now: datetime) -> Self:
        """To see whether the other side listens and knows the secret."""
        said = f"A test of the webhook “{webhook.name}”: nothing has changed."
        return cls(
            f"msg_{webhook.pk}_test_{get_random_string(16)}", _body("webhook.test", now, {"message": said}), None
        )

    def headers(self, now: datetime, secrets: Iterable[bytes]) -> dict[str, str]:
        """Signed with each of the secrets: HMAC-SHA256 over id, seconds since 1970 and body, with full stops between.

        Standard Webhooks 1.0.0, “Webhook headers”.
        """
        at = int(now.timestamp())
        content = f"{self.id}.{at}.".encode() + self.body
        signatures = [b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode() for key in secrets]
        return {
            "Content-Type": "application/json",
            "webhook-id": self.id,
            "webhook-timestamp": str(at),
            "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
        }


def _body(kind: str, at: datetime, data: dict[str, Any]) -> bytes:
    return compact({"type": kind, "timestamp": moment(at), "data": data}).encode()
