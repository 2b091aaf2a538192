"""Public pages of country budgets and their gaps."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import CountryBudget

from .gap_table import gap_tables
from .lists import EntryList
from .records import EntryDetail, Related, group, list_url


class CountryBudgetList(EntryList):
    """The list of budgets, as a table that is also a chart."""

    model = CountryBudget
    sorts = {"-year": gettext_lazy("Latest year")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the budgets of the page drawn on one scale a currency."""
        context = super().get_context_data(**kwargs)
        table = next(download for download in context["downloads"] if download.code == "csv")
        return context | {"gaps": gap_tables(context["page_obj"]), "csv_url": table.url}


class CountryBudgetDetail(EntryDetail):
    """The page of a budget."""

    model = CountryBudget

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With its gap in money, under each reading that its definition allows."""
        return super().get_context_data(**kwargs) | {"gaps": gap_tables([self.entry])}

    def related(self) -> list[Related]:
        """Other budgets of the same place and from the same event."""
        others = CountryBudget.objects.exclude(pk=self.entry.pk)
        found = []
        if self.entry.region:
            found.append(group(_("Other budgets of this place"), others.filter(region=self.entry.region)))
        if self.entry.event:
            event = self.entry.event
            same = others.filter(event=event)
            found.append(group(_("From the same event"), same, list_url(CountryBudget, event=event.pk)))
        return found
