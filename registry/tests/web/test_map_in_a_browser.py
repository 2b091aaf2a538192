"""The large map in Chromium, by keyboard alone: nothing refused by the policy, nothing that only a pointer reaches."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from registry.tests.admin import test_admin_in_a_browser
from registry.tests.admin.test_admin_in_a_browser import WATCH
from registry.tests.make import make_project, make_region

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
browser = test_admin_in_a_browser.browser


@pytest.fixture
def page(browser) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def filled():
    """Two towns that only a closer look tells apart, and one far away."""
    at = {
        title: make_region(title=title, longitude=east, latitude=north, precision="10km")
        for title, east, north in (("Baku", "49.9", "40.4"), ("Sumqayit", "49.7", "40.6"), ("Sheki", "47.2", "41.2"))
    }
    for title, place in at.items():
        make_project(title=f"Walls of {title}", regions=[place])
    make_project(title="More of Baku", regions=[at["Baku"]])


def where(page):
    return page.locator(".leaflet-map-pane").evaluate("pane => pane.style.transform")


def test_the_map_is_read_by_keyboard_from_a_cluster_to_the_records_and_back(page, live_server):
    filled()
    page.goto(f"{live_server.url}/map/")
    canvas, panel = page.get_by_role("group", name="Map of the records"), page.locator(".large-map-panel")
    cluster = page.get_by_role("button", name="3 records close together: show closer")
    expect(cluster).to_be_visible()
    expect(page.locator("svg.map--list")).to_be_hidden()
    expect(page.get_by_role("heading", name="Places")).to_be_visible()

    canvas.focus()
    stood = where(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".leaflet-map-pane")).not_to_have_attribute("style", stood)
    assert where(page) != stood
    scale = canvas.get_attribute("data-ready")
    page.keyboard.press("+")
    expect(canvas).not_to_have_attribute("data-ready", scale)
    page.keyboard.press("-")
    expect(canvas).to_have_attribute("data-ready", scale)

    baku = page.get_by_role("button", name="Baku: 2 records")
    for _step in range(6):
        if baku.count():
            break
        shown = canvas.get_attribute("data-ready")
        page.get_by_role("button", name="close together").first.focus()
        page.keyboard.press("Enter")
        expect(canvas).not_to_have_attribute("data-ready", shown)
    expect(page.get_by_role("button", name="Sumqayit: 1 record")).to_be_attached()

    baku.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("heading", name="Baku")).to_be_visible()
    expect(panel.get_by_role("link", name="Walls of Baku")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(baku).to_be_focused()
    page.keyboard.press("Enter")
    panel.get_by_role("link", name="See all 2 records in the list").click()
    expect(page.locator("#count")).to_have_text("2 of 4 records")
    assert page.complaints == [] and page.evaluate("violations") == []


def test_the_map_speaks_persian_from_right_to_left_and_is_itself_from_left_to_right(page, live_server):
    filled()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/fa/map/?noun=everything")
    expect(page.locator(".pin").first).to_be_visible()
    assert page.locator(".large-map-canvas").evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == [] and page.evaluate("violations") == []


def test_a_name_of_a_country_is_not_cut_off_and_stands_on_no_other(page, live_server):
    filled()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{live_server.url}/fa/map/?noun=everything")
    expect(page.locator(".large-map-canvas")).to_have_attribute("data-ready", re.compile(r"\d"))
    inside = page.locator(".large-map-canvas").bounding_box()
    names = [name.bounding_box() for name in page.locator(".large-name:not(.large-name--out)").all()]
    assert len(names) >= 3
    for box in names:
        assert inside["x"] < box["x"] and box["x"] + box["width"] < inside["x"] + inside["width"]
    apart = [(a["x"], a["y"]) for a, b in combinations(names, 2) if meet(a, b)]
    assert apart == []


def meet(one, other):
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )
