"""Statements in the API: what a named speaker said, about which records, and how far it was verified."""

from collections import defaultdict
from typing import Any

from rest_framework import serializers

from registry.models import ENTRIES, Entry, State, Statement

from .base import EntrySerializer, EntryViewSet
from .fields import LinkSerializer, Text, address


class SubjectSerializer(LinkSerializer):
    """A record that the statement is about; its title is null once it is withdrawn."""

    title = Text()

    def to_representation(self, code: str) -> dict[str, str | None] | None:
        """Looked up for the whole page at once; None where the public never could read it."""
        model, title = self.context["subjects"].get(code, (None, None))
        return model and {"code": code, "title": title, "url": address(self, model, code)}


class SubjectsField(serializers.ListField):
    """Records in the order that the statement names them."""

    child = SubjectSerializer()

    def to_representation(self, codes: list[str]) -> list[dict[str, str | None]]:
        """Without what the public never could read."""
        return [found for found in super().to_representation(codes) if found]


class StatementSerializer(EntrySerializer):
    """Words that belong to their speaker; the summary says them in the register's own."""

    model = Statement

    @classmethod
    def own_fields(cls) -> dict[str, serializers.Field]:
        """With the records it is about as links."""
        found = super().own_fields()
        return found | {"about": SubjectsField(help_text=found["about"].help_text)}


class StatementViewSet(EntryViewSet):
    """What named speakers said, in the register's words, attributed and never asserted."""

    serializer_class = StatementSerializer

    def looked_up(self, entries: list[Entry]) -> dict[str, Any]:
        """The records that the statements are about: one query a noun, however many statements."""
        wanted = defaultdict(set)
        for code in {code for statement in entries for code in statement.about}:
            wanted[code.split("-")[0]].add(code)
        subjects = {}
        for model in ENTRIES:
            if codes := wanted[model.prefix]:
                known = model.objects.filter(pk__in=codes, state__in=[State.PUBLISHED, State.WITHDRAWN])
                for code, title, state in known.values_list("pk", "title", "state"):
                    subjects[code] = (model, title if state == State.PUBLISHED else None)
        return {"subjects": subjects}
