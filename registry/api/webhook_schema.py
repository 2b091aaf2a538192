"""What webhooks send, as OpenAPI 3.1 describes it: one operation at the partner's address for each type of message."""

from typing import Any

from drf_spectacular.utils import OpenApiWebhook

from registry.models import ENTRIES

_TEXT = {"type": "string"}
_MOMENT = {"type": "string", "format": "date-time"}
_HEADERS = {
    "webhook-id": "The same each time a message is sent; take each once.",
    "webhook-timestamp": "When it was sent, in seconds since 1970.",
    "webhook-signature": "`v1,` and the HMAC-SHA256, in base64, over id, timestamp and body with full stops between; "
    "for a day after a new secret was made two of them, with a space between (Standard Webhooks 1.0.0).",
}
_ANSWERS = {
    "2XX": {"description": "The message is taken."},
    "410": {"description": "No more messages are wanted: the webhook stops."},
    "default": {"description": "The message is not taken, and sent again later; redirects are not followed."},
}


def _object(members: dict[str, Any], said: str) -> dict[str, Any]:
    return {"type": "object", "description": said, "required": list(members), "properties": members}


def _webhook(kind: str, said: str, data: dict[str, Any], at: str) -> OpenApiWebhook:
    """One type of message; the key to find it by is the type itself."""
    members = {"type": {"type": "string", "const": kind}, "timestamp": _MOMENT | {"description": at}, "data": data}
    headers = [
        {"name": name, "in": "header", "required": True, "schema": _TEXT, "description": words}
        for name, words in _HEADERS.items()
    ]
    operation = {
        "operationId": kind.replace(".", "_"),
        "summary": said,
        "tags": ["changes"],
        "security": [],
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _object(members, said)}}},
        "responses": _ANSWERS,
    }
    return OpenApiWebhook(kind, {"post": operation})


def _about_a_record(kind: str, said: str, name: str, held: dict[str, Any]) -> OpenApiWebhook:
    members = {
        "number": {"type": "integer", "minimum": 1, "description": "Of the entry of the feed."},
        "code": _TEXT,
        "noun": {"type": "string", "enum": [model.slug for model in ENTRIES], "description": "The collection."},
        name: held,
    }
    return _webhook(
        kind, said, _object(members, "What it is about."), "When the feed told it, after the record changed."
    )


def _tombstone(now: dict[str, Any]) -> dict[str, Any]:
    return _object({"code": _TEXT, "reason": _TEXT, "now": now}, "What is left of the record.")


PUBLISHED = _about_a_record(
    "record.published",
    "A record was published or changed",
    "document",
    {"anyOf": [{"$ref": f"#/components/schemas/{model.__name__}"} for model in ENTRIES]},
)
WITHDRAWN = _about_a_record("record.withdrawn", "A record was withdrawn", "tombstone", _tombstone({"type": "null"}))
MERGED = _about_a_record(
    "record.merged",
    "A record became part of another one",
    "tombstone",
    _tombstone(
        _object({"code": _TEXT, "title": _TEXT, "url": {"type": "string", "format": "uri"}}, "What it is part of.")
    ),
)
TEST = _webhook(
    "webhook.test",
    "An editor sends a test: nothing has changed",
    _object({"message": _TEXT}, "Words for people."),
    "When it was sent.",
)
