"""Checks that the past stands as it was written: the chains, the records that follow from it, and the feed."""

import re
from collections.abc import Iterator

from registry import versions
from registry.canonical import FIRST
from registry.models import ENTRIES, Action, Change, Entry, FeedEntry

from . import chaining, feeding

_AT_ONCE = 500


def verify() -> Iterator[str]:
    """Everything that is wrong, in words; nothing where all holds. Reads the whole history."""
    yield from _broken_changes()
    yield from _records_that_are_gone()
    for model in ENTRIES:
        yield from _records_beside_their_history(model)
    yield from _broken_feed()
    yield from (f"{code}: the feed says something else than the register." for code in feeding.untold())


def heads() -> tuple[str, str]:
    """The newest links of the history and of the feed, as NUMBER:LINK: noted elsewhere, they show what still stands."""
    history, feed = (
        model.objects.order_by("-number").values_list("number", "chain").first() or (0, FIRST)
        for model in (Change, FeedEntry)
    )
    return "{}:{}".format(*history), "{}:{}".format(*feed)


def holds(noted: str) -> bool:
    """Whether a link that was noted earlier is still part of either chain; ValueError for what is no NUMBER:LINK."""
    found = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", noted)
    if not found:
        raise ValueError(noted)
    number, chain = int(found[1]), found[2]
    return any(
        model.objects.filter(number=number, chain=chain).exists() if number else chain == FIRST
        for model in (Change, FeedEntry)
    )


def _broken_changes() -> Iterator[str]:
    number, chain = 0, FIRST
    for change in Change.objects.order_by("number").iterator(chunk_size=_AT_ONCE):
        if change.number != number + 1:
            yield f"Change {number + 1} is missing."
        elif change.chain != chaining.next_link(chain, change, chaining.content(change)):
            yield f"Change {change.number} ({change.entry_code}) is not what was written."
        number, chain = change.number, change.chain


def _records_that_are_gone() -> Iterator[str]:
    """Every record that was not deleted by a change is there."""
    last = dict(Change.objects.order_by("entry_code", "number").values_list("entry_code", "action").iterator())
    for model in ENTRIES:
        for code in model.objects.order_by("pk").values_list("pk", flat=True).iterator():
            last.pop(code, None)
    yield from (
        f"{code}: no change deleted it, and it is not there." for code, did in last.items() if did != Action.DELETED
    )


def _broken_feed() -> Iterator[str]:
    number, chain = 0, FIRST
    for entry in FeedEntry.objects.order_by("number").iterator(chunk_size=_AT_ONCE):
        if entry.number != number + 1:
            yield f"Entry {number + 1} of the feed is missing."
        elif entry.chain != chaining.link_of(chain, entry):
            yield f"Entry {entry.number} of the feed ({entry.code}) is not what was written."
        elif entry.is_current and entry.digest != chaining.digest_of(entry):
            yield f"The document of entry {entry.number} of the feed ({entry.code}) is not what was written."
        number, chain = entry.number, entry.chain


def _records_beside_their_history(model: type[Entry]) -> Iterator[str]:
    """Replays the history of each record and compares it with what is stored; what came without history is passed."""
    codes = list(model.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(codes), _AT_ONCE):
        entries = model.objects.in_bulk(codes[start : start + _AT_ONCE])
        held = versions.stored_relations(model, list(entries), versions.relations(model))
        said: dict[str, dict] = {code: {} for code in entries}
        last: dict[str, int] = {}
        for change in Change.objects.filter(entry_code__in=entries).order_by("number").iterator(chunk_size=_AT_ONCE):
            said[change.entry_code].update(change.after)
            last[change.entry_code] = change.version
        for code, entry in entries.items():
            now = versions.snapshot(entry, others=held[code])
            wrong = [name for name, value in said[code].items() if name in now and now[name] != value]
            if wrong:
                yield f"{code}: {', '.join(wrong)} hold something else than the last change left there."
            elif last.get(code, entry.version) != entry.version:
                yield f"{code}: version {entry.version} is stored, and {last[code]} was written last."
