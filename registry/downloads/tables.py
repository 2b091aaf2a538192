"""A document as one row of a table: one value a cell, related records as codes beside a column with their titles."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from registry.documents import Document, Field, Sort, fields
from registry.models import Entry
from registry.sheets import writing

BETWEEN = "; "
_LINE = "\n"  # between two rows in a cell
_PART = " | "  # between two parts of such a row


@dataclass(frozen=True)
class Column:
    """One column; `field` is what it shows, or the part of a field."""

    name: str
    field: Field
    sort: Sort
    read: Callable[[Document], Any]
    whole: Field
    path: tuple[Field, ...] = ()

    @property
    def label(self) -> str:
        """What it is called, for people."""
        return ": ".join(field.label for field in (self.whole, *self.path))


def columns(model: type[Entry], chosen: Collection[str] = ()) -> list[Column]:
    """The columns of a noun's table, in the order of its document; `chosen` names the fields, or none for all."""
    wanted = [field for field in fields(model) if field.name == "code" or not chosen or field.name in chosen]
    return [column for field in wanted for column in _columns(field)]


def rows(wanted: list[Column], chunks: Iterable[list[Document]]) -> Iterator[list[Any]]:
    """The names of the columns, then the cells of each record: None, text, number or ISO date as text."""
    yield [column.name for column in wanted]
    for chunk in chunks:
        for document in chunk:
            yield [column.read(document) for column in wanted]


def as_csv(wanted: list[Column], chunks: Iterable[list[Document]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark; "" where nothing is stated, and no cell that is taken for a formula."""
    return writing.as_csv(["" if cell is None else str(cell) for cell in row] for row in rows(wanted, chunks))


def _columns(field: Field) -> list[Column]:
    name = field.name
    match field.sort:
        case Sort.LINK:
            return [
                Column(name, field, Sort.TEXT, lambda d: (d[name] or {}).get("code"), field),
                Column(f"{name}_title", field, Sort.TEXT, lambda d: (d[name] or {}).get("title"), field),
            ]
        case Sort.LINKS:
            return [
                Column(name, field, Sort.TEXT, lambda d: _listed(link["code"] for link in d[name]), field),
                Column(f"{name}_titles", field, Sort.TEXT, lambda d: _listed(x["title"] or "" for x in d[name]), field),
            ]
        case Sort.WORDS | Sort.CODES:
            return [Column(name, field, Sort.TEXT, lambda d: _listed(d[name] or ()), field)]
        case Sort.ROWS:
            return [Column(name, field, Sort.TEXT, lambda d: _in_words(field, d[name]), field)]
        case Sort.PARTS:
            return [_of_part(field, path) for part in field.parts for path in _paths(part)]
        case sort:
            return [Column(name, field, sort, lambda d: d[name], field)]


def _paths(part: Field) -> Iterator[tuple[Field, ...]]:
    """The ways from an object to the values in it, however deep."""
    if part.sort is Sort.PARTS:
        yield from ((part, *path) for inner in part.parts for path in _paths(inner))
    else:
        yield (part,)


def _of_part(field: Field, path: tuple[Field, ...]) -> Column:
    """A date stands in the column of its own name, between its two bounds and what else is known."""
    names, last = [part.name for part in path], path[-1]
    name = field.name if names == ["edtf"] else "_".join([field.name, *names])
    is_list = last.sort in {Sort.WORDS, Sort.CODES}

    def read(document: Document) -> Any:
        value = document[field.name]
        for step in names:
            value = (value or {}).get(step)
        return _listed(value or ()) if is_list else value

    return Column(name, last, Sort.TEXT if is_list else last.sort, read, field, path)


def _listed(members: Any) -> str | None:
    return BETWEEN.join(members) or None


def _in_words(field: Field, found: list[dict[str, Any]]) -> str | None:
    """Each row on a line of its own: “organisation: ORG-0001 A ministry | role: funding”."""
    return _LINE.join(_PART.join(_parts(field, row)) for row in found) or None


def _parts(field: Field, row: dict[str, Any]) -> Iterator[str]:
    for part in field.parts:
        value = row[part.name]
        if isinstance(value, dict):
            value = " ".join(filter(None, (value["code"], value["title"])))
        elif isinstance(value, list):
            value = ", ".join(value)
        if value not in (None, ""):
            yield f"{part.name}: {value}"
