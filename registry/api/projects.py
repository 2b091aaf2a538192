"""Projects in the API."""

from registry.models import Project

from .base import EntrySerializer, EntryViewSet


class ProjectSerializer(EntrySerializer):
    """A piece of heritage work with a beginning, a place and a status."""

    model = Project


class ProjectViewSet(EntryViewSet):
    """Restoration, revitalisation and revival works, with their status as it was reported."""

    serializer_class = ProjectSerializer
