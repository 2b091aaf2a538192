"""Programmes in the API."""

from registry.models import Programme

from .base import EntrySerializer, EntryViewSet


class ProgrammeSerializer(EntrySerializer):
    """Something people can take part in, and how."""

    model = Programme


class ProgrammeViewSet(EntryViewSet):
    """Training, volunteering, outreach and research that people can join."""

    serializer_class = ProgrammeSerializer
