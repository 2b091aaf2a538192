"""Initiatives in the API."""

from registry.models import Initiative

from .base import EntrySerializer, EntryViewSet


class InitiativeSerializer(EntrySerializer):
    """A shared undertaking: its aim, what it is expected to bring and what it brought."""

    model = Initiative


class InitiativeViewSet(EntryViewSet):
    """What was proposed, adopted or run together across the region."""

    serializer_class = InitiativeSerializer
