"""A list's query string, understood: which records, in which order, how many, which fields and which facets."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet
from django.http import QueryDict

from registry import documents, ordering, public
from registry.filters import FILTERS, EntryFilter
from registry.models import Entry

from . import parameters

# What changes how a list is shown, and not which records are in it or how they are ordered.
PRESENTATION = frozenset({"cursor", "page_size", "fields", "facets", "format"})


@dataclass(frozen=True)
class ListRequest:
    """What a list was asked."""

    records: QuerySet
    order: ordering.Ordering
    page_size: int
    fields: list[str]
    facets: list[str]

    @classmethod
    def read(
        cls, given: QueryDict, model: type[Entry], fields: Collection[str], refusals: parameters.Refusals
    ) -> "ListRequest":
        """Read every parameter; what cannot be read goes to `refusals`. `fields` are those of a record."""
        filterset = FILTERS[model]
        asked = filterset(given, queryset=public.records(model))
        for name, errors in asked.errors.items():
            for message in errors:
                refusals.add(name, message)
        order = ordering.read(filterset, ordering.DEFAULT)
        if "ordering" in given:
            try:
                order = ordering.read(filterset, given["ordering"])
            except ordering.UnknownOrder as error:
                parameters.names(given, "ordering", error.allowed, refusals)
        page_size = parameters.page_size(given, refusals)
        wanted = parameters.names(given, "fields", fields, refusals)
        facets = parameters.names(given, "facets", filterset.facets, refusals)
        records = asked.queryset.none() if refusals else asked.qs
        return cls(documents.needed(records, wanted), order, page_size, wanted, facets)


def fingerprint(given: QueryDict, *more: str, ignoring: Collection[str]) -> str:
    """The same for the same questions, in whatever order they are asked."""
    asked = sorted((name, sorted(values)) for name, values in given.lists() if name not in ignoring)
    return sha256(json.dumps([more, asked]).encode()).hexdigest()


def repeatable(filterset: type[EntryFilter]) -> set[str]:
    """The questions that take several values."""
    return {name for name, question in filterset.base_filters.items() if _takes_several(question)}


def _takes_several(question: object) -> bool:
    return getattr(question.field_class.widget, "allow_multiple_selected", False)
