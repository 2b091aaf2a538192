"""Pages of missions and of single observations, from nearly empty ones to full ones."""

import pytest

from registry.models import Citation, InventoryItem, MissionStep, ObservedThreat
from registry.tests.make import (
    make_mission,
    make_observation,
    make_organisation,
    make_region,
    make_resource,
    make_site,
    make_source,
)
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


def test_a_mission_that_is_only_proposed_says_what_is_not_stated(client):
    page = read(client, make_mission().get_absolute_url())
    for words in ("No site listed by this mission", "No observation made by this mission", "What is known to block it"):
        assert words in page.text
    (step,) = client.get(make_mission().get_absolute_url()).context_data["trail"]
    assert (step.label, step.when, step.is_now) == ("Proposed", "", True)


def test_what_blocks_a_mission_stands_before_its_facts(client):
    page = read(client, make_mission(status="blocked", obstacles="No access was given.").get_absolute_url())
    assert page.text.index("No access was given.") < page.text.index("Key facts")


def test_the_trail_of_a_mission_stands_by_date_and_marks_the_status_known_now(client):
    steps = [("completed", "2021-06"), ("agreed", ""), ("proposed", "2020"), ("under_way", "2021-05")]
    trail = [MissionStep(status=status, dates=dates) for status, dates in steps]
    mission = make_mission(status="completed", trail=trail)
    told = client.get(mission.get_absolute_url()).context_data["trail"]
    assert [step.status for step in told] == ["proposed", "under_way", "completed", "agreed"]
    assert [step.status for step in told if step.is_now] == ["completed"]


def test_being_a_party_says_nothing_about_territory(client):
    mission = make_mission(parties=[make_region(title="Armenia", kind="country")], region_as_reported="The valley")
    page = read(client, mission.get_absolute_url())
    assert "Being a party says nothing about territory" in page.text
    assert "Armenia" in page.text and "The valley" in page.text


def test_the_inventory_names_criterion_and_note_and_the_observations_lead_to_all_of_them(client):
    site = make_site(title="Old bridge")
    mission = make_mission(inventory=[InventoryItem(site=site, criterion="Span", note="Seen at dusk")])
    for year in (2020, 2021):
        make_observation(mission=mission, dates=str(year))
    page = read(client, mission.get_absolute_url())
    assert "Span" in page.text and "Seen at dusk" in page.text and site.get_absolute_url() in page.links
    link = next(link for link in page.links if "/observations/?mission=" in link)
    assert "2 observations" in page.links[link] and client.get(link).context_data["count"] == 2


def test_an_observation_says_in_words_how_sure_it_is_and_who_checked_it(client):
    body, film = make_organisation(title="Institute of Walls"), make_resource(title="The film")
    seen = make_observation(
        verification="verified",
        verified_by=body,
        method="drone",
        dates="2023-04",
        evidence=[film],
        threats=[ObservedThreat(threat="climate", likelihood="probable")],
    )
    page = read(client, seen.get_absolute_url())
    assert "Verified by Institute of Walls. Method: drone. Date: April 2023." in page.text
    assert "Probable" in page.text and film.get_absolute_url() in page.links
    assert [rung.code for rung in client.get(seen.get_absolute_url()).context_data["rungs"] if rung.counted] == [
        "verified"
    ]


def test_a_verifier_that_the_public_cannot_read_is_not_named(client):
    body = make_organisation(title="Quiet institute", state="draft")
    seen = make_observation(verification="verified", verified_by=body, method="drone", dates="2023")
    assert "Quiet institute" not in read(client, seen.get_absolute_url()).text


def test_an_observation_without_place_or_date_is_listed_and_said_to_be_off_the_map(client):
    seen = make_observation(title="Somewhere, some day")
    page = read(client, "/observations/")
    assert "Not on the map" in page.text and "Date not stated" in page.text and seen.get_absolute_url() in page.links
    assert "It is not on the map" in read(client, seen.get_absolute_url()).text


def test_the_list_says_how_many_of_those_found_are_counted_and_leads_to_exactly_those(client):
    for rung in ("alleged", "corroborated", "corroborated"):
        two = [Citation(source=make_source(), locator="page 1") for _ in range(2)]
        make_observation(verification=rung, condition="poor", citations=two)
    for asked, counted in (("?condition=poor", 2), ("?verification=alleged", 0), ("?verification=verified", 0)):
        told = client.get(f"/observations/{asked}").context_data
        assert told["counted"] == counted
    page = read(client, "/observations/?condition=poor&page=1")
    link = next(link for link, words in page.links.items() if "2 of those found are counted" in words)
    assert client.get(link).context_data["count"] == 2


def test_lists_without_a_record_say_so_and_lead_to_what_was_proposed(client):
    assert "/initiatives/?kind=remote_monitoring" in read(client, "/observations/").links
    assert "/initiatives/?kind=field_mission" in read(client, "/missions/").links
