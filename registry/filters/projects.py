"""Questions to the list of projects."""

from django.utils.translation import gettext_lazy as _

from registry.models import Event, HeritageType, Organisation, Project, ProjectStatus, Scope, StatusGroup

from .base import EntryFilter
from .fields import BoxFilter, ChosenAmongFilter, ChosenFilter, CodeFilter, CountryFilter, RegionFilter, YearFilter
from .groups import StatusGroupFilter


class ProjectFilter(EntryFilter):
    """By status, heritage, place, people and time."""

    facets = ("status", "heritage_type", "scope", "country")
    orders = {"dates": "dates_earliest"}

    status = ChosenFilter(choices=ProjectStatus.choices, label=_("Status"))
    status_group = StatusGroupFilter(choices=StatusGroup.choices, label=_("Stage"))
    heritage_type = ChosenAmongFilter(
        field_name="heritage_types", choices=HeritageType.choices, label=_("Heritage type")
    )
    scope = ChosenFilter(choices=Scope.choices, label=_("Scope"))
    region = RegionFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    organisation = CodeFilter(field_name="participations__organisation", model=Organisation, label=_("Organisation"))
    event = CodeFilter(field_name="event", model=Event, label=_("Event"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(field_name="regions", label=_("Within a box"))

    class Meta:
        model = Project
        fields: list[str] = []
