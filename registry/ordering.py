"""The order of a list: by one column, unknown values last, with the code to break ties, so that none is skipped."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OrderBy, Q, QuerySet

from registry.filters import EntryFilter

DEFAULT = "-updated_at"


class UnknownOrder(ValueError):
    """The list cannot be ordered so; `allowed` names what it can."""

    def __init__(self, allowed: list[str]) -> None:
        super().__init__(", ".join(allowed))
        self.allowed = allowed


@dataclass(frozen=True)
class Ordering:
    """A column and its direction; rows that do not state it come last either way."""

    name: str
    column: str
    descending: bool

    def apply(self, queryset: QuerySet, *, backwards: bool = False) -> QuerySet:
        """The rows in this order, or from the end."""
        descending = self.descending != backwards
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        if not queryset.model._meta.get_field(self.column).null:
            nulls = {}
        order = [OrderBy(F(self.column), descending=descending, **nulls)]
        if self.column != "code":
            order.append(OrderBy(F("code"), descending=backwards))
        return queryset.order_by(*order)

    def beyond(self, queryset: QuerySet, value: Any, code: str, *, backwards: bool = False) -> QuerySet:
        """The rows after the one with this value and code, or before it when going backwards.

        The bound on the column alone comes first, because an index can start there; the tie is settled after it.
        """
        further = "lt" if self.descending != backwards else "gt"
        if self.column == "code":
            return queryset.filter(**{f"code__{further}": code})
        tie = Q(**{"code__lt" if backwards else "code__gt": code})
        unknown = Q(**{f"{self.column}__isnull": True})
        if value is None:
            return queryset.filter(~unknown | tie) if backwards else queryset.filter(unknown & tie)
        reached = Q(**{f"{self.column}__{further}e": value})
        beyond = Q(**{f"{self.column}__{further}": value}) | tie
        if not backwards and queryset.model._meta.get_field(self.column).null:
            return queryset.filter(unknown | reached & beyond)
        return queryset.filter(reached, beyond)


def read(filterset: type[EntryFilter], text: str) -> Ordering:
    """The ordering that a reader asked for, such as "title" or "-updated_at"; raises UnknownOrder."""
    columns = filterset.ordering_columns()
    name = text.removeprefix("-")
    if name not in columns:
        raise UnknownOrder([sign + known for known in columns for sign in ("", "-")])
    return Ordering(text, columns[name], text.startswith("-"))
