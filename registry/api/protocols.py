"""Protocols in the API."""

from registry.models import Protocol

from .base import EntrySerializer, EntryViewSet


class ProtocolSerializer(EntrySerializer):
    """Who does what when heritage is in danger."""

    model = Protocol


class ProtocolViewSet(EntryViewSet):
    """Emergency response protocols with their steps, activations and exercises."""

    serializer_class = ProtocolSerializer
