"""Resources in the API."""

from registry.models import Resource

from .base import EntrySerializer, EntryViewSet


class ResourceSerializer(EntrySerializer):
    """Something to look at, listen to or download."""

    model = Resource


class ResourceViewSet(EntryViewSet):
    """Films, images, models, datasets and broadcasts, as a file or a link."""

    serializer_class = ResourceSerializer
