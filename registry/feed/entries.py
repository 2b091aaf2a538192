"""The entries of the feed as partners read them."""

import json
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from registry.canonical import moment
from registry.models import FeedEntry

from .addresses import absolute


def after(number: int, nouns: Collection[str] = ()) -> QuerySet[FeedEntry]:
    """The entries behind a number, in their order; of some collections, or of all where none is named."""
    found = FeedEntry.objects.filter(number__gt=number).order_by("number")
    return found.filter(noun__in=nouns) if nouns else found


def newest() -> FeedEntry | None:
    """The last entry."""
    return FeedEntry.objects.order_by("-number").first()


def newest_number() -> int:
    """The number of the last entry, 0 where there is none; its document, which may be long, is not read."""
    return FeedEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def said(entry: FeedEntry, host: str) -> dict[str, Any]:
    """An entry as JSON has it; addresses begin with the host, such as https://register.example.

    The document is None where a later entry has replaced it.
    """
    return {
        "number": entry.number,
        "at": moment(entry.at),
        "noun": entry.noun,
        "code": entry.code,
        "state": entry.state,
        "document": absolute(json.loads(entry.document), host) if entry.is_current else None,
        "salt": entry.salt or None,
        "digest": entry.digest,
        "chain": entry.chain,
    }
