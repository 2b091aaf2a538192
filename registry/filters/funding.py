"""Questions to the list of funding."""

from django.utils.translation import gettext_lazy as _

from registry.models import Flow, Funding, HeritageType, Initiative, Mechanism, Organisation, Project

from .base import EntryFilter
from .fields import (
    BoxFilter,
    ChosenAmongFilter,
    ChosenFilter,
    CodeFilter,
    CountryFilter,
    CurrencyFilter,
    WithinFilter,
    YearFilter,
)


class FundingFilter(EntryFilter):
    """By flow, mechanism, what it is for and who gives it; amounts are ordered within one currency at a time."""

    facets = ("flow", "mechanism", "heritage_type", "country")
    orders = {"dates": "dates_earliest", "amount": "amount"}

    flow = ChosenFilter(choices=Flow.choices, label=_("Flow"))
    mechanism = ChosenFilter(choices=Mechanism.choices, label=_("Mechanism"))
    heritage_type = ChosenAmongFilter(
        field_name="heritage_types", choices=HeritageType.choices, label=_("Heritage type")
    )
    currency = CurrencyFilter(field_name="currency", label=_("Currency"))
    project = CodeFilter(field_name="project", model=Project, label=_("Project"))
    initiative = CodeFilter(field_name="initiative", model=Initiative, label=_("Initiative"))
    organisation = CodeFilter(field_name="funder", model=Organisation, label=_("Funder"))
    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(field_name="regions", label=_("Within a box"))

    class Meta:
        model = Funding
        fields: list[str] = []
