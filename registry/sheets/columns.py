"""The columns that a sheet of a noun can have: what identifies a record, its public fields and its rows."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry import versions
from registry.models import Activation, Citation, Entry, Site, Statement, edtf_dates
from registry.public import FIELDS, ROW_FIELDS, label


class Sort(StrEnum):
    """How the text of a cell is read."""

    CODE = "code"
    VERSION = "version"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    WORDS = "words"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    TIME = "time"
    DATES = "dates"
    RECORD = "record"
    RECORDS = "records"
    CODES = "codes"
    NAMES = "names"
    TRANSLATIONS = "translations"
    ROWS = "rows"


# Codes of records that the database does not relate: of which noun they are, or of any.
_CODES = {(Statement, "about"): None, (Activation, "sites"): Site}


@dataclass(frozen=True, eq=False)
class Column:
    """One column: the field it holds and how its cells are read."""

    name: str
    sort: Sort
    field: Field | None = None
    kept: bool = False  # by the register itself: it is written, and never taken from a sheet
    points_to: type[Entry] | None = None
    row: type[Model] | None = None
    parts: tuple["Column", ...] = ()

    @property
    def choices(self) -> dict[str, str]:
        """Each code with its label in the language of the interface."""
        return _choices(self.field, get_language())


@cache
def _choices(found: Field | None, _language: str | None) -> dict[str, str]:
    base = getattr(found, "base_field", found)
    return {str(code): str(words) for code, words in getattr(base, "flatchoices", None) or ()}


@cache
def columns(model: type[Entry]) -> dict[str, Column]:
    """The columns of a noun by name, in the order in which they are written."""
    names = ("title", "other_names", "summary", "translations", *FIELDS[model])
    found = [
        Column("code", Sort.CODE),
        Column("version", Sort.VERSION),
        Column("state", Sort.TEXT, model._meta.get_field("state"), kept=True),
        *(_column(model, name) for name in names),
    ]
    rows = [_rows(model, name) for name in model.children if name not in names]
    return {column.name: column for column in [*found, *rows]}


def column_label(model: type[Entry], name: str) -> str:
    """What the column is called, for people."""
    return str(_("Code")) if name == "code" else label(model, name)


def _column(model: type[Entry], name: str) -> Column:
    if name in model.children:
        return _rows(model, name)
    if name == "other_names":
        return Column(name, Sort.NAMES, model._meta.get_field(name))
    if name == "translations":
        return Column(name, Sort.TRANSLATIONS, model._meta.get_field(name))
    found = model._meta.get_field(name)
    kept = not found.editable
    return Column(name, _sort(model, found), found, kept, _points_to(model, found))


def _rows(model: type[Entry], name: str) -> Column:
    child = versions.child_model(model, name)
    named = ("source", "locator", "fields", "note") if child is Citation else ROW_FIELDS[child]
    parts = tuple(_part(child, name) for name in named)
    return Column(name, Sort.ROWS, row=child, parts=parts)


def _part(child: type[Model], name: str) -> Column:
    found = child._meta.get_field(name)
    return Column(name, _sort(child, found), found, False, _points_to(child, found))


def _points_to(model: type[Model], found: Field) -> type[Entry] | None:
    return found.related_model if found.is_relation else _CODES.get((model, found.name))


def _sort(model: type[Model], found: Field) -> Sort:
    if found.many_to_many:
        return Sort.RECORDS
    if found.is_relation:
        return Sort.RECORD
    if isinstance(found, ArrayField):
        if (model, found.name) in _CODES:
            return Sort.CODES
        return Sort.CHOICES if found.base_field.choices else Sort.WORDS
    if found.choices:
        return Sort.CHOICE
    if edtf_dates.validate in found.validators:
        return Sort.DATES
    kinds = {models.DecimalField: Sort.DECIMAL, models.DateField: Sort.DAY, models.TimeField: Sort.TIME}
    whole = isinstance(found, models.IntegerField)
    return Sort.WHOLE if whole else next((sort for kind, sort in kinds.items() if isinstance(found, kind)), Sort.TEXT)


def in_words(column: Column) -> str:
    """What may stand in a cell of the column, for the notes beside a download."""
    words = {
        Sort.CODE: _("The code of the record; empty for a new one."),
        Sort.VERSION: _("The version of the record that the row was written from; leave it as it is."),
        Sort.TEXT: _("Text."),
        Sort.CHOICE: _("One of the codes or labels of its list."),
        Sort.CHOICES: _("Codes or labels of its list, separated by “; ”."),
        Sort.WORDS: _("Texts, separated by “; ”."),
        Sort.WHOLE: _("A whole number."),
        Sort.DECIMAL: _("A number, such as 20854.00."),
        Sort.DAY: _("A day, such as 2025-12-05."),
        Sort.TIME: _("A time of day, such as 10:30."),
        Sort.DATES: _("A date, such as %(examples)s.") % {"examples": edtf_dates.EXAMPLES},
        Sort.RECORD: _("The code of a record, or its exact title."),
        Sort.RECORDS: _("Codes or exact titles of records, separated by “; ”."),
        Sort.CODES: _("Codes of records, separated by “; ”."),
        Sort.NAMES: _("A name in each line: name | language | note."),
        Sort.TRANSLATIONS: _("A language in each line: language | title | summary."),
    }
    if column.sort is Sort.ROWS:
        parts = " | ".join(str(part.field.verbose_name) for part in column.parts)
        return _("A row in each line: %(parts)s.") % {"parts": parts}
    said = words[column.sort]
    return f"{capfirst(_('kept by the register; it cannot be changed here.'))} {said}" if column.kept else str(said)
