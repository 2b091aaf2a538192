"""Lines of JSON: each record on its own, exactly as the API shows it."""

from collections.abc import Iterator

from registry.documents import Document, compact

from .listing import Listing


def joined(chunk: list[Document]) -> bytes:
    """A line for each, in UTF-8."""
    return "".join(f"{compact(document)}\n" for document in chunk).encode()


def write(listing: Listing) -> Iterator[bytes]:
    """Some hundred records at a time."""
    yield from map(joined, listing.chunks())
