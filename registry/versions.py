"""Versions of a record: what it holds as plain values, what differs between two, and how to put one back.

A snapshot is a dict of JSON values: fields by name, many-to-many relations as sorted codes, and each of the
record's own rows (citations, participations) as a list of dicts.
"""

import json
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DecimalField, Field, Model
from django.utils.translation import gettext as _

from registry import derived
from registry.models import Change, Entry, Site

Snapshot = dict[str, Any]
Related = dict[str, list]

# Kept by the ledger itself, or worked out from the other fields.
_KEPT_BY_LEDGER = {"code", "version", "created_at", "updated_at"}
_DERIVED = derived.COLUMNS | {"search"}
_MOST_DIGITS = 20
# The point of a site follows from its exact place: a version that held it would tell it after it became a secret.
_FOLLOWING = {Site: {"longitude", "latitude"}}


def recorded_fields(model: type[Model]) -> list[Field]:
    """The columns whose values a version holds."""
    left_out = _KEPT_BY_LEDGER | _DERIVED | _FOLLOWING.get(model, set())
    return [f for f in model._meta.concrete_fields if f.name not in left_out]


def child_fields(child: type[Model]) -> list[Field]:
    """The columns of a row that belongs to a record, without its key and its way back to the record."""
    generic = {"entry_type", "entry_code"}
    return [
        f for f in child._meta.concrete_fields if not f.primary_key and f.name not in generic and not _leads_back(f)
    ]


def _leads_back(field: Field) -> bool:
    owner = field.related_model if field.is_relation else None
    return bool(owner) and field.remote_field.related_name in getattr(owner, "children", ())


def child_model(model: type[Entry], name: str) -> type[Model]:
    """The model of the rows behind an accessor such as `citations`."""
    return model._meta.get_field(name).related_model


def snapshot(entry: Entry, related: Related | None = None) -> Snapshot:
    """All that the record holds now; relations come from `related` where given, else from the database."""
    related = related or {}
    values = {field.name: plain(field, entry) for field in recorded_fields(type(entry))}
    for field in entry._meta.many_to_many:
        others = related.get(field.name)
        codes = [other.pk for other in others] if others is not None else _stored(entry, field.name)
        values[field.name] = sorted(codes)
    for name in entry.children:
        rows = related.get(name)
        if rows is None:
            rows = [] if entry._state.adding else getattr(entry, name).all()
        values[name] = sorted((row_values(row) for row in rows), key=repr)
    return values


def _stored(entry: Entry, name: str) -> list[str]:
    return [] if entry._state.adding else list(getattr(entry, name).values_list("pk", flat=True))


def row_values(row: Model) -> Snapshot:
    """One of the record's own rows as plain values; its lists are sets, so their order says nothing."""
    values = {field.name: plain(field, row) for field in child_fields(type(row))}
    return {name: sorted(value) if isinstance(value, list) else value for name, value in values.items()}


def plain(field: Field, instance: Model) -> Any:
    """A field's value as JSON has it: text, number, list, true, false or null; a relation is a code.

    Codes chosen from a vocabulary are a set: they are sorted, so that another order is no difference.
    """
    value = getattr(instance, field.attname)
    if not field.is_relation:
        value = field.to_python(value)
    if isinstance(field, ArrayField) and field.base_field.choices:
        value = sorted(value)
    if isinstance(field, DecimalField) and value is not None:
        value = _as_stored(value, field.decimal_places)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _as_stored(number: Decimal, places: int) -> Decimal:
    """With all the places that the database gives back; one that does not fit its column stays for the rules."""
    fits = number.is_finite() and number.adjusted() < _MOST_DIGITS and number.as_tuple().exponent > -places
    return number.quantize(Decimal(1).scaleb(-places)) if fits else number


def diff(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """The values that differ: what they were, and what they are."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {n: before[n] for n in names if n in before}, {n: after[n] for n in names if n in after}


def as_of(entry: Entry, version: int) -> Snapshot:
    """The stored record as it stood at an earlier version, worked back through the ledger."""
    values = snapshot(entry)
    later = Change.objects.of(entry.pk).filter(version__gt=version)
    for change in later:
        values.update(change.before)
    return values


def apply(entry: Entry, values: Snapshot) -> Related:
    """Set the record's fields from plain values; return the relations for the ledger to write.

    Raises ValidationError when a relation leads to a record that is gone.
    """
    related: Related = {}
    for field in recorded_fields(type(entry)):
        if field.name in values:
            setattr(entry, field.attname, field.to_python(values[field.name]))
    for field in entry._meta.many_to_many:
        if field.name in values:
            related[field.name] = _records(field.related_model, values[field.name])
    for name in entry.children:
        if name in values:
            related[name] = [_row(child_model(type(entry), name), row) for row in values[name]]
    return related


def _records(model: type[Entry], codes: list[str]) -> list[Entry]:
    found = list(model.objects.filter(pk__in=codes))
    if gone := sorted(set(codes) - {entry.pk for entry in found}):
        raise ValidationError(_("%(codes)s is no longer in the register.") % {"codes": ", ".join(gone)})
    return found


def _row(child: type[Model], values: Snapshot) -> Model:
    fields = {f.name: f for f in child_fields(child)}
    return child(**{fields[name].attname: fields[name].to_python(value) for name, value in values.items()})
