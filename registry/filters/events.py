"""Questions to the list of events."""

from django.utils.translation import gettext_lazy as _

from registry.models import Event, EventKind, Organisation

from .base import EntryFilter
from .fields import BoxFilter, ChosenFilter, CodeFilter, CountryFilter, WithinFilter, YearFilter


class EventFilter(EntryFilter):
    """By kind, place, organiser and time."""

    facets = ("kind", "country")
    orders = {"dates": "dates_earliest"}

    kind = ChosenFilter(choices=EventKind.choices, label=_("Kind"))
    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    organisation = CodeFilter(field_name="organiser", model=Organisation, label=_("Organisation"))
    event = CodeFilter(field_name="part_of", model=Event, label=_("Part of"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(field_name="region", label=_("Within a box"))

    class Meta:
        model = Event
        fields: list[str] = []
