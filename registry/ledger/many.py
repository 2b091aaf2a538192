"""Stores many records of one noun, each as `Batch.save` would; one that is refused leaves the others alone.

What is plain goes in together, in a number of statements that does not grow with the records. Whatever is not, such as
a record that breaks a rule or that somebody else has changed, goes the way of a single record, which says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from registry.models import Action, State

from .items import Item, NotPlain, Saved
from .refusals import Refused
from .together import store_together

if TYPE_CHECKING:
    from .batches import Batch

Answer = Saved | ValidationError | Refused


def save_many(batch: Batch, items: list[Item]) -> list[Answer]:
    """Store the records in their order; one answer each, which is the refusal of one that breaks a rule."""
    first = len(batch.changes)
    answers: dict[Item, Answer] = {}
    for some in _no_record_twice(items):
        _store(batch, some, answers)
    place = {id(answers[item].change): n for n, item in enumerate(items) if isinstance(answers[item], Saved)}
    batch.changes[first:] = sorted(batch.changes[first:], key=lambda change: place.get(id(change), len(items)))
    return [answers[item] for item in items]


def _no_record_twice(items: list[Item]) -> Iterator[list[Item]]:
    """One after the other, so that a second item for a record meets what the first has made of it."""
    some: list[Item] = []
    codes: set[str] = set()
    for item in items:
        if item.entry.pk in codes or (some and type(item.entry) is not type(some[0].entry)):
            yield some
            some, codes = [], set()
        some.append(item)
        codes.add(item.entry.pk or "")
        codes.discard("")
    if some:
        yield some


def _store(batch: Batch, items: list[Item], answers: dict[Item, Answer]) -> None:
    plain, first = items, len(batch.changes)
    while plain:
        try:
            with transaction.atomic():
                answers |= store_together(batch, plain)
            break
        except NotPlain as odd:
            plain = [item for item in plain if item not in odd.items]
        except (IntegrityError, DataError, ValueError):
            plain = []
            middle = len(items) // 2
            if middle:  # the database refuses one of them, and does not say which
                _store(batch, items[:middle], answers)
                _store(batch, items[middle:], answers)
        del batch.changes[first:]
    for item in items:
        if item not in answers:
            answers[item] = _store_alone(batch, item)


def _store_alone(batch: Batch, item: Item) -> Answer:
    first = len(batch.changes)
    if item.publish:
        item.entry.state, item.entry.withdrawn_reason = State.PUBLISHED, ""
    action = Action.PUBLISHED if item.publish else item.action
    given = {"expected": item.expected, "related": item.related, "action": action, "as_it_was": item.as_it_was}
    try:
        with transaction.atomic():
            batch.save(item.entry, **given)
    except (ValidationError, Refused) as refusal:
        del batch.changes[first:]
        return refusal
    return Saved(item.entry, batch.changes[first] if len(batch.changes) > first else None)
