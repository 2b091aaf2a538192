"""Versions of a record: what it holds as plain values, what differs between two, and how to put one back.

A snapshot is a dict of JSON values: fields by name, many-to-many relations as sorted codes, and each of the
record's own rows (citations, participations) as a list of dicts.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CharField, DecimalField, Field, ForeignKey, IntegerField, Model, QuerySet, TextField
from django.utils.translation import gettext as _

from registry import derived
from registry.models import Change, Citation, Entry, Site

Snapshot = dict[str, Any]
Related = dict[str, list]

# Fields whose texts are JSON as they stand; a relation is a code.
_TEXTS = (CharField, TextField, ForeignKey)
# Kept by the ledger itself, or worked out from the other fields.
_KEPT_BY_LEDGER = {"code", "version", "created_at", "updated_at"}
_DERIVED = derived.COLUMNS | {"search"}
_MOST_DIGITS = 20
# The point of a site follows from its exact place: a version that held it would tell it after it became a secret.
_FOLLOWING = {Site: {"longitude", "latitude"}}


@cache
def recorded_fields(model: type[Model]) -> tuple[Field, ...]:
    """The columns whose values a version holds."""
    left_out = _KEPT_BY_LEDGER | _DERIVED | _FOLLOWING.get(model, set())
    return tuple(f for f in model._meta.concrete_fields if f.name not in left_out)


@cache
def child_fields(child: type[Model]) -> tuple[Field, ...]:
    """The columns of a row that belongs to a record, without its key and its way back to the record."""
    generic = {"entry_type", "entry_code"}
    return tuple(
        f for f in child._meta.concrete_fields if not f.primary_key and f.name not in generic and not _leads_back(f)
    )


def _leads_back(field: Field) -> bool:
    owner = field.related_model if field.is_relation else None
    return bool(owner) and field.remote_field.related_name in getattr(owner, "children", ())


def child_model(model: type[Entry], name: str) -> type[Model]:
    """The model of the rows behind an accessor such as `citations`."""
    return model._meta.get_field(name).related_model


def snapshot(entry: Entry, related: Related | None = None, *, others: Snapshot | None = None) -> Snapshot:
    """All that the record holds now; relations come from `related` where given, else from the database.

    `others` is an earlier snapshot that has the relations which `related` does not give.
    """
    related = related or {}
    if others is None:
        missing = [] if entry._state.adding else [name for name in relations(type(entry)) if related.get(name) is None]
        others = stored_relations(type(entry), [entry.pk], missing)[entry.pk]
    values = {field.name: plain(field, entry) for field in recorded_fields(type(entry))}
    for field in entry._meta.many_to_many:
        given = related.get(field.name)
        values[field.name] = others.get(field.name, []) if given is None else sorted(other.pk for other in given)
    for name in entry.children:
        rows = related.get(name)
        values[name] = others.get(name, []) if rows is None else in_order(row_values(row) for row in rows)
    return values


@cache
def relations(model: type[Entry]) -> tuple[str, ...]:
    """The names of what a record holds in other tables: many-to-many relations and rows of its own."""
    return *(field.name for field in model._meta.many_to_many), *model.children


def stored_relations(model: type[Entry], codes: list[str], names: Iterable[str]) -> dict[str, Snapshot]:
    """By code, what is stored of these relations, as a snapshot has it; one question for each relation."""
    found: dict[str, Snapshot] = {code: {name: [] for name in names} for code in codes}
    for name in names:
        if name in model.children:
            for row in stored_rows(model, codes, name):
                found[owner_of(row)][name].append(row_values(row))
        else:
            field = model._meta.get_field(name)
            through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
            pairs = through._default_manager.filter(**{f"{own}__in": codes}).values_list(f"{own}_id", f"{other}_id")
            for code, pointed in pairs:
                found[code][name].append(pointed)
    for held in found.values():
        for name, values in held.items():
            held[name] = in_order(values) if name in model.children else sorted(values)
    return found


def stored_rows(model: type[Entry], codes: list[str], name: str) -> QuerySet:
    """The rows of one kind that belong to these records."""
    child = child_model(model, name)
    if name == "citations":
        kind = ContentType.objects.get_for_model(model)
        return child._default_manager.filter(entry_type=kind, entry_code__in=codes)
    return child._default_manager.filter(**{f"{model._meta.get_field(name).field.name}__in": codes})


def owner_of(row: Model) -> str:
    """The code of the record that a row belongs to."""
    return row.entry_code if isinstance(row, Citation) else getattr(row, _way_back(type(row)))


@cache
def _way_back(child: type[Model]) -> str:
    return next(f.attname for f in child._meta.concrete_fields if _leads_back(f))


def in_order(rows: Iterable[Snapshot]) -> list[Snapshot]:
    """Rows in the one order that snapshots have them in."""
    return sorted(rows, key=repr)


def row_values(row: Model) -> Snapshot:
    """One of the record's own rows as plain values; its lists are sets, so their order says nothing."""
    values = {field.name: plain(field, row) for field in child_fields(type(row))}
    return {name: sorted(value) if isinstance(value, list) else value for name, value in values.items()}


def plain(field: Field, instance: Model) -> Any:
    """A field's value as JSON has it: text, number, list, true, false or null; a relation is a code.

    Codes chosen from a vocabulary are a set: they are sorted, so that another order is no difference.
    """
    value = getattr(instance, field.attname)
    kind = type(value)
    if (
        value is None
        or (kind is str and isinstance(field, _TEXTS))
        or (kind is int and isinstance(field, IntegerField))
    ):
        return value
    if kind is list and not value:
        return []
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
