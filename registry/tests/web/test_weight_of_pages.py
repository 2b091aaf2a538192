"""What a first and a later visit to a page cost somebody who pays for their data."""

import gzip
from urllib.parse import urlsplit

import pytest

from registry import seeding
from registry.tests.admin import test_admin_in_a_browser

pytestmark = [pytest.mark.django_db(transaction=True)]
browser = test_admin_in_a_browser.browser

FIRST, LATER = 150_000, 40_000  # bytes
COMPRESSED = (".woff2", ".png")
PAGES = ("/", "/projects/", "/projects/PRJ-0001/")


def weight(address, body):
    """Bytes on the line: files are served compressed by their own kind or by gzip, with some for the headers."""
    return 300 + (len(body) if urlsplit(address).path.endswith(COMPRESSED) else len(gzip.compress(body, 6)))


def visit(context, address):
    """By address, what opening the page loads."""
    page, loaded = context.new_page(), {}
    page.on("response", lambda answer: loaded.update({answer.url: answer}))
    page.goto(address, wait_until="networkidle")
    weights = {url: weight(url, answer.body()) for url, answer in loaded.items()}
    page.close()
    return weights


def test_a_first_visit_and_a_later_one_are_light_in_every_language(browser, live_server):
    seeding.seed()
    heavy = {}
    for prefix in ("", "/az", "/ru", "/fa"):
        for page in PAGES:
            with browser.new_context(viewport={"width": 390, "height": 800}) as context:
                address = f"{live_server.url}{prefix}{page}"
                loaded = visit(context, address)
                if sum(loaded.values()) > FIRST or loaded[address] > LATER:
                    heavy[prefix + page] = (sum(loaded.values()), sorted(loaded.items(), key=lambda each: -each[1])[:5])
    assert heavy == {}


def test_a_light_weight_page_loads_no_font(browser, live_server):
    seeding.seed()
    with browser.new_context(extra_http_headers={"Save-Data": "on"}) as context:
        loaded = visit(context, f"{live_server.url}/")
    assert [url for url in loaded if url.endswith(".woff2")] == []
    assert sum(loaded.values()) < LATER
