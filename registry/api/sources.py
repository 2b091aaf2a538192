"""Sources in the API."""

from registry.models import Source

from .base import EntrySerializer, EntryViewSet


class SourceSerializer(EntrySerializer):
    """A document that facts were taken from; a source without a date has no date."""

    model = Source


class SourceViewSet(EntryViewSet):
    """Where every fact of the register comes from."""

    serializer_class = SourceSerializer
