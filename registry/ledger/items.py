"""Records that are stored together: what is given, what is on its way, and what became of it."""

from dataclasses import dataclass, field

from registry.models import Action, Change, Entry
from registry.versions import Related, Snapshot


@dataclass(eq=False)
class Item:
    """A new or changed record, the version it started from, and the relations it states; as `Batch.save` takes them."""

    entry: Entry
    expected: int | None = None
    related: Related = field(default_factory=dict)
    publish: bool = False
    action: Action = Action.EDITED
    as_it_was: bool = False


@dataclass(eq=False)
class Saved:
    """A record as it is stored now, and its change; None where nothing was changed."""

    entry: Entry
    change: Change | None


@dataclass(eq=False)
class NotPlain(Exception):
    """What was written has to be taken back; these must go the way of single records, the others may try again."""

    items: list[Item]


@dataclass(eq=False)
class Draft:
    """A record on its way: as it is stored, and its snapshots."""

    item: Item
    stored: Entry | None
    before: Snapshot
    after: Snapshot = field(default_factory=dict)

    @property
    def entry(self) -> Entry:
        """The record."""
        return self.item.entry
