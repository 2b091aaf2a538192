"""The chart of budgets and gaps that is a table: every reading beside its definition, never one figure alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import gap
from registry.models import CountryBudget, GapBasis
from registry.models.translations import sentence

from . import money
from .facts import Footnote, Link, footnotes

BUDGETS_SHOWN = 12
_MARKS = 5


@dataclass(frozen=True)
class Row:
    """One budget: figures in words, and bars as percentages of the scale."""

    label: str
    url: str
    amount_text: str
    gap_percent: str
    range_text: str
    bar_budget: float
    bar_gap_of_need: float | None
    bar_gap_of_budget: float | None
    basis: str
    year_text: str
    maturity_text: str
    whole_country: bool


@dataclass(frozen=True)
class GapTable:
    """Rows on one scale; only budgets of one currency stand together."""

    rows: list[Row]
    ticks: list[str]
    currency: str
    definition: list[str]
    footnotes: list[Footnote]
    sources: list[Link]
    finding: str = ""


_DEFINITIONS = {
    GapBasis.UNKNOWN: gettext_lazy(
        "The source gives a percentage and does not say of what. Read as a share of what is needed, a budget b with a "
        "gap g means a need of b / (1 − g); read as a share of the budget, a need of b × (1 + g). Both are shown."
    ),
    GapBasis.OF_NEED: gettext_lazy("The gap is the share of what is needed that no budget covers: need = b / (1 − g)."),
    GapBasis.OF_BUDGET: gettext_lazy("The gap is given as a share of the budget itself: need = b × (1 + g)."),
}


def gap_tables(budgets: Iterable[CountryBudget]) -> list[GapTable]:
    """One table a currency: whole countries by name, then what covers only a part."""
    stated = [budget for budget in budgets if budget.amount is not None]
    currencies = sorted({budget.currency for budget in stated})
    return [_table(currency, [b for b in stated if b.currency == currency]) for currency in currencies]


def newest_tables(budgets: QuerySet) -> list[GapTable]:
    """The tables of the budgets changed last, BUDGETS_SHOWN at most."""
    return gap_tables(budgets.exclude(amount=None).order_by("-updated_at", "code")[:BUDGETS_SHOWN])


def _table(currency: str, budgets: list[CountryBudget]) -> GapTable:
    budgets.sort(key=lambda b: (not b.covers_whole_country, b.label.casefold(), b.year or 0, b.pk))
    top = max([b.amount for b in budgets] + [r.need for b in budgets for r in gap.readings(b)])
    step = _step(top)
    count = int((top / step).to_integral_value(ROUND_CEILING)) or 1
    scale = step * count
    ticks = money.ticks(step, count)
    used = sorted({b.gap_basis for b in budgets}, key=list(GapBasis).index)
    notes = footnotes(budgets[0]) if len(budgets) == 1 else []
    rows = [_row(b, scale) for b in budgets]
    definition = [str(_DEFINITIONS[basis]) for basis in used]
    sources = {} if notes else {note.source.url: note.source for b in budgets for note in footnotes(b)}
    return GapTable(rows, ticks, currency, definition, notes, list(sources.values()), _finding(budgets))


def _finding(budgets: list[CountryBudget]) -> str:
    """Where the gap is widest and where it is largest; "" where figures cannot be compared, or two share a place.

    Compared are whole countries whose gaps have one definition; the largest must be so under every reading.
    """
    whole = [b for b in budgets if b.covers_whole_country and b.gap_percent is not None and gap.amounts(b)]
    if len(whole) < 2 or len({(b.gap_basis, b.year, b.maturity, *gap.amounts(b)) for b in whole}) > 1:
        return ""
    widest = max(whole, key=lambda b: b.gap_percent)
    largest = {max(whole, key=lambda b: gap.amounts(b)[basis]).pk for basis in gap.amounts(whole[0])}
    if len(largest) > 1 or sum(b.gap_percent == widest.gap_percent for b in whole) > 1:
        return ""
    most = next(b for b in whole if b.pk in largest)
    widest_gap = money.percent(widest.gap_percent)
    if most is widest:
        words = _("Of the whole countries shown, the gap of %(widest)s is the widest and the largest: %(percent)s.")
        return sentence(words, widest=widest.label, percent=widest_gap)
    words = _(
        "Of the whole countries shown, the widest reported gap is that of %(widest)s, %(percent)s. "
        "The largest in money is that of %(largest)s, %(range)s."
    )
    in_money = _range(gap.amounts(most), most.currency)
    return sentence(words, widest=widest.label, percent=widest_gap, largest=most.label, range=in_money)


def _step(top: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20, 50 and so on that reaches `top` in _MARKS steps."""
    power = Decimal(10) ** max(0, top.adjusted() - 1)
    return next(step * power for step in (1, 2, 5, 10, 20) if step * power * _MARKS >= top)


def row_of(budget: CountryBudget) -> Row:
    """The words of a budget whose amount is stated, outside any table."""
    return _row(budget, budget.amount or Decimal(1))


def _row(budget: CountryBudget, scale: Decimal) -> Row:
    gaps = gap.amounts(budget) or {}
    bars = {basis: _share(amount, scale) for basis, amount in gaps.items()}
    return Row(
        label=budget.label,
        url=budget.get_absolute_url(),
        amount_text=money.short(budget.amount, budget.currency),
        gap_percent="" if budget.gap_percent is None else money.percent(budget.gap_percent),
        range_text=_range(gaps, budget.currency),
        bar_budget=_share(budget.amount, scale),
        bar_gap_of_need=bars.get(GapBasis.OF_NEED),
        bar_gap_of_budget=bars.get(GapBasis.OF_BUDGET),
        basis=budget.gap_basis,
        year_text=str(budget.year) if budget.year else _("Year not stated"),
        maturity_text=budget.get_maturity_display() if budget.maturity else "",
        whole_country=budget.covers_whole_country,
    )


def _share(amount: Decimal, scale: Decimal) -> float:
    return round(float(amount / scale * 100), 3)


def _range(gaps: dict[str, Decimal], currency: str) -> str:
    if not gaps:
        return _("Not stated")
    low, high = min(gaps.values()), max(gaps.values())
    return money.short(low, currency) if low == high else money.between(low, high, currency)
