"""Regions in the API."""

from registry.models import Region

from .base import EntrySerializer, EntryViewSet


class RegionSerializer(EntrySerializer):
    """A place: a basin, a country, a city, or an area as a source names it."""

    model = Region


class RegionViewSet(EntryViewSet):
    """The places of the register, each within the next. No border is claimed."""

    serializer_class = RegionSerializer
