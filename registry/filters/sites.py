"""Questions to the list of sites."""

from django.utils.translation import gettext_lazy as _

from registry.models import DesignationKind, HeritageType, Mission, Precision, Project, Site

from .base import EntryFilter
from .fields import BoxFilter, ChosenAmongFilter, ChosenFilter, ChosenRowFilter, CodeFilter, CountryFilter, WithinFilter


class SiteFilter(EntryFilter):
    """By heritage, protection and place; a place is asked by its published point alone."""

    facets = ("heritage_type", "designation", "country", "precision")

    heritage_type = ChosenAmongFilter(
        field_name="heritage_types", choices=HeritageType.choices, label=_("Heritage type")
    )
    designation = ChosenRowFilter(
        field_name="designations__kind", choices=DesignationKind.choices, label=_("Designation")
    )
    precision = ChosenFilter(choices=Precision.choices, label=_("Precision of the point"))
    mission = CodeFilter(field_name="listed_by__mission", model=Mission, label=_("Listed by the mission"))
    project = CodeFilter(field_name="projects", model=Project, label=_("Project"))
    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    bbox = BoxFilter(label=_("Within a box"))

    class Meta:
        model = Site
        fields: list[str] = []
