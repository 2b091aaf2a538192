"""The number on a pin is the number of the records behind its link, for places and for squares of a grid."""

from urllib.parse import urlsplit

import pytest

from registry.models import CountryBudget, Event, Initiative, Project, Region
from registry.tests.make import MAKERS, make_region
from registry.web import pins

pytestmark = pytest.mark.django_db
on_the_map = pytest.mark.parametrize("model", [Project, Initiative, CountryBudget, Event, Region], ids=lambda m: m.slug)


def place(title, longitude, latitude, **given):
    return make_region(title=title, longitude=longitude, latitude=latitude, precision="10km", **given)


def filled(model):
    """Records in a drawn country and in its city, on the lines of a grid, in two places at once, and at the edge."""
    country = place("Azerbaijan", "48", "40", kind="country", iso_code="AZ")
    city = place("Baku", "50", "40", parent=country)
    lines = [place("East of it", "50.5", "40"), place("Next to it", "50.499999", "39.999999")]
    edges = [place("Edge", "180", "90"), place("Other edge", "-180", "-90")]
    if model is Region:
        return
    for around in ([country], [city], [city], [city, country], [city, lines[1]], lines, *([edge] for edge in edges)):
        if model in {Project, Initiative}:
            MAKERS[model](regions=around)
        else:
            MAKERS[model](region=around[0])


def holds(client, model):
    shown = client.get(f"/{model.slug}/").context_data["pins"]
    for pin in shown:
        behind = client.get(f"/{model.slug}/?{urlsplit(pin.url).query}").context_data
        assert (behind["notices"], behind["count"]) == ([], pin.count), pin
    return shown


@on_the_map
def test_a_pin_of_a_place_counts_what_its_link_finds(client, model):
    filled(model)
    counts = {pin.label: pin.count for pin in holds(client, model)}
    assert counts["Azerbaijan"] > counts["Baku"] > 0


@on_the_map
@pytest.mark.parametrize("side", pins.GRIDS, ids=str)
def test_a_pin_of_a_square_counts_what_its_link_finds(client, model, side, monkeypatch):
    monkeypatch.setattr(pins, "MOST_PINS", 0)
    monkeypatch.setattr(pins, "GRIDS", (side,))
    filled(model)
    assert len(holds(client, model)) >= 3
