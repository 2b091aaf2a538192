"""Shows a record as the public would read it, before anything of it is public: written, shown, and rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone

from registry.models import Entry, State
from registry.versions import Related

from .places import settle
from .writes import index, relate, writing

# True while a preview is shown: what is worked out then must not be kept for anybody else.
_previewing: ContextVar[bool] = ContextVar("previewing", default=False)


def is_preview() -> bool:
    """Whether the page at hand is shown to an editor alone, from what is not public."""
    return _previewing.get()


@contextmanager
def as_if_published(entry: Entry, related: Related | None = None, *, place_known: bool = True) -> Iterator[Entry]:
    """The record as published, inside the block alone: no code is used, no change and no file stays.

    A new record goes under the number 0, which no record has. Raises ValidationError when a rule is broken; whether
    its sources suffice is not asked. With `place_known=False` a site is shown as if nobody knew its exact place.
    """
    related = related or {}
    new, kept = entry._state.adding, vars(entry).copy()
    vars(entry).pop("_prefetched_objects_cache", None)
    token = _previewing.set(True)
    try:
        with transaction.atomic():
            if new:
                entry.pk, stored = f"{entry.prefix}-0000", None
                entry.created_at = timezone.now()
            else:
                stored = type(entry).objects.get(pk=entry.pk)
            settle(entry, stored, place_known=place_known)
            entry.state, entry.withdrawn_reason, entry.merged_into = State.PUBLISHED, "", ""
            entry.publish_at, entry.updated_at = None, timezone.now()
            entry.full_clean()
            with writing():
                entry.save(force_insert=new)
                for name, rows in related.items():
                    relate(entry, name, rows)
                index([entry])
            yield entry
            transaction.set_rollback(True)
    finally:
        _previewing.reset(token)
        vars(entry).clear()
        vars(entry).update(kept)
        entry._state.adding = new
