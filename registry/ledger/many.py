"""Stores many records of one noun, each as `Batch.save` would; one that is refused leaves the others alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from registry.models import Action, Change, Entry
from registry.versions import Related

from .refusals import Refused

if TYPE_CHECKING:
    from .batches import Batch


@dataclass(eq=False)
class Item:
    """A new or changed record, the version it started from, and the relations it states; as `Batch.save` takes them."""

    entry: Entry
    expected: int | None = None
    related: Related = field(default_factory=dict)
    publish: bool = False
    action: Action = Action.EDITED


@dataclass(eq=False)
class Saved:
    """A record as it is stored now, and its change; None where nothing was changed."""

    entry: Entry
    change: Change | None


def save_many(batch: Batch, items: list[Item]) -> list[Saved | ValidationError | Refused]:
    """Store the records in their order; one answer each, which is the refusal of one that breaks a rule."""
    return [_save_one(batch, item) for item in items]


def _save_one(batch: Batch, item: Item) -> Saved | ValidationError | Refused:
    before = len(batch.changes)
    try:
        with transaction.atomic():
            if item.publish:
                batch.publish(item.entry, expected=item.expected, related=item.related)
            else:
                batch.save(item.entry, expected=item.expected, related=item.related, action=item.action)
    except (ValidationError, Refused) as refusal:
        del batch.changes[before:]
        return refusal
    return Saved(item.entry, batch.changes[before] if len(batch.changes) > before else None)
