"""Many rows of one table in one statement: PostgreSQL reads them from a JSON text by the types of its own columns."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

Row = dict[str, Any]


@cache
def columns(model: type[Model]) -> tuple[Field, ...]:
    """The fields that are stored as they are given: neither generated, nor a number that the database hands out."""
    return tuple(f for f in model._meta.concrete_fields if not f.generated and not f.db_returning)


def row(instance: Model) -> Row:
    """A row by column, as the instance has it."""
    values = vars(instance)
    return {field.column: values[field.attname] for field in columns(type(instance))}


def add(model: type[Model], rows: list[Row]) -> None:
    """Add rows that all have the same columns."""
    if rows:
        _run(adding(model, rows[0]), rows)


def adding(model: type[Model], names: Iterable[str], **worked_out: str) -> str:
    """The statement that adds rows with these columns; `worked_out` says in SQL what some get, from the row r."""
    values = ", ".join(worked_out.get(name) or f"r.{_quoted(name)}" for name in names)
    listed = ", ".join(map(_quoted, names))
    return f"INSERT INTO {_table(model)} ({listed}) SELECT {values} FROM {_read(model)}"  # noqa: S608


def change(model: type[Model], rows: list[Row], names: Sequence[str]) -> None:
    """Give the named columns of rows, each known by its key, other values."""
    if rows and names:
        key = _quoted(model._meta.pk.column)
        given = ", ".join(f"{_quoted(name)} = r.{_quoted(name)}" for name in names)
        same = f"{_table(model)}.{key} = r.{key}"
        _run(f"UPDATE {_table(model)} SET {given} FROM {_read(model)} WHERE {same}", rows)  # noqa: S608


def remove(model: type[Model], rows: list[Row]) -> None:
    """Remove the rows that have these values in these columns."""
    if rows:
        same = " AND ".join(f"{_table(model)}.{_quoted(name)} = r.{_quoted(name)}" for name in rows[0])
        _run(f"DELETE FROM {_table(model)} USING {_read(model)} WHERE {same}", rows)  # noqa: S608


def as_json(rows: Iterable[Row]) -> str:
    """The rows as a JSON text; dates, times, decimals and UUIDs as text that PostgreSQL reads without loss."""
    return json.dumps(list(rows), default=_plain, ensure_ascii=False)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{value!r} has no place in a column.")


def _run(statement: str, rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [as_json(rows)])


def _read(model: type[Model]) -> str:
    return f"json_populate_recordset(NULL::{_table(model)}, %s) AS r"


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
