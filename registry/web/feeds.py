"""Atom feeds to follow: what a list holds, the last changed first, and what is done in the whole register."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View

from registry import public
from registry.filters import FILTERS
from registry.filters.changes import ChangeFilter
from registry.models import Change, Entry
from registry.models.translations import page_language

from . import batches
from .nouns import NOUNS
from .queries import ListQuery

MOST = 50  # entries of a feed
SINCE = "2026"  # the year from which on the ids are given out (RFC 4151)
_OF_THE_PAGE = ("page", "ordering")


class Atom(Atom1Feed):
    """A feed that says when its content changed, also where it has none."""

    def latest_post_date(self) -> datetime:
        """That of the newest entry; for an empty feed, of the newest change of the register."""
        return max([item["updateddate"] for item in self.items] or [self.feed["changed"]])

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """An entry in another language than the feed says so."""
        return {"xml:lang": item["language"]} if item["language"] != page_language() else {}


class Feed(View):
    """Takes the questions of a page; whoever follows it sees no notice, so a wrong question is refused."""

    model: Any = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The feed with its ETag, or 304; 400 names what it cannot be asked."""
        asked = request.GET.copy()
        for name in _OF_THE_PAGE:
            asked.pop(name, None)
        query = ListQuery.read(asked, self.filterset, self.model)
        if query.notices:
            return HttpResponse("\n".join(query.notices), "text/plain; charset=utf-8", status=400)
        newest = public.changes().values_list("number", "at").first()
        seen = f"{newest}\n{request.build_absolute_uri()}\n{get_language()}"
        etag = f'"{salted_hmac("registry.feed", seen).hexdigest()[:32]}"'  # keyed, as numbers tell of work unseen
        held = get_conditional_response(request, etag=etag)
        answer = held or HttpResponse(self._written(query, newest), "application/atom+xml; charset=utf-8")
        answer.headers["ETag"] = etag
        return answer

    def _written(self, query: ListQuery, newest: tuple[int, datetime] | None) -> str:
        asked = query.data.urlencode()
        page = self.page() + (f"?{asked}" if asked else "")
        chosen = " · ".join(f"{chip.label}: {chip.value}" for chip in query.chips())
        name = _("Caspian Heritage Register")
        feed = Atom(
            title=f"{name}: {self.title()}" + (f" ({chosen})" if chosen else ""),
            link=self.request.build_absolute_uri(page),
            description=None,
            language=get_language(),
            author_name=name,
            feed_url=self.request.build_absolute_uri(),
            changed=newest[1] if newest else datetime.fromisoformat(f"{SINCE}-01-01T00:00:00+00:00"),
        )
        for item in self.items(query.data):
            feed.add_item(**item)
        return feed.writeString("utf-8")

    def tag(self, name: str) -> str:
        """An id that stays the same wherever the record moves (RFC 4151)."""
        return f"tag:{self.request.get_host().partition(':')[0]},{SINCE}:{name}"


class EntryFeed(Feed):
    """The records of a list."""

    model: type[Entry]

    @property
    def filterset(self) -> Any:
        """The questions of the list."""
        return FILTERS[self.model]

    def page(self) -> str:
        """The address of the list."""
        return reverse(f"registry:{self.model.noun}-list")

    def title(self) -> str:
        """The name of the list."""
        return str(NOUNS[self.model].label_plural)

    def items(self, asked: QueryDict) -> Iterable[dict[str, Any]]:
        """The records found, the last changed first; a record keeps its id for good."""
        found = FILTERS[self.model](asked, queryset=self.model.objects.public()).qs
        for entry in found.order_by("-updated_at", "code")[:MOST]:
            yield {
                "unique_id": self.tag(entry.pk),
                "title": entry.shown_title.plain,
                "language": entry.shown_title.language,
                "link": self.request.build_absolute_uri(entry.get_absolute_url()),
                "description": escape(entry.shown_summary.plain) if entry.summary else None,
                "updateddate": entry.updated_at,
            }


class ChangesFeed(Feed):
    """The public history."""

    model = Change
    filterset = ChangeFilter

    def page(self) -> str:
        """The address of the history."""
        return reverse("registry:changes")

    def title(self) -> str:
        """The name of the history."""
        return _("Latest changes")

    def items(self, asked: QueryDict) -> Iterable[dict[str, Any]]:
        """One entry for what was done in one go, named by its newest change: the record and its version then."""
        found = ChangeFilter(asked, queryset=public.changes()).qs
        for batch in batches.read(found, 0, MOST):
            change = batch.told
            yield {
                "unique_id": self.tag(f"{batch.code}:{change.number}:{change.at:%Y%m%dT%H%M%S}"),
                "title": headline(change.entry_title, change.action, change.others),
                "language": page_language(),
                "link": self.request.build_absolute_uri(change.entry_url or self.page()),
                "description": escape(change.reason),
                "updateddate": change.at,
            }


def headline(title: str, action: str, others: int) -> str:
    """What was done to which record, in a line of text."""
    said = {"title": title, "action": action, "count": others}
    if not others:
        return _("%(title)s: %(action)s") % said
    return (
        ngettext(
            "%(title)s and %(count)d other record: %(action)s",
            "%(title)s and %(count)d other records: %(action)s",
            others,
        )
        % said
    )
