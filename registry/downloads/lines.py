"""Lines of JSON: each record on its own, exactly as the API shows it."""

import json
from collections.abc import Iterator
from typing import Any

from registry.documents import Document

from .listing import Listing

# Line ends in the eyes of some programs, although not in those of JSON.
_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029"}


def compact(value: Any) -> str:
    """JSON in one line, without spaces."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for end, escaped in _LINE_ENDS.items():
        text = text.replace(end, escaped)
    return text


def joined(chunk: list[Document]) -> bytes:
    """A line for each, in UTF-8."""
    return "".join(f"{compact(document)}\n" for document in chunk).encode()


def write(listing: Listing) -> Iterator[bytes]:
    """Some hundred records at a time."""
    yield from map(joined, listing.chunks())
