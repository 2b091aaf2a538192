"""The large map counts what the lists count, for one noun and for all of them, and asks no more for more records."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Region, State
from registry.tests.make import MAKERS, make_event, make_funding, make_observation, make_project, make_region, make_site
from registry.tests.web.page import Page
from registry.web.map_summary import EVERY

pytestmark = pytest.mark.django_db
WORLD = "-180,-90,180,90"


def place(title, longitude, latitude, **given):
    return make_region(title=title, longitude=longitude, latitude=latitude, precision="10km", **given)


@pytest.fixture
def filled():
    """Two countries, a city close to another, and records of several nouns in them, or in two at once, or nowhere."""
    az = place("Azerbaijan", "48", "40", kind="country", iso_code="AZ")
    ge = place("Georgia", "43.5", "42", kind="country", iso_code="GE")
    baku = place("Baku", "49.9", "40.4", parent=az)
    near = place("Sumqayit", "49.7", "40.6", parent=az)
    for regions in ([baku], [baku, near], [near], [az, ge], [ge]):
        make_project(title="Old walls", status="ongoing", regions=regions)
        make_funding(title="For walls", regions=regions)
    make_project(title="No place named")
    make_event(title="A walk", region=baku)
    for exact in (("49.83", "40.36"), ("45.1", "41.9"), None):
        site = make_site(title="Gate", region=baku, exact=exact)
        make_observation(title="A look", site=site, dates="2024")
    return az


def pins(client, query, zoom, view=WORLD):
    answer = client.get(f"/map/pins/?{query}&view={view}&zoom={zoom}")
    assert answer.status_code == 200, answer.content
    return answer.json()["features"]


def panel(client, query, pin):
    answer = client.get(f"/map/place/?{query}&place={pin['place']}&box={pin['box']}")
    assert answer.status_code == 200, answer.content
    return answer.json()["groups"]


@pytest.mark.parametrize(
    "query",
    ["", "status=ongoing&country=AZ", "q=walls", "has=regions", "bbox=49,40,50,41", "region=%(az)s"],
    ids=["all", "status and country", "words", "stated", "box", "region"],
)
def test_the_same_question_finds_as_many_on_the_map_as_in_the_list(client, filled, query):
    query = query.replace("%(az)s", filled.pk)
    here = client.get(f"/map/?noun=project&{query}")
    assert here.context_data["count"] == client.get(f"/projects/?{query}").context_data["count"] > 0
    assert [(n, url) for _noun, n, url in here.context_data["lists"]] == [
        (here.context_data["count"], f"/projects/?{query}" if query else "/projects/")
    ] or "," in query
    shown = here.context_data["places"]
    assert shown
    for row in shown:
        assert client.get(row.url).context_data["count"] == row.count, row


@pytest.mark.parametrize("zoom", [2, 7])
@pytest.mark.parametrize("noun", ["project", "funding", "site", "everything"])
def test_a_pin_of_a_place_opens_as_many_records_as_it_says_and_the_lists_have_them_all(client, filled, noun, zoom):
    found = [pin["properties"] for pin in pins(client, f"noun={noun}", zoom)]
    assert found
    for pin in found:
        groups = panel(client, f"noun={noun}", pin)
        assert pin["records"].startswith(f"{pin['count']} record")
        behind = sum(client.get(group["url"]).context_data["count"] for group in groups)
        assert behind == pin["count"], pin


def test_what_is_close_together_is_one_cluster_until_one_comes_closer(client, filled):
    far = [pin["properties"]["is_cluster"] for pin in pins(client, "noun=project", 5)]
    near = {pin["properties"]["name"]: pin["properties"]["is_cluster"] for pin in pins(client, "noun=project", 9)}
    assert any(far)
    assert near == dict.fromkeys(["Azerbaijan", "Baku", "Georgia", "Sumqayit"], False)


def test_only_the_piece_of_the_map_that_is_looked_at_is_read(client, filled):
    names = {pin["properties"]["name"] for pin in pins(client, "noun=project", 11, view="49.5,40.2,50.1,40.8")}
    assert names == {"Baku", "Sumqayit"}


def test_everything_is_the_sum_of_the_nouns_and_places_are_not_among_it(client, filled):
    page = client.get("/map/?noun=everything").context_data
    assert Region not in EVERY
    assert page["count"] == sum(client.get(f"/map/?noun={model.noun}").context_data["count"] for model in EVERY)
    assert {choice.value: choice.count for choice in page["choices"]}["everything"] == page["count"]


def test_what_not_every_noun_can_be_asked_is_left_out_and_said(client, filled):
    page = client.get("/map/?noun=everything&status=ongoing").context_data
    assert page["count"] > 10 and "“status”" in page["notices"][0]
    assert "“castle”" in client.get("/map/?noun=castle").context_data["notices"][0]


def test_without_a_script_the_page_has_the_drawn_map_the_places_and_what_has_no_place(client, filled):
    page = Page(client.get("/map/"))
    assert '<svg class="map map--list"' in page.html and "No place named" in page.text
    assert page.links["/projects/?region=" + Region.objects.get(title="Baku").pk].strip()
    assert 'id="places"' in page.html and 'href="#places"' in page.html and 'href="#map"' in page.html
    assert "style=" not in page.html


def test_the_files_of_the_map_are_loaded_on_this_page_alone_and_not_by_those_who_want_little(client, filled):
    assert "leaflet" in client.get("/map/").content.decode()
    assert "leaflet" not in client.get("/projects/").content.decode()
    assert "leaflet" not in client.get("/map/", headers={"save-data": "on"}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "pins/?view=1,2,3&zoom=5",
        "pins/?view=-180,-90,180,90&zoom=99",
        "pins/?view=5,5,1,1&zoom=5",
        "place/?box=0,0,a,0",
    ],
)
def test_an_answer_that_cannot_be_given_says_what_to_ask(client, asked):
    answer = client.get(f"/map/{asked}")
    assert answer.status_code == 400 and "degrees" in answer.json()["detail"]


def test_what_is_not_public_changes_no_answer_of_the_map(client, filled):
    secret = place("Hidden", "50.9", "41.4", state=State.DRAFT)
    asked = ["/map/?noun=everything", f"/map/pins/?noun=everything&view={WORLD}&zoom=9"]
    before = [client.get(address).content for address in asked]
    make_project(title="Secret", state=State.DRAFT, regions=[secret, filled])
    make_site(title="Secret", state=State.DRAFT, exact=("51", "41"))
    cache.clear()
    assert [client.get(address).content for address in asked] == before
    assert client.get(f"/map/place/?place={secret.pk}&box=50.9,41.4,50.9,41.4").status_code == 400


def test_the_map_of_everything_asks_as_much_for_one_record_as_for_many(client, filled):
    def cost(address):
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    addresses = ["/map/?noun=everything", f"/map/pins/?noun=everything&view={WORLD}&zoom=5"]
    city = Region.objects.get(title="Baku")
    for maker in MAKERS.values():
        related = {field.name for field in maker().__class__.entry_relations()}
        maker(**({"regions": [city]} if "regions" in related else {}))
    few = [cost(address) for address in addresses]
    for _ in range(6):
        make_project(regions=[city])
        make_event(region=city)
    assert [cost(address) for address in addresses] == few


def test_links_of_pins_stay_on_this_host(client, filled):
    for pin in client.get("/map/?noun=everything").context_data["pins"]:
        assert urlsplit(pin.url).path == "/map/"


def test_a_list_leads_to_the_same_records_on_the_map_and_on_the_time_line(client, filled):
    page = Page(client.get("/projects/?status=ongoing&q=walls"))
    for address in ("/map/", "/timeline/"):
        [link] = [link for link in page.links if link.startswith(f"{address}?")]
        assert client.get(link).context_data["notices"] == []
        assert "status=ongoing" in link and "noun=project" in link
    assert not any(link.startswith("/timeline/?") for link in Page(client.get("/regions/")).links)
