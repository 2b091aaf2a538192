"""The form of a line of funding says in words, beside the field, what an amount needs."""

import pytest

from registry.models import Funding
from registry.tests.admin.forms import edited, sign_in, url
from registry.tests.make import make_funding, make_initiative, make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        pytest.param({"amount": "5"}, "currency", "Say in which currency the amount is", id="no currency"),
        pytest.param({"currency": "USD"}, "amount", "Give the amount, or clear the currency", id="no amount"),
        pytest.param({"amount": "-1", "currency": "USD"}, "amount", "greater than or equal to 0", id="below zero"),
    ],
)
def test_money_that_is_half_said_is_refused_beside_the_field(typed, field, said):
    client, line = sign_in(), make_funding()
    answer = client.post(url(line), edited(client.get(url(line)), **typed))
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert list(errors) == [field] and said in " ".join(errors[field])


def test_a_line_for_two_things_is_refused_beside_the_second():
    client, line = sign_in(), make_funding(project=make_project())
    answer = client.post(url(line), edited(client.get(url(line)), initiative=make_initiative().pk))
    assert list(answer.context["adminform"].form.errors) == ["initiative"]


def test_zero_is_an_amount():
    client, line = sign_in(), make_funding()
    answer = client.post(url(line), edited(client.get(url(line)), amount="0", currency="USD", reason="Read again"))
    assert answer.status_code == 302
    stored = Funding.objects.get(pk=line.pk)
    assert (stored.amount, stored.currency) == (0, "USD")
