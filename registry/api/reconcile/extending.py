"""What records say of the properties that a client wants beside its rows."""

from typing import Any

from registry import documents
from registry.models import Entry

from . import finding, properties, values
from .candidates import type_of
from .properties import Property
from .queries import Extension


def answer(asked: Extension, host: str) -> dict[str, Any]:
    """The properties and, for each record, their values; nothing for what is not public, as for what never was."""
    rows: dict[str, dict[str, list]] = {code: {name: [] for name in asked.properties} for code in asked.ids}
    by_model: dict[type[Entry], list[str]] = {}
    for code in asked.ids:
        if model := finding.model_of(code):
            by_model.setdefault(model, []).append(code)
    for model, codes in by_model.items():
        own = {name: properties.of(model)[name] for name in asked.properties if name in properties.of(model)}
        chosen = {"code", *(each.path[0] for each in own.values())}
        for some in documents.chunks(model, codes, host=host, chosen=chosen):
            for document in some:
                for name, each in own.items():
                    rows[document["code"]][name] = [
                        values.said(each.field.sort, value) for value in each.values(document)
                    ]
    return {"meta": [_meta(name, [*by_model]) for name in asked.properties], "rows": rows}


def proposed(model: type[Entry] | None, limit: int | None) -> list[dict[str, str]]:
    """The properties that a noun has, or any noun."""
    found = properties.of(model) if model else {name: _one(name, []) for name in properties.everywhere()}
    return [{"id": name, "name": each.name} for name, each in found.items()][:limit]


def _meta(name: str, models: list[type[Entry]]) -> dict[str, Any]:
    said = _one(name, models)
    kinds = {each.kind for model, each in properties.everywhere()[name].items() if model in models or not models}
    kind = kinds.pop() if len(kinds) == 1 else None
    return {"id": name, "name": said.name} | ({"type": type_of(kind)} if kind else {})


def _one(name: str, models: list[type[Entry]]) -> Property:
    """The property as the first of the nouns has it, for its name."""
    found = properties.everywhere()[name]
    return next((found[model] for model in models if model in found), next(iter(found.values())))
