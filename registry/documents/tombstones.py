"""What is left of a record that was public: why it was withdrawn, and of which record it is part now."""

from typing import Any

from django.urls import reverse

from registry.public import Gone


def tombstone(code: str, gone: Gone, host: str = "") -> dict[str, Any]:
    """Code, reason, and the record that it was merged into or None; `host` is what addresses begin with."""
    now = gone.now
    if now is None:
        return {"code": code, "reason": gone.reason, "now": None}
    url = host + reverse(f"api:{now.slug}-detail", args=[now.pk])
    return {"code": code, "reason": gone.reason, "now": {"code": now.pk, "title": now.title, "url": url}}
