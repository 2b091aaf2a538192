"""The sorts of values that a public document holds, and what is said of each of its fields."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import TextChoices
from django.utils.functional import Promise

from registry.models.translations import capitalised
from registry.vocabularies import choices_of

from .given import Given
from .values import Read


class Sort(Enum):
    """What kind of value a field holds."""

    TEXT = auto()
    ADDRESS = auto()
    CODE = auto()
    WHOLE = auto()
    DECIMAL = auto()
    DEGREES = auto()
    DAY = auto()
    TIME = auto()
    MOMENT = auto()
    WORDS = auto()
    CODES = auto()
    LINK = auto()
    LINKS = auto()
    ROWS = auto()
    PARTS = auto()


@dataclass(frozen=True)
class Field:
    """One field; `parts` are those of a row or of an object, `stored` is its name in the model."""

    name: str
    sort: Sort
    read: Read
    called: str | Promise
    meaning: str | Promise = ""
    choices: type[TextChoices] | None = None
    always: bool = False  # whether every record states it
    parts: tuple["Field", ...] = ()
    stored: str = ""

    @property
    def label(self) -> str:
        """What it is called, for people, in the language of the page."""
        return str(capitalised(self.called))


def sort_of(field: models.Field) -> Sort:
    """The sort of a column, or of the values of a list in a column."""
    if isinstance(field, ArrayField):
        return Sort.CODES if choices_of(field) else Sort.WORDS
    if choices_of(field):
        return Sort.CODE
    match field:
        case models.DecimalField() if field.name in {"longitude", "latitude"}:
            return Sort.DEGREES
        case models.DecimalField():
            return Sort.DECIMAL
        case models.IntegerField():
            return Sort.WHOLE
        case models.TimeField():
            return Sort.TIME
        case models.DateField():
            return Sort.DAY
        case models.URLField():
            return Sort.ADDRESS
        case _:
            return Sort.TEXT


def part(name: str, sort: Sort, called: str | Promise, meaning: str | Promise = "", **more: Any) -> Field:
    """A field inside another, which reads it."""
    return Field(name, sort, _read_by_the_whole, called, meaning, **more)


def _read_by_the_whole(_record: Any, _given: Given) -> None:
    """Never asked."""
