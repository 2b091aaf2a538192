"""Rows that belong to a record alone: who takes part, steps, sessions, what was listed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Prefetch

from .base import Entry, State
from .constraints import CheckedAtOnce
from .wording import compose


class RowQuerySet(models.QuerySet):
    """Questions about rows."""

    def public(self) -> Self:
        """Rows that name nothing unpublished; a relation that a row can do without reads as absent instead."""
        through = self.model.shown_through
        queryset = self.filter(**{f"{through}__state": State.PUBLISHED}).select_related(through) if through else self
        for field in self.model.entry_relations():
            if field.name != through:
                shown = field.related_model.objects.public().with_public_names()
                queryset = queryset.prefetch_related(Prefetch(field.name, shown))
        return queryset


class Row(CheckedAtOnce):
    """A row of a record; `shown_through` is the relation without which it says nothing, such as its organisation."""

    shown_through: ClassVar[str] = ""

    objects = RowQuerySet.as_manager()

    class Meta:
        """In the order they were entered."""

        abstract = True
        ordering = ["pk"]

    @classmethod
    def entry_relations(cls) -> list[models.Field]:
        """The relations to other records, without the way back to its own."""
        found = [f for f in cls._meta.fields if f.is_relation and issubclass(f.related_model, Entry)]
        return [f for f in found if f.remote_field.related_name not in f.related_model.children]

    @classmethod
    def public_path(cls, name: str) -> str:
        """The lookup, from the record, to the entry that must be published for the row to be; "" where none must."""
        return f"{name}__{cls.shown_through}" if cls.shown_through else ""

    def clean(self) -> None:
        """Text is stored composed (Unicode NFC)."""
        super().clean()
        compose(self)
