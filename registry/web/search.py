"""One search over every noun."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.views.generic import TemplateView

from registry import highlights, nearest, public, search
from registry.models import ENTRIES, Entry
from registry.models.translations import Text

from .caching import kept
from .nouns import NOUNS, Noun
from .records import list_url

SHOWN = 5
_CODE = re.compile(r"([a-z]{3})[- ]?(\d{4,12})", re.ASCII)


@dataclass(frozen=True)
class Found:
    """A record that a search found; `name` is another name of it that was meant, where the title is not."""

    entry: Entry
    name: Text


@dataclass(frozen=True)
class Group:
    """What a search found among the records of one noun."""

    noun: Noun
    count: int
    found: list[Found]
    url: str

    @property
    def entries(self) -> list[Entry]:
        """The records alone."""
        return [found.entry for found in self.found]


@dataclass(frozen=True)
class Named:
    """The record whose code was typed, and where it is read; `title` is empty where it was withdrawn."""

    code: str
    title: str
    url: str


class Search(TemplateView):
    """The search page."""

    template_name = "registry/search.html"
    extra_context = {"here": "search"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The best few of each noun, and the way to all of them; for none, what may have been meant."""
        query = self.request.GET.get("q", "").strip()
        groups, notices = [], []
        if query:
            try:
                groups = [found for model in ENTRIES if (found := _group(model, query)).count]
            except ValidationError as error:
                notices = error.messages
        found_nothing = query and not groups and not notices
        return super().get_context_data(**kwargs) | {
            "query": query,
            "named": _named(query),
            "groups": groups,
            "count": sum(found.count for found in groups),
            "nearest": kept(f"nearest:{query}", lambda: nearest.names(query)) if found_nothing else [],
            "notices": notices,
        }


def _group(model: type[Entry], query: str) -> Group:
    found = search.find(model.objects.public(), query)
    count = found.order_by().count()
    codes = list(search.best_first(found, query).values_list("pk", flat=True)[:SHOWN]) if count else []
    # A record may be withdrawn between the two queries.
    loaded = public.records(model).in_bulk(codes)
    shown = [Found(loaded[code], _other_name(loaded[code], query)) for code in codes if code in loaded]
    return Group(NOUNS[model], count, shown, f"{list_url(model)}?{urlencode({'q': query})}")


def _other_name(entry: Entry, query: str) -> Text:
    """The first other name with a word of the query, for a record whose shown title has none."""
    if highlights.is_in(entry.shown_title, query):
        return Text("")
    names = [Text(entry.title), *(Text(row["name"], row["language"]) for row in entry.other_names)]
    names += [Text(texts["title"], code) for code, texts in entry.translations.items() if "title" in texts]
    return next((name for name in names if highlights.is_in(name, query)), Text(""))


def _named(query: str) -> Named | None:
    """The record of a code that was typed, on any keyboard; one that never was public is as if it were not there."""
    typed = _CODE.fullmatch(search.fold(query[: search.MAX_QUERY]))
    if not typed:
        return None
    code = f"{typed[1]}-{typed[2]}".upper()
    for model in ENTRIES:
        if code.startswith(f"{model.prefix}-"):
            url = reverse(f"registry:{model.noun}-detail", kwargs={"code": code})
            if entry := model.objects.public().filter(pk=code).first():
                return Named(code, entry.shown_title, url)
            return Named(code, "", url) if public.gone(model, code) else None
    return None
