"""An organisation may be of any country of the world, whether the register has a place for it or not."""

import pytest

from registry.tests.make import make_organisation
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


def country_facet(client, query=""):
    facets = client.get(f"/organisations/?{query}").context_data["facets"]
    return [(o.value, o.label, o.count, o.selected) for f in facets if f.name == "country" for o in f.options]


def test_every_country_of_an_organisation_is_a_choice_by_name(client):
    for country in ("FR", "AZ", "FR", ""):
        make_organisation(country=country)
    assert country_facet(client) == [("AZ", "Azerbaijan", 1, False), ("FR", "France", 2, False)]


def test_a_chosen_country_stays_in_the_form_even_where_it_finds_nothing(client):
    make_organisation(country="FR")
    chosen = country_facet(client, "country=FR&country=DE&country=ZZ")
    assert chosen == [("FR", "France", 1, True), ("DE", "Germany", 0, True), ("ZZ", "ZZ", 0, True)]
    page = read(client, "/organisations/?country=FR")
    assert 'name="country" value="FR" checked' in page.html
    assert [chip.value for chip in client.get("/organisations/?country=FR").context_data["chips"]] == ["France"]
