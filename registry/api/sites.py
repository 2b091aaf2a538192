"""Sites in the API."""

from registry.models import Site

from .base import EntrySerializer, EntryViewSet


class SiteSerializer(EntrySerializer):
    """What is protected; its point is never finer than its precision."""

    model = Site


class SiteViewSet(EntryViewSet):
    """Places and things that are protected, with a published point no finer than its precision."""

    serializer_class = SiteSerializer
