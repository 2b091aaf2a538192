"""Questions to the list of digital resources."""

from django.utils.translation import gettext_lazy as _

from registry.models import (
    Initiative,
    Organisation,
    Project,
    Resource,
    ResourceKind,
    ResourceState,
    Rights,
    Site,
)

from .base import EntryFilter
from .fields import BoxFilter, ChosenFilter, CodeFilter, CountryFilter, LanguageAmongFilter, WithinFilter, YearFilter


class ResourceFilter(EntryFilter):
    """By kind, rights, language, and what it belongs to."""

    facets = ("kind", "status", "rights", "country")
    orders = {"dates": "dates_earliest"}

    kind = ChosenFilter(choices=ResourceKind.choices, label=_("Kind"))
    status = ChosenFilter(choices=ResourceState.choices, label=_("Availability"))
    rights = ChosenFilter(choices=Rights.choices, label=_("Rights"))
    language = LanguageAmongFilter(field_name="languages", label=_("Language"))
    initiative = CodeFilter(field_name="initiative", model=Initiative, label=_("Initiative"))
    project = CodeFilter(field_name="project", model=Project, label=_("Project"))
    site = CodeFilter(field_name="site", model=Site, label=_("Site"))
    organisation = CodeFilter(field_name="creator", model=Organisation, label=_("Made by"))
    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    year = YearFilter(label=_("Year"))
    bbox = BoxFilter(field_name="regions", label=_("Within a box"))

    class Meta:
        model = Resource
        fields: list[str] = []
