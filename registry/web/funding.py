"""Public pages of funding."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Flow, Funding

from .asked_and_found import MEANINGS, asked_and_found
from .caching import kept
from .lists import EntryList
from .needs_board import board, fits_of, in_words
from .queries import ListQuery
from .records import EntryDetail, Related, group, list_url


class FundingList(EntryList):
    """The list of funding: what was asked and found in the lines that are shown, and what fits what."""

    model = Funding
    sorts = {"-dates": gettext_lazy("Latest first")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With needs and offers while the whole list is shown."""
        context = super().get_context_data(**kwargs)
        for entry in context["page_obj"]:
            entry.line = in_words(entry)
        return context | {"board": None if context["chips"] else board()}

    def _summary(self, query: ListQuery, found: QuerySet) -> dict[str, Any]:
        """With the money of all results."""
        money = kept(f"asked-and-found:{query.data.urlencode()}", lambda: asked_and_found(found, query.data))
        return super()._summary(query, found) | {"money": money}


class FundingDetail(EntryDetail):
    """The page of a line of funding."""

    model = Funding

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the money has done, in words, and the needs or offers that fit it."""
        fits, more = fits_of(self.entry) or (None, 0)
        return super().get_context_data(**kwargs) | {
            "line": in_words(self.entry),
            "meaning": MEANINGS[Flow(self.entry.flow)],
            "is_need": self.entry.flow == Flow.SOUGHT,
            "fits": fits,
            "more_fits": more,
        }

    def related(self) -> list[Related]:
        """Other lines for the same work, and others of the same funder."""
        others = Funding.objects.exclude(pk=self.entry.pk)
        found = []
        for name in ("project", "initiative"):
            work = getattr(self.entry, name)
            if work:
                address = list_url(Funding, **{name: work.pk})
                found.append(group(_("Other funding of the same work"), others.filter(**{name: work}), address))
        if self.entry.funder:
            funder = self.entry.funder
            address = list_url(Funding, organisation=funder.pk)
            found.append(group(_("From the same funder"), others.filter(funder=funder), address))
        return found
