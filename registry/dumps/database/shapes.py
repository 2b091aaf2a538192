"""Which tables a noun has: its documents flat, and below it a table for every list that they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from registry.documents import Field, Sort, fields
from registry.models import Entry
from registry.vocabularies import name_of

RECORDS = "records"  # of every noun, and what was withdrawn and is still named
KEYS = ("record", "row_number", "item_number")  # of a list, and of a list inside its rows
_LISTS = {Sort.WORDS, Sort.CODES, Sort.LINKS, Sort.ROWS}
_TYPES = {Sort.WHOLE: "INTEGER", Sort.DEGREES: "REAL"}  # all else is text: an amount keeps each of its decimals


@dataclass(frozen=True)
class Column:
    """One column; `steps` lead to its value in a document or a row, `refers` is a table whose `code` it holds."""

    name: str
    type: str
    steps: tuple[str, ...]
    path: str  # of the field, as the dictionary has it
    refers: str = ""


@dataclass(frozen=True)
class Table:
    """One table; `keys` name a row of it, `parent` is the table that holds all of them but the last.

    `path` is that of the field that it holds, "" for the table of a noun.
    `inner` are the lists that its rows hold, each with the steps that lead to it.
    """

    name: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    inner: tuple[tuple[tuple[str, ...], "Table"], ...] = ()
    parent: str = ""
    path: str = ""

    @property
    def whole(self) -> Iterator["Table"]:
        """It, and all that is within."""
        yield self
        for _steps, table in self.inner:
            yield from table.whole

    def rows(self, value: Any, key: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """The row of a document or of a member of a list, and the rows of all lists in it, each with its table."""
        yield self.name, (*key, *(_reached(value, column.steps) for column in self.columns))
        for steps, table in self.inner:
            for number, member in enumerate(_reached(value, steps) or (), 1):
                yield from table.rows(member, (*key, number))


@cache
def table_of(model: type[Entry]) -> Table:
    """The table of a noun with those of its lists; the first column is the code of the record."""
    own = [field for field in fields(model) if field.name != "code"]
    return _table(model.slug, ("code",), own, model)


def _table(
    name: str, keys: tuple[str, ...], parts: list[Field], owner: type[Model] | None, path: str = "", parent: str = ""
) -> Table:
    columns, inner = [], []
    for steps, field in _flat(parts):
        called = "_".join(step for step in steps if step != "edtf")  # a date stands between its two bounds
        where = ".".join(filter(None, (path, *steps)))
        if field.sort in _LISTS:
            below = KEYS[: 2 if keys == ("code",) else 3]
            inner.append((steps, _list(f"{name}_{called}", below, field, owner, where, name)))
        elif field.sort is Sort.LINK:
            columns.append(Column(called, "TEXT", (*steps, "code"), where, _named(owner, field)))
        else:
            refers = f"vocabulary_{name_of(field.choices)}" if field.sort is Sort.CODE else ""
            columns.append(Column(called, _TYPES.get(field.sort, "TEXT"), steps, where, refers))
    return Table(name, keys, tuple(columns), tuple(inner), parent, path)


def _list(name: str, keys: tuple[str, ...], field: Field, owner: type[Model] | None, path: str, parent: str) -> Table:
    match field.sort:
        case Sort.ROWS:
            return _table(name, keys, list(field.parts), _related(owner, field), path, parent)
        case Sort.LINKS:
            column = Column("code", "TEXT", ("code",), path, _named(owner, field))
        case Sort.CODES:
            column = Column("code", "TEXT", (), path, f"vocabulary_{name_of(field.choices)}")
        case _:
            column = Column("value", "TEXT", (), path)
    return Table(name, keys, (column,), parent=parent, path=path)


def _flat(parts: list[Field], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """The fields with those of the objects among them in their places, however deep, and the steps to each."""
    for field in parts:
        steps = (*before, field.name)
        if field.sort is Sort.PARTS:
            yield from _flat(list(field.parts), steps)
        else:
            yield steps, field


def _named(owner: type[Model] | None, field: Field) -> str:
    """The table whose records a field names: of one noun, or of all."""
    related = _related(owner, field)
    return related.slug if related else RECORDS


def _related(owner: type[Model] | None, field: Field) -> type[Any] | None:
    try:
        return owner and owner._meta.get_field(field.stored or field.name).related_model
    except FieldDoesNotExist:
        return None


def _reached(value: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        value = None if value is None else value.get(step)
    return value
