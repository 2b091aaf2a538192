"""The fields of a noun's public document: what each is called and means, of which sort it is, and how it is read."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from operator import attrgetter, methodcaller
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry import public
from registry.models import CountryBudget, Entry, Protocol, Resource, Statement
from registry.vocabularies import choices_of

from . import nouns, values
from .frame import DATES, FIRST, LAST
from .given import Given
from .sorts import Field, Sort, part, sort_of
from .values import Read


@cache
def fields(model: type[Entry]) -> tuple[Field, ...]:
    """Every field of the noun's document, in its order."""
    return (*FIRST, *_own(model), *LAST)


def names(model: type[Entry]) -> list[str]:
    """The names of the fields in the document."""
    return [field.name for field in fields(model)]


def _own(model: type[Entry]) -> list[Field]:
    """The noun's own fields, as `registry.public` names them, and what is worked out from them."""
    renamed, grouped = nouns.RENAMED.get(model, {}), nouns.GROUPED.get(model, {})
    inside = {name for group in grouped.values() for name in group}
    found = []
    for name in public.fields(model):
        if name in inside:
            continue
        found.append(replace(_field(model, name), name=renamed.get(name, name)))
        if model is CountryBudget and name == "gap_basis":
            found.append(_GAP_AMOUNT)
    return [*found, _file()] if model is Resource else found


def _field(model: type[Entry], name: str) -> Field:
    field = model._meta.get_field(name)
    if name == "dates":
        return Field(name, Sort.PARTS, values.dates, field.verbose_name, field.help_text, parts=DATES, stored=name)
    if model is Statement and name == "about":
        return Field(name, Sort.LINKS, nouns.about, field.verbose_name, field.help_text, stored=name)
    if field.one_to_many:
        row = field.related_model
        parts = tuple(_column(row._meta.get_field(name_of_part)) for name_of_part in public.ROW_FIELDS[row])
        read = _rows(name, parts)
        read = nouns.only_public_sites(read) if model is Protocol and name == "activations" else read
        return Field(name, Sort.ROWS, read, row._meta.verbose_name_plural, parts=parts, stored=name)
    return _column(field)


def _column(field: models.Field) -> Field:
    """A column of a record or of a row, or a relation."""
    said = (field.verbose_name, field.help_text)
    get = attrgetter(field.name)
    if field.many_to_many:
        every = methodcaller("all")
        read = lambda record, given: [values.link(entry, given) for entry in every(get(record))]  # noqa: E731
        return Field(field.name, Sort.LINKS, read, *said, stored=field.name)
    if field.is_relation:
        return Field(
            field.name, Sort.LINK, lambda record, given: values.link(get(record), given), *said, stored=field.name
        )
    convert, always = _converting(field), not (field.blank or field.null)
    return Field(
        field.name,
        sort_of(field),
        lambda record, _given: convert(get(record)),
        *said,
        choices=choices_of(field),
        always=always,
        stored=field.name,
    )


def _converting(field: models.Field) -> Callable[[Any], Any]:
    match sort_of(field):
        case Sort.WORDS | Sort.CODES:
            return lambda members: None if members is None else [values.words(member) for member in members]
        case Sort.DECIMAL:
            return lambda number: values.decimal(number, field.decimal_places)
        case Sort.DEGREES:
            return values.number
        case Sort.WHOLE:
            return lambda number: number
        case Sort.TIME:
            return values.clock
        case Sort.DAY:
            return values.day
        case _:
            return values.words


def _rows(name: str, parts: tuple[Field, ...]) -> Read:
    def read(record: Entry, given: Given) -> list[dict[str, Any]]:
        return [{inner.name: inner.read(row, given) for inner in parts} for row in getattr(record, name).all()]

    return read


def _file() -> Field:
    get = Resource._meta.get_field
    parts = (
        part("url", Sort.ADDRESS, _("address"), _("Where to fetch it.")),
        part("name", Sort.TEXT, get("file_name").verbose_name),
        part("media_type", Sort.TEXT, get("file_type").verbose_name),
        part("size", Sort.WHOLE, get("file_size").verbose_name, _("In bytes.")),
        part("sha256", Sort.TEXT, get("file_sha256").verbose_name, _("Of the bytes, in hexadecimal.")),
        part("width", Sort.WHOLE, get("image_width").verbose_name, _("Of an image, in pixels.")),
        part("height", Sort.WHOLE, get("image_height").verbose_name, _("Of an image, in pixels.")),
    )
    return Field("file", Sort.PARTS, nouns.file, _("file"), _("A file that the register holds."), parts=parts)


def wanted(model: type[Entry], chosen: Collection[str]) -> list[Field]:
    """The fields of these names, and always the code; all of them where none is named."""
    return [field for field in fields(model) if field.name == "code" or not chosen or field.name in chosen]


_GAP_AMOUNT = Field(
    "gap_amount",
    Sort.PARTS,
    nouns.gap_amount,
    _("gap in money"),
    _("Worked out from amount and gap; both readings while the source does not say what the gap is a share of."),
    parts=(
        part("of_need", Sort.DECIMAL, _("gap in money, as a share of the need"), "b g / (1 - g)"),
        part("of_budget", Sort.DECIMAL, _("gap in money, as a share of the budget"), "b g"),
    ),
)
