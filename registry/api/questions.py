"""A list's query string, understood: which records, in which order, how many, which fields and which facets."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from registry import ordering, public
from registry.filters import FILTERS, EntryFilter
from registry.models import Entry

from . import parameters


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
        return cls(
            records=asked.queryset.none() if refusals else asked.qs,
            order=order,
            page_size=parameters.page_size(given, refusals),
            fields=parameters.names(given, "fields", fields, refusals),
            facets=parameters.names(given, "facets", filterset.facets, refusals),
        )


def repeatable(filterset: type[EntryFilter]) -> set[str]:
    """The questions that take several values."""
    return {name for name, question in filterset.base_filters.items() if _takes_several(question)}


def _takes_several(question: object) -> bool:
    return getattr(question.field_class.widget, "allow_multiple_selected", False)
