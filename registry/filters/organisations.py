"""Questions to the list of organisations."""

from django.utils.translation import gettext_lazy as _

from registry.models import Organisation, OrganisationType

from .base import EntryFilter
from .fields import ChosenFilter, OwnCountryFilter


class OrganisationFilter(EntryFilter):
    """By type and country."""

    facets = ("organisation_type", "country")

    organisation_type = ChosenFilter(choices=OrganisationType.choices, label=_("Type"))
    country = OwnCountryFilter(field_name="country", label=_("Country"))

    class Meta:
        model = Organisation
        fields: list[str] = []
