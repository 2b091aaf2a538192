"""How pages look is the reader's choice, kept in their browser."""

import pytest

from registry.tests.web.page import read

pytestmark = pytest.mark.django_db

FONTS, MAP = "css/fonts.css", "hero-map"


def choose(client, theme, weight, back=""):
    return client.post("/display/", {"theme": theme, "weight": weight, "back": back})


def test_a_choice_is_kept_and_leads_back_to_the_page_it_came_from(client):
    answer = choose(client, "dark", "lite", "/projects/?q=mill")
    assert (answer.status_code, answer["Location"]) == (302, "/projects/?q=mill")
    html = client.get("/").content.decode()
    assert 'data-theme="dark"' in html and FONTS not in html and MAP not in html
    choose(client, "device", "full")
    html = client.get("/").content.decode()
    assert "data-theme" not in html and FONTS in html and MAP in html


def test_a_browser_that_asks_for_little_gets_little_unless_its_reader_wants_all(client):
    assert FONTS not in client.get("/", headers={"save-data": "on"}).content.decode()
    choose(client, "device", "full")
    assert FONTS in client.get("/", headers={"save-data": "on"}).content.decode()


def test_a_page_says_what_its_looks_depend_on(client):
    assert {"Cookie", "Save-Data"} <= set(client.get("/")["Vary"].replace(" ", "").split(","))
    assert "Save-Data" not in client.get("/api/v1/").headers.get("Vary", "")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"])
def test_no_choice_leads_to_another_host(client, back):
    assert choose(client, "dark", "full", back)["Location"] == "/display/"


def test_what_is_no_choice_is_refused_and_what_is_no_cookie_is_ignored(client):
    assert choose(client, "plaid", "full").status_code == 200
    client.cookies["display"] = '"><script>.lite.'
    assert "data-theme" not in client.get("/").content.decode()


def test_the_choice_has_the_page_in_every_language(client):
    assert "/fa/display/?back=/projects/" in read(client, "/display/?back=/projects/").links
