"""The table of budgets and gaps: on one scale whatever the amount, in every currency."""

import pytest

from registry.tests.make import make_budget, make_project, make_region
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("amount", ["0", "0.01", "1", "5", "5.01", "60000000000000", "999999999999999999.99"])
@pytest.mark.parametrize("gap", ["0", "99.99", "99999"])
def test_a_budget_of_any_amount_is_drawn_within_five_steps(client, amount, gap):
    budget = make_budget(amount=amount, currency="IRR", gap_percent=gap, gap_basis="of_budget")
    for address in ("/", "/budgets/", budget.get_absolute_url()):
        read(client, address)
    (table,) = client.get("/budgets/").context_data["gaps"]
    (row,) = table.rows
    assert 2 <= len(table.ticks) <= 6
    assert row.bar_budget + row.bar_gap_of_budget <= 100.001


def test_every_page_shows_the_budgets_of_every_currency(client):
    country = make_region(title="Azerbaijan", kind="country")
    for currency in ("AZN", "USD"):
        make_budget(region=country, currency=currency)
    project = make_project(regions=[country])
    for address in ("/", "/budgets/", country.get_absolute_url(), project.get_absolute_url()):
        page = read(client, address)
        assert "AZN 4.20M" in page.text and "USD 4.20M" in page.text, address


def test_a_place_with_many_budgets_shows_the_last_changed_and_leads_to_all(client):
    country = make_region(title="Azerbaijan", kind="country")
    budgets = [make_budget(region=country, title=f"Budget {number}") for number in range(13)]
    page = read(client, country.get_absolute_url())
    (table,) = client.get(country.get_absolute_url()).context_data["gaps"]
    assert {row.url for row in table.rows} == {budget.get_absolute_url() for budget in budgets[1:]}
    assert f"/budgets/?region={country.pk}" in page.links


def countries(*given):
    for title, amount, percent, *more in given:
        country = make_region(title=title, kind="country")
        make_budget(region=country, amount=amount, gap_percent=percent, gap_basis="unknown", **dict(*more))


def test_the_first_page_says_where_the_gap_is_widest_and_where_it_is_largest(client):
    countries(("Turkmenistan", "1800000", "45"), ("Iran", "5000000", "35"))
    said = read(client, "/").text
    assert "the widest reported gap is that of Turkmenistan, 45 %" in said
    assert "The largest in money is that of Iran, USD 1.75M to 2.69M." in said


@pytest.mark.parametrize(
    "given",
    [
        pytest.param([("A", "1", "45"), ("B", "5", "45")], id="two share the widest"),
        pytest.param([("A", "100", "80"), ("B", "300", "30")], id="the readings differ"),
        pytest.param([("A", "1", "45"), ("B", "5", "35", {"year": 2020})], id="of different years"),
        pytest.param([("A", "1", "45")], id="one alone"),
    ],
)
def test_gaps_that_cannot_be_ranked_are_not(client, given):
    countries(*given)
    assert "widest" not in read(client, "/").text
