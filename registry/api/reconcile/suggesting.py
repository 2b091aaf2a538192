"""What somebody who begins to type may mean: a record, a type, a property."""

from typing import Any

from registry.models import Entry

from . import finding, properties, spellings
from .candidates import described, type_of
from .queries import TYPES

AT_ONCE, LAST = 20, 1000  # suggestions of one answer; how many can be skipped


def entities(prefix: str, skipped: int, models: tuple[type[Entry], ...]) -> list[dict[str, Any]]:
    """Records with the words in their names, or of this code."""
    exact = finding.by_code(prefix.strip().upper(), models)
    found = [exact] if exact else finding.beginning(prefix, models)
    return [described(one) | {"notable": [type_of(one.model)]} for one in found[skipped : skipped + AT_ONCE]]


def types(prefix: str, skipped: int) -> list[dict[str, Any]]:
    """Nouns with a word that begins so; all of them where nothing is typed."""
    typed, found = spellings.words(prefix), [type_of(model) for model in TYPES.values()]
    return [one for one in found if spellings.begins(typed, (one["id"], one["name"]))][skipped : skipped + AT_ONCE]


def of_records(prefix: str, skipped: int, models: tuple[type[Entry], ...]) -> list[dict[str, Any]]:
    """Properties of the nouns with a word that begins so, each with the nouns that have it."""
    typed, found = spellings.words(prefix), []
    for name, by_model in properties.everywhere().items():
        having = [model for model in models if model in by_model]
        if having and spellings.begins(typed, (name, *(by_model[model].name for model in having))):
            nouns = ", ".join(type_of(model)["name"] for model in having)
            found.append({"id": name, "name": by_model[having[0]].name, "description": nouns})
    return found[skipped : skipped + AT_ONCE]
