"""Removes many drafts that were never public, each as `Batch.delete` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry import versions
from registry.models import Action, Change, Entry, ExactPlace, Statement

from .writes import lock_all, writing

if TYPE_CHECKING:
    from .batches import Batch


def delete_many(batch: Batch, entries: list[Entry]) -> set[str]:
    """Remove those of one noun that nothing keeps; the codes of the others are left for `Batch.delete` to say why.

    The answer has the codes of those that are gone.
    """
    model, expected = type(entries[0]), {entry.pk: entry.version for entry in entries}
    stored = lock_all(model, list(expected))
    kept = were_public(stored) | _used(model, list(stored)) | _placed(list(stored))
    going = [entry for code, entry in stored.items() if code not in kept and entry.version == expected[code]]
    codes = [entry.pk for entry in going]
    held = versions.stored_relations(model, codes, versions.relations(model))
    with writing():
        model.objects.filter(pk__in=codes).delete()
    for entry in going:
        before = versions.snapshot(entry, others=held[entry.pk])
        entry.version += 1
        batch.note(entry, Action.DELETED, before, {})
    return set(codes)


def were_public(stored: dict[str, Entry]) -> set[str]:
    """The codes of those that anybody may have read, now or before."""
    known = Change.objects.public().filter(entry_code__in=list(stored)).order_by()
    return {code for code, entry in stored.items() if entry.is_public} | set(known.values_list("entry_code", flat=True))


def _used(model: type[Entry], codes: list[str]) -> set[str]:
    """Those that something points to, as `uses.users_of` finds it."""
    found: set[str] = set()
    for relation in model._meta.related_objects:
        name = relation.field.name
        pointing = relation.related_model._base_manager.filter(**{f"{name}__in": codes}).order_by()
        found |= set(pointing.values_list(name, flat=True))
    for about in Statement.objects.filter(about__overlap=codes).order_by().values_list("about", flat=True):
        found |= set(about)
    return found


def _placed(codes: list[str]) -> set[str]:
    return set(ExactPlace.objects.filter(pk__in=codes).order_by().values_list("pk", flat=True))
