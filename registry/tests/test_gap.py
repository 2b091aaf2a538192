"""Gaps in money: the check figures, both readings side by side, and no sum across definitions."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry import gap
from registry.models import CountryBudget

unhurried = settings(deadline=None)

# The five budgets of the first article: millions of dollars, and the gap in percent.
REPORTED = [("4.2", "30"), ("1.8", "45"), ("3.5", "25"), ("5.0", "35"), ("4.8", "20")]
CENT = Decimal("0.01")

amounts = st.decimals(min_value=0, max_value=Decimal("99999999999999.99"), places=2)
percents = st.decimals(min_value=0, max_value=Decimal("99999.99"), places=2)
below_100 = st.decimals(min_value=0, max_value=Decimal("99.99"), places=2)


def budget(amount="4200000", percent="30", basis="unknown", **given):
    given = {"currency": "USD", "maturity": "preliminary"} | given
    return CountryBudget(
        amount=None if amount is None else Decimal(amount),
        gap_percent=None if percent is None else Decimal(percent),
        gap_basis=basis,
        **given,
    )


def reported(basis="unknown"):
    return [budget(Decimal(amount) * 1_000_000, percent, basis) for amount, percent in REPORTED]


def test_thirty_percent_of_4_2_million_is_1_80_of_need_and_1_26_of_budget():
    assert gap.amounts(budget()) == {"of_need": Decimal("1800000.00"), "of_budget": Decimal("1260000.00")}
    assert [reading.need for reading in gap.readings(budget())] == [Decimal("6000000.00"), Decimal("5460000.00")]


@pytest.mark.parametrize(("basis", "millions"), [("of_need", "8.33"), ("of_budget", "5.66")])
def test_the_five_gaps_add_up_under_one_reading_each(basis, millions):
    added = gap.totals(reported(), basis)
    assert (added / 1_000_000).quantize(CENT) == Decimal(millions)
    assert gap.totals(reported(basis), basis) == added


@pytest.mark.parametrize("basis", ["of_need", "of_budget"])
def test_a_stated_definition_leaves_one_reading(basis):
    assert list(gap.amounts(budget(basis=basis))) == [basis]


@pytest.mark.parametrize(
    "other",
    [
        {"currency": "EUR"},
        {"year": 2025},
        {"basis": "of_need"},
        {"basis": "of_budget"},
        {"maturity": "final"},
    ],
    ids=["currency", "year", "share of need", "share of budget", "maturity"],
)
@pytest.mark.parametrize("basis", ["of_need", "of_budget"])
def test_a_sum_across_definitions_is_refused(other, basis):
    with pytest.raises(ValueError, match="not added up"):
        gap.totals([*reported(), budget(**other)], basis)


def test_a_sum_of_nothing_is_nothing():
    assert gap.totals([], "of_need") == 0


@pytest.mark.parametrize(("amount", "percent"), [(None, "30"), ("4200000", None), (None, None)])
def test_what_is_not_stated_has_no_reading_and_zero_has(amount, percent):
    assert gap.readings(budget(amount, percent)) == [] and gap.amounts(budget(amount, percent)) is None
    assert gap.amounts(budget("0", "0")) == {"of_need": 0, "of_budget": 0}


@unhurried
@given(amounts, percents, st.sampled_from(["unknown", "of_need", "of_budget"]))
def test_what_is_needed_is_the_budget_and_the_gap_to_the_cent(amount, percent, basis):
    for reading in gap.readings(budget(amount, percent, basis)):
        assert reading.need - amount == reading.gap >= 0
        assert isinstance(reading.gap, Decimal) and isinstance(reading.need, Decimal)
        assert reading.gap == reading.gap.quantize(CENT)


@unhurried
@given(amounts, below_100)
def test_a_share_of_the_need_is_never_less_than_the_same_share_of_the_budget(amount, percent):
    found = gap.amounts(budget(amount, percent))
    assert found["of_need"] >= found["of_budget"]


@unhurried
@given(amounts, below_100)
def test_a_gap_of_the_need_is_that_share_of_what_is_needed(amount, percent):
    [reading] = gap.readings(budget(amount, percent, "of_need"))
    assert abs(reading.need * percent / 100 - reading.gap) <= CENT


@unhurried
@given(amounts, percents.filter(lambda percent: percent >= 100))
def test_a_gap_of_all_or_more_can_only_be_a_share_of_the_budget(amount, percent):
    assert gap.readings(budget(amount, percent, "of_need")) == []
    assert list(gap.amounts(budget(amount, percent))) == ["of_budget"]
