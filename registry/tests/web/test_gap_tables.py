"""The table of budgets and gaps: on one scale whatever the amount."""

import pytest

from registry.tests.make import make_budget
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
