"""Protocols in the API."""

from typing import Any

from registry import activations
from registry.models import Entry, Protocol

from .base import EntrySerializer, EntryViewSet


class ProtocolSerializer(EntrySerializer):
    """Who does what when heritage is in danger."""

    model = Protocol

    def to_representation(self, protocol: Protocol) -> dict[str, Any]:
        """Of the sites that an activation names, only those that are or were public."""
        shown = super().to_representation(protocol)
        for activation in shown.get("activations", ()):
            activation["sites"] = [code for code in activation["sites"] if code in self.context["sites"]]
        return shown


class ProtocolViewSet(EntryViewSet):
    """Emergency response protocols with their steps, activations and exercises."""

    serializer_class = ProtocolSerializer

    def looked_up(self, entries: list[Entry]) -> dict[str, Any]:
        """The sites that the activations name, all of them in one query."""
        return {"sites": activations.sites_named_by(entries)}
