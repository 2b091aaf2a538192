"""Writes what is private, with a history of its own that can be erased; and keeps who looked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from registry import versions
from registry.models import (
    Contact,
    ContactDuty,
    ExactPlace,
    LinkCheck,
    Look,
    PrivateChange,
    User,
)

from .refusals import ChangedMeanwhile, Refused, VersionMissing
from .writes import writing

if TYPE_CHECKING:
    from .batches import Batch

Private = ExactPlace | Contact
KINDS: dict[type[Model], str] = {ExactPlace: "exact place", Contact: "contact"}
# What visitors wrote before it became a proposal; its history stays under this name and the key of the proposal.
FORMER = "enquiry"
_MODELS = {name: model for model, name in KINDS.items()}
_NOT_KEPT = {"id", "version", "received_at"}


def keep(batch: Batch, row: Private, expected: int | None, related: dict[str, list]) -> None:
    """Store a private row whose stored version is `expected`, with the change in its private history."""
    before: dict[str, Any] = {}
    stored = type(row).objects.select_for_update().filter(pk=row.pk).first() if row.pk else None
    if stored:
        if expected is None:
            raise VersionMissing(_("The edit does not say which version it started from. Open it again."))
        before = values_of(stored)
        if stored.version != expected:
            raise ChangedMeanwhile(stored.version, before)
        row.version = stored.version + 1
    elif expected is not None:
        raise Refused(_("Somebody else took this away meanwhile. Open it again."))
    elif row.pk:  # its versions go on where they ended: no edit of what was there before fits what is there now
        row.version = 1 + private_changes(type(row), row.pk).count()
    row._state.adding = stored is None
    row.full_clean()
    if stored and not related and values_of(row) == before:
        row.version = stored.version
        return
    with writing():
        row.save()
        if "duties" in related:
            row.duties.all().delete()
            for duty in related["duties"]:
                duty.pk, duty._state.adding, duty.contact = None, True, row
                duty.full_clean()
                duty.save()
    _note(batch, row, before, values_of(row))


def forget(batch: Batch, row: Private, expected: int | None = None) -> None:
    """Delete a private row, at version `expected` where one is given; what it was stays in its private history."""
    stored = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if stored is None or expected not in (None, stored.version):
        raise Refused(_("Somebody else changed this meanwhile. Open it again and repeat what you changed."))
    before, key = values_of(stored), stored.pk
    with writing():
        stored.delete()
    row.pk = key
    _note(batch, row, before, {})


def values_of(row: Private) -> dict[str, Any]:
    """What the row holds, as plain values."""
    fields = [field for field in row._meta.concrete_fields if field.name not in _NOT_KEPT]
    values = {field.name: versions.plain(field, row) for field in fields}
    if isinstance(row, Contact):
        values["duties"] = [
            {"code": duty.code, "duty": duty.duty, "position": duty.position} for duty in row.duties.all()
        ]
    return values


def _note(batch: Batch, row: Private, before: dict[str, Any], after: dict[str, Any]) -> None:
    note(batch, KINDS[type(row)], row.pk, before, after)


def note(batch: Batch, what: str, key: str | int, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Keep in the private history what differs, if anything does."""
    old, new = versions.diff(before, after)
    if old or new:
        with writing():
            PrivateChange.objects.create(
                by=batch.by,
                reason=batch.reason,
                batch=batch.id,
                what=what,
                key=key,
                before=old,
                after=new,
            )


def private_changes(model: type[Model], key: str | int) -> QuerySet[PrivateChange]:
    """The private history of one row, the newest first; a row that was taken away keeps it."""
    return PrivateChange.objects.filter(what=KINDS[model], key=str(key))


def take_back(batch: Batch, change: PrivateChange) -> None:
    """Give a private row the values from before a change; raises Refused when they were changed or erased since."""
    if change.erased:
        raise Refused(_("what was private was erased"))
    if change.what == FORMER:
        raise Refused(_("it is a proposal now, which has no earlier state to go back to"))
    model = _MODELS[change.what]
    row = model.objects.select_for_update().filter(pk=change.key).first()
    now = values_of(row) if row else {}
    if any(now.get(name) != value for name, value in change.after.items()):
        raise Refused(_("what is private was changed later"))
    if not change.before:
        forget(batch, row)
        return
    expected = row.version if row else None
    row = row or model(pk=change.key)
    duties = change.before.get("duties")
    for field in model._meta.concrete_fields:
        if field.name in change.before:
            setattr(row, field.attname, field.to_python(change.before[field.name]))
    related = {} if duties is None else {"duties": [ContactDuty(**duty) for duty in duties]}
    keep(batch, row, expected, related)


def note_look(by: User, what: str, key: str) -> None:
    """Keep that somebody looked at something private."""
    with writing():
        Look.objects.create(by=by, what=what, key=key)


def exact_place_of(code: str, *, by: User) -> ExactPlace | None:
    """The exact place of a site, for somebody who may see it; the look is kept."""
    note_look(by, KINDS[ExactPlace], code)
    return ExactPlace.objects.filter(pk=code).first()


def contacts_of(code: str, *, by: User) -> Iterable[ContactDuty]:
    """The people behind a record, the first to call first, for somebody who may see them; the look is kept."""
    note_look(by, "contacts", code)
    return ContactDuty.objects.filter(code=code).select_related("contact")


def note_link(check: LinkCheck) -> None:
    """Keep what the last look at a link found."""
    with writing():
        check.save()
