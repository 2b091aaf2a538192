"""Observations in the API."""

from registry.models import Observation

from .base import EntrySerializer, EntryViewSet


class ObservationSerializer(EntrySerializer):
    """One look at a site or a place."""

    model = Observation


class ObservationViewSet(EntryViewSet):
    """What was seen at sites, when and how; one record an observation."""

    serializer_class = ObservationSerializer
