"""Statements in the API: what a named speaker said, about which records, and how far it was verified."""

from rest_framework import serializers

from registry.models import Statement

from .base import EntrySerializer, EntryViewSet
from .fields import LinkSerializer, Text


class SubjectSerializer(LinkSerializer):
    """A record that the statement is about; its title is null once it is withdrawn."""

    title = Text()


class StatementSerializer(EntrySerializer):
    """Words that belong to their speaker; the summary says them in the register's own."""

    model = Statement

    @classmethod
    def own_fields(cls) -> dict[str, serializers.Field]:
        """With the records it is about as links."""
        found = super().own_fields()
        return found | {"about": SubjectSerializer(many=True, help_text=found["about"].help_text)}


class StatementViewSet(EntryViewSet):
    """What named speakers said, in the register's words, attributed and never asserted."""

    serializer_class = StatementSerializer
