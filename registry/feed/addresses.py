"""Addresses of the register within a document: whole for who reads it, without the host where it is hashed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

# The members of a document that are addresses of the register itself; those elsewhere have other names.
_OWN = {"url", "html_url"}


def own_host() -> str:
    """What addresses begin with where nobody asked from outside: PUBLIC_URL, else this machine."""
    return settings.PUBLIC_URL or f"http://127.0.0.1:{settings.PORT}"


def absolute(document: Any, host: str) -> Any:
    """The same document with the host before its own addresses; its members keep their order."""
    return _with(document, lambda address: f"{host}{address}" if address.startswith("/") else address)


def relative(document: Any, host: str) -> Any:
    """The same document without the host: what its digest is worked out from."""
    return _with(document, lambda address: address.removeprefix(host) if address.startswith(f"{host}/") else address)


def _with(value: Any, turned: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {
            name: turned(inner) if name in _OWN and isinstance(inner, str) else _with(inner, turned)
            for name, inner in value.items()
        }
    return [_with(inner, turned) for inner in value] if isinstance(value, list) else value
