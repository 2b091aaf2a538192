"""The public history, one entry for what was done in one go: its newest change and how many more records it touched."""

from dataclasses import dataclass

from registry import public
from registry.models import ENTRIES
from registry.models.changes import ChangeQuerySet

from .records import PublicChange, told

NOUNS = {model._meta.model_name: model for model in ENTRIES}


@dataclass(frozen=True)
class Batch:
    """One entry of the history: the newest change as the public reads it, and the code of its record."""

    code: str
    told: PublicChange


def read(changes: ChangeQuerySet, start: int, stop: int) -> list[Batch]:
    """The entries from `start` to `stop`, newest first, in a number of queries that does not grow with them."""
    return of_numbers(changes, changes.newest_of_batches(start, stop))


def of_numbers(changes: ChangeQuerySet, numbers: list[int]) -> list[Batch]:
    """The entries whose newest changes have these numbers; each names its record while anybody can read it."""
    heads = list(public.changes().defer("by", "before", "after").filter(number__in=numbers))
    sizes = changes.records_per_batch(head.batch for head in heads)
    shown = {}
    for name in {head.entry_type for head in heads}:
        codes = [head.entry_code for head in heads if head.entry_type == name]
        shown |= NOUNS[name].objects.public().in_bulk(codes)
    return [Batch(head.entry_code, told(head, shown.get(head.entry_code), sizes[head.batch] - 1)) for head in heads]
