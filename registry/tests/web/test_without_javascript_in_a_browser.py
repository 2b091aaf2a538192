"""A phone without JavaScript: finding, filtering, paging, comparing, downloading and proposing all work."""

import csv
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from registry.models import Proposal
from registry.tests.admin import test_admin_in_a_browser
from registry.tests.make import make_project, make_region

pytestmark = [pytest.mark.django_db(transaction=True)]
browser = test_admin_in_a_browser.browser


@pytest.fixture
def phone(browser, live_server):
    """A page of an old phone, at the register."""
    size = {"width": 390, "height": 800}
    with browser.new_context(java_script_enabled=False, viewport=size, base_url=live_server.url) as context:
        yield context.new_page()


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def test_a_record_is_found_from_the_first_page(phone):
    project = make_project(title="Şəki caravanserai")
    phone.goto("/")
    phone.fill("input[name=q]", "seki")
    phone.click(".hero .search button")
    phone.click(f"a[href='{project.get_absolute_url()}']")
    expect(phone.locator("h1")).to_have_text(project.title)


def test_a_list_is_narrowed_in_the_sheet_paged_compared_and_downloaded(phone):
    place = make_region(title="Baku", longitude="49.87", latitude="40.41", precision="10km")
    for number in range(27):
        make_project(title=f"Mill {number:02}", status="ongoing", regions=[place])
    make_project(title="Tower", status="completed")
    phone.goto("/projects/?ordering=title")
    phone.click("[popovertarget=filters]:visible")
    phone.check("#filters [name=status][value=ongoing]")
    phone.click("#filters #show")
    expect(phone.locator("#count")).to_have_text(re.compile("27 of 28"))
    assert asked(phone)["status"] == ["ongoing"]
    phone.click("[rel=next]")
    expect(phone.locator(".rows h3")).to_have_text(["Mill 25", "Mill 26"])
    for box in phone.query_selector_all("input[form=compare]"):
        box.check()
    phone.click("#compare button")
    for title in ("Mill 25", "Mill 26"):
        expect(phone.locator("main table")).to_contain_text(title)
    phone.go_back()
    phone.click(".results-bar .menu summary")
    with phone.expect_download() as started:
        phone.click(".menu-sheet a[href*='format=csv']")
    rows = list(csv.DictReader(Path(started.value.path()).read_text("utf-8-sig").splitlines()))
    assert [row["title"] for row in rows] == [f"Mill {number:02}" for number in range(27)]


def test_a_correction_is_proposed_and_followed(phone):
    project = make_project(title="Mill", status="ongoing")
    phone.goto(project.get_absolute_url())
    phone.click("main a[href*='correct/?field=status']")
    phone.select_option("[name=status]", "completed")
    phone.fill("[name=where]", "A sign at the gate")
    for box in phone.query_selector_all("main form [type=checkbox][required]"):
        box.check()
    phone.click("main form button:not([name])")
    phone.wait_for_url("**/proposals/*/")
    [proposal] = Proposal.objects.all()
    assert proposal.proposed == {"status": "completed"}
    assert urlsplit(phone.url).path == f"/proposals/{proposal.reference}/"
