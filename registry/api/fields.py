"""How each kind of value of a document is described in the schema; `registry.documents` makes the values."""

from functools import cache
from typing import Any

from django.db import models
from django.db.models import TextChoices
from rest_framework import serializers

from registry import public
from registry.documents import Sort, sort_of
from registry.models import Entry, Row
from registry.models.translations import capitalised
from registry.vocabularies import choices_of

CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"  # hours and minutes, where OpenAPI's own format wants seconds and an offset


class Text(serializers.CharField):
    """Words; null where nothing is stated, never an empty string."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)


class Address(Text):
    """A web address; null where nothing is stated."""


class Code(serializers.Field):
    """A code of a vocabulary; null where nothing is stated. /vocabularies/ has its labels."""

    def __init__(self, *, choices: type[TextChoices], **kwargs: Any) -> None:
        self.choices = choices
        super().__init__(**kwargs)


class Degrees(serializers.FloatField):
    """A coordinate in degrees, WGS 84, as a number with at most six decimals."""


class LinkSerializer(serializers.Serializer):
    """Another record of the register."""

    code = serializers.CharField()
    title = serializers.CharField()
    url = serializers.URLField()


class OtherNameSerializer(serializers.Serializer):
    """A name in another language or script, a former name, or a spelling, as its source writes it."""

    name = serializers.CharField()
    language = Text(help_text="ISO 639.")
    note = Text()


class TranslationSerializer(serializers.Serializer):
    """The title, the summary, or both."""

    title = serializers.CharField(required=False)
    summary = serializers.CharField(required=False)


class TranslationsSerializer(serializers.Serializer):
    """Title and summary in the other languages of the site. The record itself is in English."""

    az = TranslationSerializer(required=False)
    ru = TranslationSerializer(required=False)
    fa = TranslationSerializer(required=False)


class DatesSerializer(serializers.Serializer):
    """A date as precise as its source: EDTF level 1 (ISO 8601-2), with the first and the last day it can mean."""

    edtf = serializers.CharField(help_text="Such as 2025-12-05, 2025, 2020-11-20? or 2018/..")
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)


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


@cache
def row_serializer(row: type[Row]) -> type[serializers.Serializer]:
    """The serializer of a noun's rows, with the fields that `registry.public` names."""
    shown = {name: row_field(row, name) for name in public.ROW_FIELDS[row]}
    return type(f"{row.__name__}Serializer", (serializers.Serializer,), {"__doc__": row.__doc__, **shown})


def row_field(row: type[Row], name: str) -> serializers.Field:
    """One field of a row."""
    field = row._meta.get_field(name)
    said = {"help_text": capitalised(field.verbose_name)}
    if field.is_relation:
        return LinkSerializer(allow_null=name != row.shown_through, **said)
    return _column(field, **said)


def field_for(model: type[Entry], name: str) -> serializers.Field:
    """The serializer field for a public field of a noun."""
    field, said = model._meta.get_field(name), {"help_text": public.label(model, name)}
    if name == "dates":
        return DatesSerializer(allow_null=True, **said)
    if field.one_to_many:
        return row_serializer(field.related_model)(many=True, **said)
    if field.many_to_many:
        return LinkSerializer(many=True, **said)
    if field.is_relation:
        return LinkSerializer(allow_null=True, **said)
    return _column(field, **said)


def _column(field: models.Field, **said: str) -> serializers.Field:
    match sort_of(field):
        case Sort.WORDS | Sort.CODES:
            return serializers.ListField(child=_column(field.base_field), **said)
        case Sort.CODE:
            may_be_null = field.blank and not field.has_default()
            return Code(choices=choices_of(field), allow_null=may_be_null, **said)
        case Sort.DEGREES:
            return Degrees(allow_null=True, **said)
        case Sort.DECIMAL:
            return serializers.DecimalField(field.max_digits, field.decimal_places, allow_null=field.null, **said)
        case Sort.WHOLE:
            return serializers.IntegerField(allow_null=field.null, **said)
        case Sort.TIME:
            return serializers.RegexField(CLOCK, allow_null=field.null, **said)
        case Sort.DAY:
            return serializers.DateField(allow_null=field.null, **said)
        case Sort.ADDRESS:
            return Address(**said)
        case _:
            return Text(**said)
