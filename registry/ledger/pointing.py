"""What points to a record, and what each of those holds once it points to another instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model, Q, UniqueConstraint

from registry import versions
from registry.models import ENTRIES, Entry
from registry.versions import Snapshot

# Lists of codes of records that the database does not relate.
CODES = {"about", "sites"}


@dataclass(frozen=True)
class Pointing:
    """How many records of a noun point to another record."""

    model: type[Entry]
    number: int


def pointing(entry: Entry) -> Iterator[Pointing]:
    """By noun, how many records point to this one; itself is not counted."""
    for model in ENTRIES:
        if asked := _asked(model, type(entry), [entry.pk]):
            number = model.objects.filter(asked).exclude(pk=entry.pk).order_by().values("pk").distinct().count()
            if number:
                yield Pointing(model, number)


def records_pointing(entry: Entry) -> Iterator[Entry]:
    """The records that point to this one, themselves or in their rows, by code; itself is not among them."""
    for model in ENTRIES:
        if asked := _asked(model, type(entry), [entry.pk]):
            codes = model.objects.filter(asked).exclude(pk=entry.pk).order_by().values("pk").distinct()
            yield from model.objects.filter(pk__in=codes).order_by("pk").iterator(chunk_size=200)


def codes_pointing(kind: type[Entry], codes: list[str]) -> Iterator[tuple[type[Entry], str]]:
    """The nouns and codes of all that point to records of one noun, or were merged into one of them."""
    for model in ENTRIES:
        asked = _asked(model, kind, codes)
        if model is kind:
            asked |= Q(merged_into__in=codes)
        if asked:
            found = model.objects.filter(asked).order_by("pk").values_list("pk", flat=True)
            yield from ((model, code) for code in found.distinct())


def _asked(model: type[Entry], kind: type[Entry], codes: list[str]) -> Q:
    """The lookup for records of a noun that point to some of another; empty where none ever can."""
    asked = Q()
    for path, field in _paths(model):
        if field.is_relation and field.related_model is kind:
            asked |= Q(**{f"{path}__in": codes})
        elif field.name in CODES and not field.is_relation:
            asked |= Q(**{f"{path}__overlap": codes})
    return asked


def _paths(model: type[Entry]) -> Iterator[tuple[str, Field]]:
    """Every field that can name another record, with the lookup that leads to it."""
    for field in [*versions.recorded_fields(model), *model._meta.many_to_many]:
        if names_records(field):
            yield field.name, field
    for name in model.children:
        for field in versions.child_fields(versions.child_model(model, name)):
            if names_records(field):
                yield f"{name}__{field.name}", field


def names_records(field: Field) -> bool:
    """Whether the field holds codes of records."""
    return bool(field.is_relation and field.related_model and issubclass(field.related_model, Entry)) or (
        isinstance(field, ArrayField) and field.name in CODES
    )


def led_over(model: type[Entry], values: Snapshot, lost: Entry, kept: Entry) -> Snapshot:
    """The values of a version with the one record named instead of the other, each record and each row once."""
    fields = {f.name: f for f in [*versions.recorded_fields(model), *model._meta.many_to_many]}
    found = {}
    for name, value in values.items():
        if name in model.children:
            child = versions.child_model(model, name)
            found[name] = united(child, [_led(_fields_of(child), row, lost, kept) for row in value], [])
        else:
            found[name] = _led_value(fields.get(name), value, lost, kept)
    return found


def _fields_of(child: type[Model]) -> dict[str, Field]:
    return {field.name: field for field in versions.child_fields(child)}


def _led(fields: dict[str, Field], row: Snapshot, lost: Entry, kept: Entry) -> Snapshot:
    return {name: _led_value(fields[name], value, lost, kept) for name, value in row.items()}


def _led_value(field: Field | None, value: Any, lost: Entry, kept: Entry) -> Any:
    if field is None or not names_records(field) or (field.is_relation and field.related_model is not type(lost)):
        return value
    if isinstance(value, list):
        return list(dict.fromkeys(kept.pk if code == lost.pk else code for code in value))
    return kept.pk if value == lost.pk else value


def united(child: type[Model], rows: list[Snapshot], more: list[Snapshot]) -> list[Snapshot]:
    """The rows of both lists, each once; of two that may not stand together the first stays.

    Two citations of one place in one source become one that supports the fields of both.
    """
    found: dict[str, Snapshot] = {}
    for row in [*rows, *more]:
        key = repr([row[name] for name in _once(child)])
        first = found.setdefault(key, dict(row))
        if first != row and "fields" in row:
            both = first["fields"] and row["fields"]
            first["fields"] = sorted({*first["fields"], *row["fields"]}) if both else []
            first["note"] = first["note"] or row["note"]
    return list(found.values())


def _once(child: type[Model]) -> list[str]:
    """The fields by which a row of this kind stands once: those of its constraint, else all."""
    names = list(_fields_of(child))
    for constraint in child._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            return [name for name in constraint.fields if name in names]
    return names
