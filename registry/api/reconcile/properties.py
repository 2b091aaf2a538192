"""The properties of records: the fields of their documents, and of a field with parts each part."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from registry import documents
from registry.documents import Field, Sort
from registry.models import ENTRIES, Entry

_OF_THE_RECORD_ITSELF = {"code"}  # what a client holds already: the identifier


@dataclass(frozen=True)
class Property:
    """One of them: `path` leads to it through a document, `kind` is the noun of the records that it names."""

    path: tuple[str, ...]
    fields: tuple[Field, ...]
    kind: type[Entry] | None

    @property
    def id(self) -> str:
        """As a client names it: dates.earliest."""
        return ".".join(self.path)

    @property
    def field(self) -> Field:
        """The innermost one, which knows its sort."""
        return self.fields[-1]

    @property
    def name(self) -> str:
        """What it is called, for people."""
        outer, *inner = (field.label for field in self.fields)
        return ": ".join([outer, *inner])

    def values(self, document: dict[str, Any]) -> list[Any]:
        """What the document states, in its order."""
        return list(_values(document, self.path))


@cache
def of(model: type[Entry]) -> dict[str, Property]:
    """The properties of a noun, in the order of its documents."""
    found = (each for field in documents.fields(model) for each in _leaves(model, (field,)))
    return {each.id: each for each in found if each.id not in _OF_THE_RECORD_ITSELF}


@cache
def everywhere() -> dict[str, dict[type[Entry], Property]]:
    """Every property of any noun, with the nouns that have it."""
    found: dict[str, dict[type[Entry], Property]] = {}
    for model in ENTRIES:
        for name, each in of(model).items():
            found.setdefault(name, {})[model] = each
    return found


def _leaves(model: type[Entry], fields: tuple[Field, ...]) -> Iterator[Property]:
    if parts := fields[-1].parts:
        for inner in parts:
            yield from _leaves(model, (*fields, inner))
    else:
        yield Property(tuple(field.name for field in fields), fields, _kind(model, fields))


def _kind(model: type[Entry], fields: tuple[Field, ...]) -> type[Entry] | None:
    if fields[-1].sort not in {Sort.LINK, Sort.LINKS} or not all(field.stored for field in fields):
        return None
    for field in fields:
        model = model._meta.get_field(field.stored).related_model
    return model


def _values(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _values(each, path)
    elif path and value is not None:
        yield from _values(value.get(path[0]), path[1:])
    elif value is not None:
        yield value
