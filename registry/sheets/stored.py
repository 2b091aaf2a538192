"""What many records hold now as plain values, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model, QuerySet

from registry import versions
from registry.models import Citation, Entry
from registry.versions import Snapshot

from .columns import Column, Sort

_AS_JSON = (str, int, type(None))


def snapshots(model: type[Entry], entries: Iterable[Entry], columns: Iterable[Column]) -> dict[str, Snapshot]:
    """By code, the values of the columns; rows stand in the order in which people read them."""
    found = {entry.pk: {"code": entry.pk, "version": entry.version} for entry in entries}
    for column in columns:
        if column.sort is Sort.ROWS:
            _add(found, column.name, _rows(model, column, list(found)))
        elif column.sort is Sort.RECORDS:
            _add(found, column.name, _related(model, column.name, list(found)))
        elif column.field:
            for entry in entries:
                found[entry.pk][column.name] = _plain(column.field, entry)
    return found


def _add(found: dict[str, Snapshot], name: str, values: dict[str, list]) -> None:
    for code, snapshot in found.items():
        snapshot[name] = values.get(code, [])


def _plain(field: Field, entry: Entry) -> Any:
    value = getattr(entry, field.attname)
    if isinstance(value, _AS_JSON):
        return value
    if isinstance(field, ArrayField):
        return sorted(value) if field.base_field.choices else list(value)
    return versions.plain(field, entry)


def _related(model: type[Entry], name: str, codes: list[str]) -> dict[str, list[str]]:
    field = model._meta.get_field(name)
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    found: dict[str, list[str]] = defaultdict(list)
    pairs = field.remote_field.through._default_manager.filter(**{f"{here}__in": codes}).order_by(there)
    for code, other in pairs.values_list(here, there):
        found[code].append(other)
    return found


def _rows(model: type[Entry], column: Column, codes: list[str]) -> dict[str, list[Snapshot]]:
    found: dict[str, list[Snapshot]] = defaultdict(list)
    owner, rows = _of(model, column, codes)
    for row in rows:
        found[getattr(row, owner)].append(versions.row_values(row))
    return found


def _of(model: type[Entry], column: Column, codes: list[str]) -> tuple[str, QuerySet[Model]]:
    if column.row is Citation:
        kind = ContentType.objects.get_for_model(model)
        return "entry_code", Citation.objects.filter(entry_type=kind, entry_code__in=codes)
    owner = model._meta.get_field(column.name).field.attname
    return owner, column.row._default_manager.filter(**{f"{owner}__in": codes})
