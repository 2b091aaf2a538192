"""Questions to the list of initiatives."""

from django.utils.translation import gettext_lazy as _

from registry.models import (
    Event,
    Initiative,
    InitiativeKind,
    InitiativeStatus,
    Organisation,
    OwhcType,
    Scope,
    StatusGroup,
)

from .base import EntryFilter
from .fields import BoxFilter, ChosenFilter, CodeFilter, CountryFilter, RegionFilter, YearFilter
from .groups import StatusGroupFilter


class InitiativeFilter(EntryFilter):
    """By kind, status, place, people and time."""

    facets = ("kind", "status", "scope", "country")
    orders = {"dates": "dates_earliest"}

    kind = ChosenFilter(choices=InitiativeKind.choices, label=_("Kind"))
    status = ChosenFilter(choices=InitiativeStatus.choices, label=_("Status"))
    status_group = StatusGroupFilter(choices=StatusGroup.choices, label=_("Stage"))
    owhc_type = ChosenFilter(choices=OwhcType.choices, label=_("OWHC type"))
    scope = ChosenFilter(choices=Scope.choices, label=_("Scope"))
    region = RegionFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    organisation = CodeFilter(field_name="participations__organisation", model=Organisation, label=_("Organisation"))
    event = CodeFilter(field_name="event", model=Event, label=_("Event"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(field_name="regions", label=_("Within a box"))

    class Meta:
        model = Initiative
        fields: list[str] = []
