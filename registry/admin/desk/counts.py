"""A number on the desk and the list behind it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst

from registry.models import Entry

# Counting stops here: for the desk, more than this is simply many.
MANY = 1000


@dataclass(frozen=True)
class Count:
    """A number of records and the list that shows them."""

    label: str | Promise
    number: int
    url: str
    at: datetime | None = None  # when it was counted, unless just now

    @property
    def many(self) -> bool:
        """Whether the counting was stopped."""
        return self.number >= MANY


def bounded(found: QuerySet) -> int:
    """How many there are, or MANY."""
    return found.order_by()[:MANY].count()


def noun_of(model: type[Entry], number: int) -> str:
    """The noun as it stands after the number."""
    return capfirst(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def list_of(model: type[Entry], query: str) -> str:
    """The address of the noun's list, narrowed."""
    return f"{reverse(f'admin:registry_{model._meta.model_name}_changelist')}?{query}"
