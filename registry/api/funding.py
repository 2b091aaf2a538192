"""Funding in the API."""

from registry.models import Funding

from .base import EntrySerializer, EntryViewSet


class FundingSerializer(EntrySerializer):
    """One line of money: asked for or found, for a project or an initiative, or offered."""

    model = Funding


class FundingViewSet(EntryViewSet):
    """Money that was sought, pledged, committed and disbursed; lines in different currencies are never added up."""

    serializer_class = FundingSerializer
