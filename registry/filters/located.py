"""Questions that projects and initiatives share: stage, place, people and time."""

from django.utils.translation import gettext_lazy as _

from registry.models import Event, Organisation, Scope, StatusGroup

from .base import EntryFilter
from .fields import BoxFilter, ChosenFilter, CodeFilter, CountryFilter, WithinFilter, YearFilter
from .groups import StatusGroupFilter


class LocatedFilter(EntryFilter):
    """Work that happens somewhere, by somebody."""

    orders = {"dates": "dates_earliest"}

    status_group = StatusGroupFilter(choices=StatusGroup.choices, label=_("Stage"))
    scope = ChosenFilter(choices=Scope.choices, label=_("Scope"))
    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    organisation = CodeFilter(field_name="participations__organisation", model=Organisation, label=_("Organisation"))
    event = CodeFilter(field_name="event", model=Event, label=_("Event"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(field_name="regions", label=_("Within a box"))
