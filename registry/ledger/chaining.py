"""Chains changes and the feed: each carries a hash over itself and the one before, so that a rewritten past is seen."""

import json

from registry import canonical
from registry.models import Change, FeedEntry

from . import tables

# All that a change says besides its number and moment, which it is given under the lock; these names never change.
_SAID = (
    *("by_id", "role", "reason", "credit", "batch", "action", "entry_type", "entry_code", "entry_title"),
    *("state", "version", "before", "after", "public"),
)


def content(change: Change) -> str:
    """The SHA-256 of what a change says; the same before and after it is stored."""
    said = {name: getattr(change, name) for name in _SAID}
    return canonical.digest(json.loads(tables.as_json([said]))[0])


def next_link(previous: str, change: Change, content: str) -> str:
    """The link of a change that has its number and its moment."""
    said = {"number": change.number, "at": canonical.moment(change.at), "content": content}
    return canonical.link(previous, said)


def digest_of(entry: FeedEntry) -> str:
    """The digest of an entry of the feed, from the document that it has."""
    return canonical.digest(json.loads(entry.document), entry.salt)


def link_of(previous: str, entry: FeedEntry) -> str:
    """The link of an entry of the feed, which holds whether or not the entry still has its document."""
    said = {"number": entry.number, "at": canonical.moment(entry.at), "code": entry.code, "noun": entry.noun}
    return canonical.link(previous, said | {"state": str(entry.state), "digest": entry.digest})
