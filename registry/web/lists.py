"""A list of records: one form asks, and every state of it is an address."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from registry import facets, public
from registry.downloads import licence
from registry.filters import FILTERS, EntryFilter
from registry.models import Entry

from . import downloads, paging, pins, questions, row_pins
from .caching import kept
from .nouns import NOUNS
from .queries import Chip, ListQuery

PLACELESS_SHOWN = 8
_COMMON_SORTS = {
    "-updated_at": gettext_lazy("Recently updated"),
    "title": gettext_lazy("Name"),
}


@dataclass(frozen=True)
class Sort:
    """An order the reader may choose."""

    value: str
    label: str
    selected: bool


class EntryList(TemplateView):
    """The public list of a noun."""

    model: ClassVar[type[Entry]]
    sorts: ClassVar[dict[str, str]] = {}

    @property
    def filterset_class(self) -> type[EntryFilter]:
        """The questions the list can be asked."""
        return FILTERS[self.model]

    def get_template_names(self) -> list[str]:
        """registry/project_list.html"""
        return [f"registry/{self.model.noun}_list.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the list page shows; its counts and its map speak of all results, not of the page."""
        query = ListQuery.read(self.request.GET, self.filterset_class, self.model)
        found = self.filterset_class(query.data, queryset=self.model.objects.public()).qs
        summary = self._summary(query, found)
        page = paging.read(public.records(self.model), found, query.order, query.page, summary["count"])
        row_pins.mark(self.model, page.records, summary["pins"])
        feed = reverse(f"registry:{self.model.noun}-feed")
        return super().get_context_data(**kwargs) | {
            "noun": NOUNS[self.model],
            "query": query.data.get("q", ""),
            "page_obj": page.records,
            "chips": query.chips(),
            "clear_url": self.request.path,
            "sorts": [Sort(value, label, value == query.order.name) for value, label in self._sorts().items()],
            "hidden": questions.carried(query, summary["facets"]),
            "lines": questions.dated(query),
            "stated": questions.stated(query, self.model),
            "notices": query.notices,
            "pages": paging.around(query, page.total),
            "downloads": downloads.downloads(query, self.model),
            "licence": licence(),
            "feed_url": f"{feed}?{asked}" if (asked := query.data.urlencode()) else feed,
            "suggestions": [] if summary["count"] else self._suggestions(query),
            **summary,
        }

    def _sorts(self) -> dict[str, str]:
        return {**_COMMON_SORTS, **self.sorts}

    def _summary(self, query: ListQuery, found: QuerySet) -> dict[str, Any]:
        """Counts, facets and map of all results; kept until anything in the register changes."""
        return kept(f"list:{self.model.noun}:{query.data.urlencode()}", lambda: self._counted(query, found))

    def _counted(self, query: ListQuery, found: QuerySet) -> dict[str, Any]:
        every, placeless = self.model.objects.public(), pins.without_a_pin(found)
        return {
            "count": found.order_by().count(),
            "total": every.count(),
            "facets": facets.count(self.filterset_class, query.data, every, list(self.filterset_class.facets)),
            "pins": pins.pins_of(found, self.request.path, _asked_besides_place(query, self.model)),
            "placeless": list(
                placeless.order_by("-updated_at", "code").defer("search", "search_text")[:PLACELESS_SHOWN]
            ),
            "placeless_count": placeless.order_by().count(),
        }

    def _suggestions(self, query: ListQuery) -> list[Chip]:
        """For an empty list: each question whose dropping finds something, with how much."""
        found = []
        for chip in query.chips():
            fewer = QueryDict(chip.url.removeprefix("?"))
            count = self.filterset_class(fewer, queryset=self.model.objects.public()).qs.order_by().count()
            if count:
                found.append(Chip(chip.label, chip.value, chip.url, count))
        return found


def _asked_besides_place(query: ListQuery, model: type[Entry]) -> str:
    """The questions of the list without those for a place that a pin asks in its own way."""
    asked = query.data.copy()
    for name in pins.asks_anew(model):
        asked.pop(name, None)
    return asked.urlencode()
