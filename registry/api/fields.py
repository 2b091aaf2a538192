"""How each kind of value stands in a record: unknown is null, money is a decimal string, a relation is a link."""

from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import TextChoices
from django.utils.text import capfirst
from rest_framework import serializers

from registry import public
from registry.models import Entry, Row

from .codes import choices_of


class Text(serializers.CharField):
    """Words; null where nothing is stated."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value: str) -> str | None:
        """Never an empty string."""
        return str(value) or None


class Address(Text):
    """A web address; null where nothing is stated."""


class RecordAddress(serializers.URLField):
    """The address of the record itself in the API."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, entry: Entry) -> str:
        """On the host that was asked."""
        return address(self, type(entry), entry.pk)


class PageAddress(RecordAddress):
    """The address of the record's page."""

    def to_representation(self, entry: Entry) -> str:
        """On the host that was asked."""
        return self.context["host"] + entry.get_absolute_url()


class Code(serializers.Field):
    """A code of a vocabulary; null where nothing is stated."""

    def __init__(self, *, choices: type[TextChoices], **kwargs: Any) -> None:
        self.choices = choices
        super().__init__(**kwargs)

    def to_representation(self, value: str) -> str | None:
        """The code alone; /vocabularies/ has its labels."""
        return str(value) or None


class Degrees(serializers.FloatField):
    """A coordinate in degrees, WGS 84, as a number with at most six decimals."""


class LinkSerializer(serializers.Serializer):
    """Another record of the register."""

    code = serializers.CharField(source="pk")
    title = serializers.CharField()
    url = serializers.URLField()

    def to_representation(self, entry: Entry) -> dict[str, str]:
        """Code, title, address."""
        return {"code": entry.pk, "title": entry.title, "url": address(self, type(entry), entry.pk)}


class OtherNameSerializer(serializers.Serializer):
    """A name in another language or script, a former name, or a spelling, as its source writes it."""

    name = serializers.CharField()
    language = Text(help_text="ISO 639.")
    note = Text()


class DatesSerializer(serializers.Serializer):
    """A date as precise as its source: EDTF level 1 (ISO 8601-2), with the first and the last day it can mean."""

    edtf = serializers.CharField(source="dates", help_text="Such as 2025-12-05, 2025, 2020-11-20? or 2018/..")
    earliest = serializers.DateField(source="dates_earliest", allow_null=True)
    latest = serializers.DateField(source="dates_latest", allow_null=True)

    def to_representation(self, entry: Entry) -> dict[str, str] | None:
        """Null where no date is stated."""
        return super().to_representation(entry) if entry.dates else None


class CitationSerializer(serializers.Serializer):
    """Where facts of the record stand."""

    source = LinkSerializer()
    locator = Text(help_text="The place in the source, so that anybody finds it.")
    note = Text()

    def get_fields(self) -> dict[str, serializers.Field]:
        """`fields` is a name that serializers keep for themselves."""
        names = serializers.ListField(
            child=serializers.CharField(), help_text="The fields it supports; empty: the whole record."
        )
        return {"fields": names, **super().get_fields()}


class CompletenessSerializer(serializers.Serializer):
    """How many of the fields a reader expects are stated, and which are not."""

    filled = serializers.IntegerField()
    of = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())

    def to_representation(self, entry: Entry) -> dict[str, Any]:
        """Measured by the register's own rule."""
        measured = public.completeness(entry)
        missing = [self.parent.renamed.get(name, name) for name in measured.missing]
        return {"filled": measured.filled, "of": measured.of, "missing": missing}


def address(field: serializers.Field, model: type[Entry], code: str) -> str:
    """The record's address in the API, on the host that was asked."""
    return f"{field.context['lists'][model]}{code}/"


@cache
def row_serializer(row: type[Row]) -> type[serializers.Serializer]:
    """The serializer of a noun's rows, with the fields that `registry.public` names."""
    shown = {name: row_field(row, name) for name in public.ROW_FIELDS[row]}
    return type(f"{row.__name__}Serializer", (serializers.Serializer,), {"__doc__": row.__doc__, **shown})


def row_field(row: type[Row], name: str) -> serializers.Field:
    """One field of a row."""
    field = row._meta.get_field(name)
    said = {"help_text": capfirst(field.verbose_name)}
    if field.is_relation:
        return LinkSerializer(allow_null=name != row.shown_through, **said)
    if isinstance(field, ArrayField):
        return serializers.ListField(child=_plain(field.base_field), **said)
    return _plain(field, **said)


def field_for(model: type[Entry], name: str) -> serializers.Field:
    """The serializer field for a public field of a noun."""
    field, said = model._meta.get_field(name), {"help_text": public.label(model, name)}
    if name == "dates":
        return DatesSerializer(source="*", allow_null=True, **said)
    if field.one_to_many:
        return row_serializer(field.related_model)(many=True, **said)
    if field.many_to_many:
        return LinkSerializer(many=True, **said)
    if field.is_relation:
        return LinkSerializer(allow_null=True, **said)
    if isinstance(field, ArrayField):
        return serializers.ListField(child=_plain(field.base_field), **said)
    return _plain(field, **said)


def _plain(field: models.Field, **said: str) -> serializers.Field:
    if choices := choices_of(field):
        return Code(choices=choices, allow_null=field.blank and not field.has_default(), **said)
    match field:
        case models.DecimalField() if field.name in {"longitude", "latitude"}:
            return Degrees(allow_null=True, **said)
        case models.DecimalField():
            return serializers.DecimalField(field.max_digits, field.decimal_places, allow_null=field.null, **said)
        case models.IntegerField():
            return serializers.IntegerField(allow_null=field.null, **said)
        case models.TimeField():
            return serializers.TimeField(format="%H:%M", allow_null=field.null, **said)
        case models.DateField():
            return serializers.DateField(allow_null=field.null, **said)
        case models.URLField():
            return Address(**said)
        case _:
            return Text(**said)
