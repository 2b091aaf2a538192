"""Events in the API."""

from registry.models import Event

from .base import EntrySerializer, EntryViewSet


class EventSerializer(EntrySerializer):
    """A gathering, with its number in a series and the larger event it was part of."""

    model = Event


class EventViewSet(EntryViewSet):
    """Assemblies, conferences and meetings where work was presented or words were said."""

    serializer_class = EventSerializer
