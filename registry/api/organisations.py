"""Organisations in the API."""

from registry.models import Organisation

from .base import EntrySerializer, EntryViewSet


class OrganisationSerializer(EntrySerializer):
    """A body that takes part in heritage work."""

    model = Organisation


class OrganisationViewSet(EntryViewSet):
    """Who funds, leads, carries out, owns, convenes or hosts the work."""

    serializer_class = OrganisationSerializer
