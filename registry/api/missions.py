"""Missions in the API."""

from registry.models import Mission

from .base import EntrySerializer, EntryViewSet


class MissionSerializer(EntrySerializer):
    """People sent to see for themselves, and the inventory they made."""

    model = Mission


class MissionViewSet(EntryViewSet):
    """Field missions with their preconditions, the trail of their status and the sites they listed."""

    serializer_class = MissionSerializer
