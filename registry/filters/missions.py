"""Questions to the list of missions."""

from django.utils.translation import gettext_lazy as _

from registry.models import Mission, MissionStatus, Organisation, Region, Site

from .fields import ChosenFilter, CodeFilter
from .located import LocatedFilter


class MissionFilter(LocatedFilter):
    """By status, parties and the sites they listed as well."""

    facets = ("status", "country")

    status = ChosenFilter(choices=MissionStatus.choices, label=_("Status"))
    mandated_by = CodeFilter(field_name="mandated_by", model=Organisation, label=_("Mandated by"))
    party = CodeFilter(field_name="parties", model=Region, label=_("Party"))
    site = CodeFilter(field_name="inventory__site", model=Site, label=_("Site listed"))

    class Meta:
        model = Mission
        fields: list[str] = []
