"""Money asked for and money found: each flow its own figure, each currency by itself, and how much is not stated.

No exchange rates are held, so nothing is added up across currencies. Nothing is added up across flows either: a pledge
that became a commitment stands in both, and would count twice.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from registry.models import Flow


@dataclass(frozen=True)
class Figure:
    """The lines of one flow in one currency; a line without an amount is in no figure."""

    flow: Flow
    currency: str
    total: Decimal
    lines: int


@dataclass(frozen=True)
class Money:
    """What some lines of funding say together."""

    lines: int
    figures: tuple[Figure, ...]
    unstated: dict[Flow, int]

    @property
    def currencies(self) -> list[str]:
        """Each currency of the figures once, by code."""
        return sorted({figure.currency for figure in self.figures})


def money(lines: QuerySet) -> Money:
    """Counted by the database in one query, in the order of the flows; an amount of zero is an amount."""
    rows = lines.order_by().values_list("flow", "currency").annotate(total=Sum("amount"), n=Count("pk"))
    order = list(Flow)
    counted = sorted((order.index(flow), currency, total, n) for flow, currency, total, n in rows if currency)
    figures = tuple(Figure(order[at], currency, total, n) for at, currency, total, n in counted)
    silent = {Flow(flow): n for flow, currency, _total, n in rows if not currency}
    unstated = {flow: silent[flow] for flow in order if flow in silent}
    return Money(sum(f.lines for f in figures) + sum(unstated.values()), figures, unstated)
