"""Writes what people keep beside the records, without a history: proposals, sheets, jobs, scratch drafts."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet

from . import tables
from .writes import writing


def put(row: Model, *, only: Iterable[str] | None = None) -> None:
    """Store a row, or of a stored one the fields named by `only`; raises ValidationError when a rule is broken."""
    if only is None:
        row.full_clean()
    with writing():
        row.save(update_fields=only)


def put_all(rows: list[Model]) -> None:
    """Add many new rows that the register itself has made, without asking each for its rules."""
    if rows:
        with writing():
            type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)


def put_again(rows: list[Model], only: list[str]) -> None:
    """Store the named fields of many rows at once, as `put_all` adds them."""
    if rows:
        model = type(rows[0])
        fields = [model._meta.get_field(name) for name in only]
        given = [
            {model._meta.pk.column: row.pk} | {field.column: getattr(row, field.attname) for field in fields}
            for row in rows
        ]
        with writing():
            tables.change(model, given, [field.column for field in fields])


def drop(rows: Model | QuerySet) -> None:
    """Remove a row, or all that a queryset finds."""
    with writing():
        rows.delete()
