"""Without a mouse: the language, a list, its filter sheet on a phone, and the comparison."""

import pytest
from playwright.sync_api import expect

from registry.tests.admin import test_admin_in_a_browser
from registry.tests.make import make_project

pytestmark = [pytest.mark.django_db(transaction=True)]
browser = test_admin_in_a_browser.browser

MOST = 200  # presses of a key; whoever needs more has been lost


@pytest.fixture
def screen(browser, live_server):
    """Opens a page in a window of a width."""

    def open_at(address, width):
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
        page = context.new_page()
        page.goto(address)
        return page

    return open_at


def reach(page, selector):
    """Press Tab until that has the focus, and can be seen."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("document.activeElement.checkVisibility()")
            return
    raise AssertionError(f"Tab never came to {selector}")


def test_the_first_stop_skips_to_the_content(screen):
    page = screen("/", 1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_language_is_changed(screen):
    page = screen("/projects/?q=mill", 1280)
    reach(page, ".switch summary")
    page.keyboard.press("Enter")
    reach(page, ".switch a[lang=fa]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/fa/projects/?q=mill") and page.get_attribute("html", "dir") == "rtl"


def test_a_list_is_narrowed_and_records_compared(screen):
    for title, status in (("Mill", "ongoing"), ("Bridge", "ongoing"), ("Tower", "completed")):
        make_project(title=title, status=status)
    page = screen("/projects/", 1280)
    reach(page, "#filters [name=status][value=ongoing]")
    with page.expect_response(lambda answer: "status=ongoing" in answer.url):
        page.keyboard.press("Space")
    expect(page.locator("#show")).to_contain_text("2")
    reach(page, "#show")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _box in range(2):
        reach(page, "input[form=compare]")
        page.keyboard.press("Space")
    assert "Mill" in page.inner_text("#chosen") and "Bridge" in page.inner_text("#chosen")
    reach(page, "#compare button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.count("code=PRJ-") == 2 and "Mill" in page.inner_text("main table")


def test_the_filter_sheet_of_a_phone_opens_says_how_many_and_gives_the_focus_back(screen):
    make_project(title="Mill", status="ongoing")
    make_project(title="Tower", status="completed")
    page = screen("/projects/", 390)
    reach(page, "[popovertarget=filters]")
    page.keyboard.press("Enter")
    reach(page, "#filters [name=status][value=completed]")
    page.keyboard.press("Space")
    expect(page.locator("#show")).to_contain_text("1")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('[popovertarget=filters]')")
    assert not page.is_visible("#filters")
