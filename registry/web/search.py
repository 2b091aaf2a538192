"""One search over every noun."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.views.generic import TemplateView

from registry import public, search
from registry.models import ENTRIES, Entry

from .nouns import NOUNS, Noun
from .records import list_url

SHOWN = 5


@dataclass(frozen=True)
class Group:
    """What a search found among the records of one noun."""

    noun: Noun
    count: int
    entries: list[Entry]
    url: str


class Search(TemplateView):
    """The search page."""

    template_name = "registry/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The best few of each noun, and the way to all of them."""
        query = self.request.GET.get("q", "").strip()
        groups, notices = [], []
        if query:
            try:
                groups = [found for model in ENTRIES if (found := _group(model, query)).count]
            except ValidationError as error:
                notices = error.messages
        return super().get_context_data(**kwargs) | {
            "query": query,
            "groups": groups,
            "count": sum(found.count for found in groups),
            "notices": notices,
        }


def _group(model: type[Entry], query: str) -> Group:
    found = search.find(model.objects.public(), query)
    count = found.order_by().count()
    codes = list(search.best_first(found, query).values_list("pk", flat=True)[:SHOWN]) if count else []
    # A record may be withdrawn between the two queries.
    loaded = public.records(model).in_bulk(codes)
    return Group(
        NOUNS[model],
        count,
        [loaded[code] for code in codes if code in loaded],
        f"{list_url(model)}?{urlencode({'q': query})}",
    )
