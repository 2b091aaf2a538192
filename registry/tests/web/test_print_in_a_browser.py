"""A record on paper: its facts, its sources with their addresses and how to cite it, and nothing to click."""

import pytest
from playwright.sync_api import expect

from registry.models import Citation
from registry.tests.admin import test_admin_in_a_browser
from registry.tests.make import make_project, make_source

pytestmark = [pytest.mark.django_db(transaction=True)]
browser = test_admin_in_a_browser.browser
ON_SCREEN = (".masthead .nav", ".foot-columns", ".correct", "main .button")


def test_a_record_prints_with_its_sources_and_its_citation_and_without_what_only_a_screen_can_do(browser, live_server):
    source = make_source(title="A report", url="https://example.org/report")
    project = make_project(title="Mill", status="ongoing", citations=[Citation(source=source, locator="page 7")])
    page = browser.new_page()
    page.goto(live_server.url + project.get_absolute_url())
    for screen_only in ON_SCREEN:
        expect(page.locator(screen_only).first).to_be_visible()
    page.emulate_media(media="print")
    for words in ("Mill", "page 7", "https://example.org/report", f"{project.get_absolute_url()}history/1/"):
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    for screen_only in ON_SCREEN:
        expect(page.locator(screen_only).locator("visible=true")).to_have_count(0)
