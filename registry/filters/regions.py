"""Questions to the list of regions."""

from django.utils.translation import gettext_lazy as _

from registry.models import Region, RegionKind

from .base import EntryFilter
from .fields import BoxFilter, ChosenFilter, CountryFilter, WithinFilter


class RegionFilter(EntryFilter):
    """By kind and by what they lie within."""

    facets = ("kind", "country")

    kind = ChosenFilter(choices=RegionKind.choices, label=_("Kind"))
    region = WithinFilter(label=_("Region"))
    country = CountryFilter(label=_("Country"))
    bbox = BoxFilter(field_name="", label=_("Within a box"))

    class Meta:
        model = Region
        fields: list[str] = []
