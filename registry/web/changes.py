"""The public history of the whole register, newest first: what was done, to which record, in what role and why."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from registry import facets, public
from registry.filters.changes import ChangeFilter
from registry.models import Change

from . import batches, dates, paging
from .caching import kept
from .queries import ListQuery

_COLUMNS = {"noun": "entry_type", "action": "action", "month": "month"}


class Changes(TemplateView):
    """The page of the history; one entry for what was done in one go."""

    template_name = "registry/changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows; its counts speak of entries, not of single changes."""
        query = ListQuery.read(self.request.GET, ChangeFilter, Change)
        asked = query.data.urlencode()
        found = ChangeFilter(query.data, queryset=public.changes()).qs
        summary = kept(f"changes:{asked}", lambda: self._counted(query, found))
        pages = paging.around(query, paging.total_of(summary["count"]))
        start = (pages.number - 1) * paging.PER_PAGE
        numbers = kept(f"changes:{asked}:{start}", lambda: found.newest_of_batches(start, start + paging.PER_PAGE))
        feed = reverse("registry:changes-feed")
        return super().get_context_data(**kwargs) | {
            "here": "changes",
            "changes": [batch.told for batch in batches.of_numbers(found, numbers)],
            "chips": query.chips(),
            "clear_url": self.request.path,
            "pages": pages,
            "notices": query.notices,
            "feed_url": f"{feed}?{asked}" if asked else feed,
            **summary,
        }

    def _counted(self, query: ListQuery, found: Any) -> dict[str, Any]:
        return {
            "count": found.batches(),
            "total": public.changes().batches(),
            "facets": [_facet(query, name) for name in ChangeFilter.facets],
        }


def _facet(query: ListQuery, name: str) -> facets.Facet:
    """How many entries each choice would leave; choices that none has and nobody chose are left out."""
    others = query.data.copy()
    chosen = others.pop(name, [])
    asked = ChangeFilter(others, queryset=public.changes())
    counts = {_code(name, value): count for value, count in asked.qs.batches_by(_COLUMNS[name]).items()}
    if name == "month":
        labels = {month: dates.words(month) for month in sorted({*counts, *chosen}, reverse=True)}
    else:
        labels = dict(asked.filters[name].extra["choices"])
    options = [
        facets.Option(code, str(label), counts.get(code, 0), code in chosen)
        for code, label in labels.items()
        if counts.get(code) or code in chosen
    ]
    return facets.Facet(name, str(asked.filters[name].label), options, newest_first=name == "month")


def _code(name: str, value: Any) -> str:
    """What a column holds, as the address names it."""
    if name == "noun":
        return batches.NOUNS[value].noun
    return f"{value:%Y-%m}" if name == "month" else value
