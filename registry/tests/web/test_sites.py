"""The page of a site: names elsewhere, how exactly it is shown, and figures that equal the lists behind them."""

import re

import pytest

from registry.models import Citation, Designation, Identifier, InventoryItem, ObservedThreat
from registry.tests.make import make_mission, make_observation, make_organisation, make_site, make_source
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


def sources():
    return [Citation(source=make_source(), locator="page 1") for _ in range(2)]


@pytest.fixture
def watched():
    """A site with an observation on each of four rungs, and another site with one."""
    site, body = make_site(), make_organisation(title="Institute")
    climate = {"threat": "climate", "likelihood": "probable"}
    for rung, dates, condition in (
        ("alleged", "2017", "destroyed"),
        ("reported", "", "good"),
        ("corroborated", "2015-06", "fair"),
        ("verified", "2023-04", "poor"),
    ):
        make_observation(
            title=f"Seen: {rung}",
            site=site,
            verification=rung,
            dates=dates,
            condition=condition,
            damage_extent="1_10",
            method="drone",
            verified_by=body if rung == "verified" else None,
            threats=[ObservedThreat(**climate)],
            citations=sources(),
        )
    make_observation(site=make_site(title="Another"), verification="corroborated", citations=sources())
    return site


@pytest.mark.parametrize("asked", ["", "?rungs=all", "?rungs=alleged&rungs=verified"])
def test_every_figure_on_the_page_equals_the_number_behind_its_link(client, watched, asked):
    page = read(client, watched.get_absolute_url() + asked)
    figures = {link: re.match(r"\s*(\d+)\b", words) for link, words in page.links.items() if "/observations/?" in link}
    told = {link: int(words[1]) for link, words in figures.items() if words}
    assert len(told) > 5
    for link, figure in told.items():
        assert client.get(link).context_data["count"] == figure, link


def test_the_reader_chooses_which_rungs_are_counted(client, watched):
    address = watched.get_absolute_url()
    usual = client.get(address).context_data["watch"]
    assert ([told.code for told in usual.conditions], usual.count, usual.total) == (["fair", "poor"], 2, 4)
    chosen = client.get(address + "?rungs=alleged&rungs=nonsense").context_data["watch"]
    assert [told.code for told in chosen.conditions] == ["destroyed"]
    assert "“nonsense” is no rung of verification" in read(client, address + "?rungs=nonsense").text


def test_the_time_line_stands_in_order_and_what_has_no_date_stands_apart(client, watched):
    told = client.get(watched.get_absolute_url()).context_data["watch"]
    assert [seen.entry.title for seen in told.sightings] == ["Seen: corroborated", "Seen: alleged", "Seen: verified"]
    assert [seen.entry.title for seen in told.undated] == ["Seen: reported"]
    assert [seen.counted for seen in told.sightings] == [True, False, True]


def test_a_site_nobody_looked_at_says_so_and_leads_to_what_was_proposed(client):
    page = read(client, make_site().get_absolute_url())
    assert "No observation is recorded here yet. That says nothing about the condition." in page.text
    assert "/initiatives/?kind=remote_monitoring" in page.links


def test_an_identifier_is_a_link_only_where_its_register_has_lasting_addresses_of_that_shape(client):
    given = {"wikidata": "Q1", "whc": "958", "geonames": "1/../2", "openstreetmap": "way/12", "national": "958"}
    rows = [Identifier(scheme=scheme, value=value) for scheme, value in given.items()]
    rows[0].match_state = "confirmed"
    page = read(client, make_site(identifiers=rows).get_absolute_url())
    outside = {link for link in page.links if link.startswith("https://")}
    assert outside == {
        "https://www.wikidata.org/wiki/Q1",
        "https://whc.unesco.org/en/list/958",
        "https://www.openstreetmap.org/way/12",
    }
    assert page.text.count("Confirmed") == 1 and page.text.count("Suggested") == 4


@pytest.mark.parametrize("chosen", ["region", "country", "hidden"])
def test_where_no_point_is_shown_the_page_is_the_same_with_and_without_an_exact_place(client, chosen):
    known = make_site(precision_chosen=chosen, exact=("49.83", "40.36"))
    unknown = make_site(precision_chosen=chosen)
    told = [client.get(site.get_absolute_url()).context_data for site in (known, unknown)]
    assert told[0]["exactness"] == told[1]["exactness"] and "can put it at risk" in told[0]["exactness"][0]
    assert told[0]["point"] is told[1]["point"] is None


def test_an_archaeological_site_says_that_its_point_is_the_middle_of_a_square(client):
    site = make_site(heritage_types=["archaeological_site"], exact=("49.83", "40.36"))
    page = read(client, site.get_absolute_url())
    assert "about 10 km wide" in page.text and "49.83" not in page.html


def test_a_site_shows_its_protection_and_the_criterion_of_the_missions_that_listed_it(client):
    site = make_site(designations=[Designation(kind="world_heritage", dates="2000", reference="958")])
    make_mission(title="A count", inventory=[InventoryItem(site=site, criterion="Oldest of its kind")])
    make_mission(title="A secret", state="draft", inventory=[InventoryItem(site=site, criterion="Hush")])
    page = read(client, site.get_absolute_url())
    assert "World Heritage List" in page.text and "Oldest of its kind" in page.text
    assert "Hush" not in page.text and "A secret" not in page.text
