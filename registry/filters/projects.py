"""Questions to the list of projects."""

from django.utils.translation import gettext_lazy as _

from registry.models import HeritageType, Project, ProjectStatus, Site

from .fields import ChosenAmongFilter, ChosenFilter, CodeFilter
from .located import LocatedFilter


class ProjectFilter(LocatedFilter):
    """By status and heritage as well."""

    facets = ("status", "heritage_type", "scope", "country")

    status = ChosenFilter(choices=ProjectStatus.choices, label=_("Status"))
    heritage_type = ChosenAmongFilter(
        field_name="heritage_types", choices=HeritageType.choices, label=_("Heritage type")
    )
    site = CodeFilter(field_name="sites", model=Site, label=_("Site"))

    class Meta:
        model = Project
        fields: list[str] = []
