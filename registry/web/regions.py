"""Public pages of regions: what is going on there."""

from typing import Any

from django.utils.translation import gettext as _

from registry import public
from registry.models import ENTRIES, CountryBudget, Placed, Region

from .gap_table import newest_tables
from .lists import EntryList
from .nouns import NOUNS
from .records import EntryDetail, Related, group, list_url

# The nouns whose records are somewhere, in the order of the menu.
IN_A_PLACE = tuple(model for model in ENTRIES if issubclass(model, Placed) and model is not Region)


class RegionList(EntryList):
    """The list of regions."""

    model = Region


class RegionDetail(EntryDetail):
    """The page of a region, with all that lies within it."""

    model = Region

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With its budgets."""
        own = public.records(CountryBudget).filter(region=self.entry)
        return super().get_context_data(**kwargs) | {"gaps": newest_tables(own)}

    def related(self) -> list[Related]:
        """Its parts, and the work, events and money in it."""
        found = [group(_("Parts"), self.entry.parts, list_url(Region, region=self.entry.pk))]
        for model in IN_A_PLACE:
            records = model.objects.filter(places__contains=[self.entry.pk])
            found.append(group(str(NOUNS[model].label_plural), records, list_url(model, region=self.entry.pk)))
        return found
