"""A record in a small frame of somebody else's page: its name, how its summary begins and some facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from rest_framework.renderers import BaseRenderer

from registry import documents
from registry.api.negotiation import Json
from registry.documents import Sort
from registry.models import Entry

from . import properties
from .candidates import type_of
from .properties import Property

_FACTS, _VALUES, _LONGEST = 4, 3, 120
# What the frame tells otherwise, and what is for programs.
_ELSEWHERE = {"title", "summary", "url", "html_url", "updated_at", "version"}
_WITH_PARTS = {"dates.edtf"}


class Page(BaseRenderer):
    """A page; a problem is JSON all the same."""

    media_type, format = "text/html", "html"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: dict | None = None) -> bytes:
        """The bytes."""
        return data.encode() if isinstance(data, str) else Json().render(data)


@dataclass(frozen=True)
class Fact:
    """What a field is called, and what it says."""

    label: str
    text: str


def page(entry: Entry, host: str) -> str:
    """The page of a published record, read with what its document needs."""
    model = type(entry)
    document = documents.documents(model, [entry], host=host)[0]
    facts = [fact for each in properties.of(model).values() if (fact := _fact(each, document))]
    context = {"entry": entry, "noun": type_of(model)["name"], "facts": facts[:_FACTS], "url": document["html_url"]}
    return render_to_string("registry/reconcile_preview.html", context)


def _fact(asked: Property, document: dict[str, Any]) -> Fact | None:
    if asked.path[0] in _ELSEWHERE or (len(asked.path) > 1 and asked.id not in _WITH_PARTS):
        return None
    said = list(_said(asked, document))
    text = ", ".join(said[:_VALUES]) + (" …" if len(said) > _VALUES else "")
    return Fact(asked.fields[0].label, text if len(text) <= _LONGEST else text[:_LONGEST] + "…") if text else None


def _said(asked: Property, document: dict[str, Any]) -> Iterator[str]:
    for value in asked.values(document):
        if asked.field.sort in {Sort.LINK, Sort.LINKS}:
            yield value["title"] or value["code"]
        elif asked.field.choices:
            yield str(asked.field.choices(value).label)
        else:
            yield str(value)
