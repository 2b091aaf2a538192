"""What a reported gap means in money, for every reading that its definition allows.

A gap of g percent on a budget b is read as
    of_need    a share of what is needed:  need = b / (1 - g)    gap = b g / (1 - g)    (0 <= g < 100)
    of_budget  a share of the budget:      need = b (1 + g)      gap = b g              (g may exceed 100)
and as both, side by side, while the source does not say which. Figures of different definitions are never added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from registry.models import CountryBudget, GapBasis

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Reading:
    """One reading of a gap: what is needed and what is missing, in the budget's currency, to the cent."""

    basis: str
    need: Decimal
    gap: Decimal


def readings(budget: CountryBudget) -> list[Reading]:
    """The readings that the budget's definition allows; none where the amount or the gap is not stated."""
    if budget.amount is None or budget.gap_percent is None:
        return []
    allowed = [GapBasis.OF_NEED, GapBasis.OF_BUDGET] if budget.gap_basis == GapBasis.UNKNOWN else [budget.gap_basis]
    found = [_read(budget.amount, budget.gap_percent / 100, basis) for basis in allowed]
    return [reading for reading in found if reading]


def _read(amount: Decimal, share: Decimal, basis: str) -> Reading | None:
    if basis == GapBasis.OF_BUDGET:
        gap = amount * share
    elif share < 1:
        gap = amount * share / (1 - share)
    else:
        return None  # a share of the need cannot reach all of it
    gap = gap.quantize(_CENT, ROUND_HALF_UP)
    return Reading(basis, amount + gap, gap)


def amounts(budget: CountryBudget) -> dict[str, Decimal] | None:
    """The gap in money by basis, or None where it cannot be worked out."""
    return {reading.basis: reading.gap for reading in readings(budget)} or None


def totals(budgets: Iterable[CountryBudget], basis: str) -> Decimal:
    """The sum of the gaps under one reading. Raises ValueError across currencies, years or definitions."""
    chosen = list(budgets)
    definitions = {(b.currency, b.year, b.gap_basis, b.maturity) for b in chosen}
    if len(definitions) > 1:
        raise ValueError("Budgets of different currencies, years or definitions are not added up.")
    return sum((reading.gap for b in chosen for reading in readings(b) if reading.basis == basis), Decimal(0))
