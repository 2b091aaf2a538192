"""Taking back a batch, without touching what was changed since."""

import uuid
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry.models import Change, ExactPlace, PrivateChange, User

from . import handing_over, private
from .batches import Batch, batch
from .refusals import Refused
from .taking_back import Undone, take_back

_AT_ONCE = 500


def undo(batch_id: uuid.UUID, *, by: User | None, reason: str) -> Undone:
    """Take back a whole batch: every field that still holds what the batch wrote gets its earlier value.

    A record that the batch created is deleted if it was never public, else withdrawn; one that it deleted comes back
    under its old code. Later changes stay, and the answer names them. Raises Refused for a batch that is not there.
    """
    done = Undone()
    changes = list(_changes(batch_id))
    with batch(by=by, reason=reason) as made:
        _take_back_unseen(made, batch_id, done)
        take_back(made, changes, done)
    return done


def undo_by_steps(
    batch_id: uuid.UUID,
    *,
    by: User | None,
    reason: str,
    going_on: uuid.UUID,
    done: Undone,
    below: int | None,
    keep: Callable[[int], None],
    tell: Callable[[int, int], None],
) -> None:
    """Take back a large batch as `undo` does, in transactions of some hundred changes that are one batch together.

    `keep` is called within each with the number below which it goes on, so that after a crash `below` and `done` lead
    on from there; `tell` is called after each with how many changes are taken back, of how many.
    """
    of = _changes(batch_id).count()
    some = _next(batch_id, below)
    while some or below is None:
        with batch(by=by, reason=reason, going_on=going_on) as made:
            if below is None:
                _take_back_unseen(made, batch_id, done)
            take_back(made, some, done)
            below = some[-1].number if some else 0
            keep(below)
        some = _next(batch_id, below)
        tell(of - _changes(batch_id).filter(number__lt=below).count(), of)


def _changes(batch_id: uuid.UUID) -> QuerySet[Change]:
    """Newest first. Raises Refused for a batch that is not there."""
    changes = Change.objects.filter(batch=batch_id).order_by("-number")
    if not changes.exists() and not PrivateChange.objects.filter(batch=batch_id).exists():
        raise Refused(_("There is no such batch of changes."))
    return changes


def _next(batch_id: uuid.UUID, below: int | None) -> list[Change]:
    changes = _changes(batch_id)
    return list((changes if below is None else changes.filter(number__lt=below))[:_AT_ONCE])


def _take_back_unseen(made: Batch, batch_id: uuid.UUID, done: Undone) -> None:
    """What is private, and so in no public history."""
    for change in PrivateChange.objects.filter(batch=batch_id).order_by("-pk"):
        with done.kept_if_refused(f"{change.what} {change.key}", made):
            if change.what in handing_over.LED:
                handing_over.lead_back(made, change)
                continue
            private.take_back(made, change)
            if change.what == private.KINDS[ExactPlace]:
                made.settle_again(change.key)
                done.taken_back.append(change.key)
