"""Questions to the list of country budgets."""

from django.utils.translation import gettext_lazy as _

from registry.models import CountryBudget, Event, GapBasis, Maturity

from .base import EntryFilter
from .fields import BoxFilter, ChosenFilter, CodeFilter, CountryFilter, WithinFilter, YearFilter


class CountryBudgetFilter(EntryFilter):
    """By place, year, definition and maturity."""

    facets = ("country", "gap_basis", "maturity")
    orders = {"year": "year", "amount": "amount", "gap_percent": "gap_percent"}

    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    gap_basis = ChosenFilter(choices=GapBasis.choices, label=_("Gap basis"))
    maturity = ChosenFilter(choices=Maturity.choices, label=_("Maturity"))
    event = CodeFilter(field_name="event", model=Event, label=_("Event"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(field_name="region", label=_("Within a box"))

    class Meta:
        model = CountryBudget
        fields: list[str] = []
