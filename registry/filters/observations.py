"""Questions to the list of observations."""

from django.utils.translation import gettext_lazy as _

from registry.models import (
    Condition,
    DamageExtent,
    Method,
    Mission,
    Observation,
    Organisation,
    Site,
    Threat,
    Trend,
    Verification,
)

from .base import EntryFilter
from .fields import BoxFilter, ChosenFilter, ChosenRowFilter, CodeFilter, CountryFilter, WithinFilter, YearFilter


class ObservationFilter(EntryFilter):
    """By what was seen, how sure it is, where and when."""

    facets = ("verification", "condition", "method", "threat", "country")
    orders = {"dates": "dates_earliest"}

    verification = ChosenFilter(choices=Verification.choices, label=_("Verification"))
    condition = ChosenFilter(choices=Condition.choices, label=_("Condition"))
    damage_extent = ChosenFilter(choices=DamageExtent.choices, label=_("Extent of damage"))
    trend = ChosenFilter(choices=Trend.choices, label=_("Trend"))
    method = ChosenFilter(choices=Method.choices, label=_("Method"))
    threat = ChosenRowFilter(field_name="threats__threat", choices=Threat.choices, label=_("Threat"))
    site = CodeFilter(field_name="site", model=Site, label=_("Site"))
    mission = CodeFilter(field_name="mission", model=Mission, label=_("Mission"))
    organisation = CodeFilter(field_name="observed_by", model=Organisation, label=_("Observed by"))
    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(label=_("Within a box"))

    class Meta:
        model = Observation
        fields: list[str] = []
