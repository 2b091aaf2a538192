"""A number field of the admin reads plain digits and nothing else."""

import pytest

from registry.models import CountryBudget, Region
from registry.tests.admin.forms import edited, sign_in, url
from registry.tests.make import make_budget, make_region

pytestmark = pytest.mark.django_db

ODD = ["1_0", "١", "1e2", "0x10", "NaN", "Infinity"]


@pytest.mark.parametrize("text", ODD)
def test_an_odd_coordinate_is_refused_and_nothing_is_stored(text):
    client, region = sign_in(), make_region()
    given = {"latitude": text, "longitude": "49.9", "precision": "10km"}
    answer = client.post(url(region), edited(client.get(url(region)), **given))
    assert answer.status_code == 200 and "plain digits" in answer.content.decode()
    assert Region.objects.get(pk=region.pk).latitude is None


@pytest.mark.parametrize("text", ["2_024", "٢٠٢٤"])
def test_an_odd_year_is_refused_and_nothing_is_stored(text):
    client, budget = sign_in(), make_budget()
    answer = client.post(url(budget), edited(client.get(url(budget)), year=text))
    assert answer.status_code == 200 and "plain digits" in answer.content.decode()
    assert CountryBudget.objects.get(pk=budget.pk).year is None


def test_plain_numbers_are_stored():
    client, budget = sign_in(), make_budget()
    client.post(url(budget), edited(client.get(url(budget)), year="2024", amount="4200000.50"))
    stored = CountryBudget.objects.get(pk=budget.pk)
    assert (stored.year, str(stored.amount)) == (2024, "4200000.50")
