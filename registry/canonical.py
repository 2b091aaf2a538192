"""Canonical JSON (RFC 8785) and SHA-256 over it, so that anybody can check a hash in any language."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from rfc8785 import dumps

FIRST = "0" * 64  # what the first link of a chain follows


def digest(value: Any, salt: str = "") -> str:
    """The SHA-256 of the salt (UTF-8) followed by the canonical JSON of the value, in hexadecimal."""
    return sha256(salt.encode() + dumps(value)).hexdigest()


def link(previous: str, value: Any) -> str:
    """The next link of a chain: the link before it, then what it is about."""
    return digest(value, previous)


def moment(at: datetime) -> str:
    """A moment in UTC, in the one way in which a link holds it: 2026-11-21T09:30:00.000000Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
