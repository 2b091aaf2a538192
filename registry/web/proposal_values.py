"""The plain value of a field in words, as a reader takes it in; of other records only those that anybody can read."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.utils.formats import localize

from registry import public
from registry.models import ENTRIES, Entry, Region
from registry.models.translations import OWN, Text, joined

from . import dates
from .facts import Link


def in_words(model: type[Entry], name: str, value: Any) -> list[str | Link]:
    """One item for each that the field holds; none where it says nothing."""
    column = model._meta.get_field(name)
    if column.one_to_many or value in (None, "", [], {}) or (isinstance(value, str) and value in public.NOT_STATED):
        return []
    if name == "other_names":
        return [_name(row) for row in value]
    if name == "translations":
        return [Text(text, code) for code in sorted(value) for text in value[code].values()]
    if column.is_relation or name == "about":
        models = [column.related_model] if column.is_relation else ENTRIES
        return _links(models, value if isinstance(value, list) else [value])
    if isinstance(column, ArrayField):
        labels = dict(column.base_field.choices or ())
        return [str(labels[item]) if item in labels else Text(item) for item in value]
    if name == "dates":
        return [dates.words(value) or value]
    if column.choices:
        return [str(dict(column.choices).get(value, value))]
    return [Text(value) if isinstance(value, str) else localize(value)]


def _name(row: dict[str, str]) -> str:
    """Another name, in its own language."""
    name = Text(row["name"], row["language"] or OWN)
    return joined(list(filter(None, (name, row["language"], Text(row["note"])))), ", ")


def _links(models: list[type[Entry]], codes: list[str]) -> list[Link]:
    found: dict[str, Entry] = {}
    for model in models:
        mine = [code for code in codes if code.startswith(f"{model.prefix}-")]
        found |= model.objects.public().with_public_names().in_bulk(mine) if mine else {}
    shown = [found[code] for code in codes if code in found]
    return [Link(e.full_name if isinstance(e, Region) else e.shown_title, e.get_absolute_url()) for e in shown]
