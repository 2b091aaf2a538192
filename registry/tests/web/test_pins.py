"""The number on a pin is the number of the records behind its link, for places and for squares of a grid."""

from itertools import cycle
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache

from registry.models import CountryBudget, Event, Initiative, Observation, Project, Region, Site, State
from registry.tests.make import MAKERS, make_observation, make_region, make_site
from registry.web import pins

pytestmark = pytest.mark.django_db
ON_THE_MAP = [Project, Initiative, CountryBudget, Event, Region]
on_the_map = pytest.mark.parametrize("model", ON_THE_MAP, ids=lambda m: m.slug)


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


def holds(client, model, query=""):
    shown = client.get(f"/{model.slug}/?{query}").context_data["pins"]
    for pin in shown:
        behind = client.get(f"/{model.slug}/?{urlsplit(pin.url).query}").context_data
        assert (behind["notices"], behind["count"]) == ([], pin.count), pin
    return shown


@on_the_map
def test_a_pin_of_a_place_counts_what_its_link_finds(client, model):
    filled(model)
    counts = {pin.label: pin.count for pin in holds(client, model)}
    assert counts["Azerbaijan"] > counts["Baku"] > 0


# Every grid, and every noun on one of them.
@pytest.mark.parametrize(("side", "model"), [*zip(pins.GRIDS, cycle(ON_THE_MAP), strict=False)], ids=str)
def test_a_pin_of_a_square_counts_what_its_link_finds(client, model, side, monkeypatch):
    monkeypatch.setattr(pins, "MOST_PINS", 0)
    monkeypatch.setattr(pins, "GRIDS", (side,))
    filled(model)
    assert len(holds(client, model)) >= 3


# Sites and observations stand at their own published point


def sites_and_looks():
    """Sites at points of their own, at one point together, and at their regions; looks at them with a date."""
    country = place("Azerbaijan", "48", "40", kind="country", iso_code="AZ")
    city = place("Baku", "50", "40", parent=country)
    secret = {"heritage_types": ["archaeological_site"], "region": city}
    made = {
        "alone": make_site(title="Tower", exact=("49.5", "40.5"), region=country),
        "mound": make_site(title="Mound", exact=("47.12", "41.23"), **secret),
        "grave": make_site(title="Grave", exact=("47.18", "41.27"), **secret | {"region": country}),
        "in the city": make_site(title="Gate", region=city),
        "in the country": make_site(title="Road", exact=("47.5", "41"), precision_chosen="country", region=country),
        "nowhere": make_site(title="Cave", exact=("47.5", "41"), precision_chosen="hidden"),
    }
    for name, site in made.items():
        make_observation(title=f"Look at the {name}", site=site, dates="2024")
    make_observation(title="Look some day", site=made["alone"])
    make_observation(title="Look around", region=city, dates="2024")
    make_observation(title="Look at the mound", region=city, site=made["mound"], dates="2025")
    make_observation(title="A secret look", site=make_site(state=State.DRAFT, **secret), dates="2025")
    return made


@pytest.mark.parametrize(
    ("model", "counts"),
    [
        (Site, {"Tower": 1, "2 places": 2, "Baku": 1, "Azerbaijan": 1}),
        (Observation, {"Tower": 1, "2 places": 3, "Baku": 2, "Azerbaijan": 1}),
    ],
    ids=["sites", "observations"],
)
def test_what_has_a_point_of_its_own_is_drawn_there_and_all_else_at_its_region(client, model, counts):
    sites_and_looks()
    for query in ("", "country=AZ", "bbox=40,39,51,42"):
        shown = holds(client, model, query)
        assert {pin.label: pin.count for pin in shown} == counts
        assert {pin.label for pin in shown if pin.approximate} == {"2 places", "Baku", "Azerbaijan"}
        two = next(pin for pin in shown if pin.label == "2 places")
        assert (two.longitude, two.latitude) == (47.15, 41.25)


@pytest.mark.parametrize("model", [Site, Observation], ids=lambda model: model.slug)
def test_a_square_of_sites_or_observations_counts_what_its_link_finds(client, model, monkeypatch):
    monkeypatch.setattr(pins, "MOST_PINS", 0)
    sites_and_looks()
    for edge in (("180", "90"), ("-180", "-90"), ("50.499999", "40")):
        make_observation(title="Edge", site=make_site(title="Edge", exact=edge), dates="2020")
    drawn = model.objects.public().filter(on_map=True).count()
    for side in pins.GRIDS:
        monkeypatch.setattr(pins, "GRIDS", (side,))
        cache.clear()
        assert sum(pin.count for pin in holds(client, model)) == drawn


def test_a_box_asks_for_the_published_point_and_for_the_region_only_where_there_is_none(client):
    made = sites_and_looks()
    found = {
        box: {entry.pk for entry in client.get(f"/sites/?bbox={box}").context_data["page_obj"]}
        for box in ("47.15,41.25,47.15,41.25", "47.1,41.2,47.14,41.24", "50,40,50,40", "47.5,41,47.5,41")
    }
    whole = {made["mound"].pk, made["grave"].pk}
    assert list(found.values()) == [whole, set(), {made["in the city"].pk}, set()]


def test_the_page_of_a_record_draws_its_one_published_point(client):
    made = sites_and_looks()
    looks = {look.title: look for look in Observation.objects.all()}
    expected = {
        made["mound"]: ("Mound", 47.15, 41.25, True),
        made["alone"]: ("Tower", 49.5, 40.5, False),
        made["in the country"]: ("Azerbaijan", 48.0, 40.0, True),
        looks["Look at the grave"]: ("Grave", 47.15, 41.25, True),
        looks["Look around"]: ("Baku", 50.0, 40.0, True),
    }
    for entry, pin in expected.items():
        shown = client.get(entry.get_absolute_url()).context_data["pins"]
        assert [(p.label, p.longitude, p.latitude, p.approximate) for p in shown] == [pin]
    for entry in (made["nowhere"], looks["Look some day"], looks["A secret look"]):
        assert client.get(entry.get_absolute_url()).context_data["pins"] == []


def test_points_that_would_cover_each_other_share_a_pin_that_finds_them_all(client):
    for title, exact in (("Gate", ("49.83", "40.36")), ("Tower", ("49.84", "40.37")), ("Far", ("47.1", "41.2"))):
        make_site(title=title, exact=exact)
    shown = {pin.label: pin for pin in holds(client, Site)}
    assert {label: pin.count for label, pin in shown.items()} == {"2 places": 2, "Far": 1}
    assert shown["2 places"].approximate and not shown["Far"].approximate
    assert (shown["2 places"].longitude, shown["2 places"].latitude) == (49.835, 40.365)
