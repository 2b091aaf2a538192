"""Every page of the desk in Chromium, wide and light, narrow and dark: axe finds nothing that shuts somebody out."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from registry import ledger
from registry.models import Project
from registry.tests.admin import test_admin_in_a_browser
from registry.tests.admin.forms import list_url, sign_in, url
from registry.tests.admin.test_imports import page_of, sent, upload
from registry.tests.make import make_project, make_region, make_site
from registry.tests.proposals import make_proposal, meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
browser = test_admin_in_a_browser.browser
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
READY = """
    [...document.querySelectorAll("select.admin-autocomplete:not([name*=__prefix__])")]
        .every(each => each.matches(".select2-hidden-accessible"))
"""
SCREENS = ((1280, "light"), (390, "dark"))


class Reader:
    """Somebody who opens pages; `found` is what axe has against them, and what runs out of the screen."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server, self.found = page, server, []

    def open(self, address: str) -> None:
        """Go there and look."""
        self.page.goto(self.server + address)
        self.look(address)

    def press(self, button: str, name: str) -> None:
        """Press a button and look at the answer."""
        with self.page.expect_navigation():
            self.page.click(button)
        self.look(name)

    def look(self, name: str) -> None:
        """Take down what axe finds on the page as it stands, on both screens."""
        for width, scheme in SCREENS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.wait_for_load_state("networkidle")
            # Select2 has made its boxes, and no colour is on its way to another one.
            self.page.wait_for_function(READY)
            self.page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
            at = f"{name} {scheme}"
            for said in Axe().run(self.page, options=RULES).response["violations"]:
                self.found += [f"{at}: {said['id']}: {node['html'][:200]}" for node in said["nodes"]]
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                self.found.append(f"{at}: runs out of the screen")
            if shots := os.environ.get("SHOTS"):
                self.page.screenshot(path=f"{shots}/{name.strip('/').replace('/', '-')}-{scheme}.png", full_page=True)


@pytest.fixture
def reader(browser, live_server) -> Iterator[Reader]:
    """In a window that lets axe in: the policy of the pages refuses every script that is not theirs."""
    with browser.new_context(bypass_csp=True) as context:
        yield Reader(context.new_page(), live_server.url)


def let_in(reader, group=None):
    """Sign the reader in, and give a client of the same person."""
    client = sign_in(group)
    session = client.cookies["sessionid"].value
    reader.page.context.add_cookies([{"name": "sessionid", "value": session, "url": reader.server}])
    return client


def test_nobody_is_shut_out_at_the_door(reader):
    reader.open("/accounts/login/")
    reader.page.fill("#id_login", "nobody")
    reader.page.fill("#id_password", "nothing")
    reader.press(".account-form [type=submit]", "refused at the door")
    reader.open("/accounts/password/reset/")
    let_in(reader)
    for address in ("", "app/activate/", "webauthn/add/"):
        reader.open(f"/accounts/second-step/{address}")
    reader.open("/accounts/password/change/")
    assert not reader.found, "\n".join(reader.found)


def test_nobody_is_shut_out_of_the_desk_the_lists_and_the_forms(reader):
    let_in(reader, "Editors")
    reader.open("/admin/")
    project = make_project(title="Mill", regions=[make_region(title="Baku")])
    draft, other = make_project(state="draft", status="ongoing"), make_project(title="Mill")
    let_in(reader)
    with ledger.batch(by=None, reason="Both") as batch:
        other.status = "completed"
        batch.save(other, expected=other.version)
    for address in ("/admin/", list_url(Project), list_url(Project) + "add/", url(draft), url(project, "history")):
        reader.open(address)
    reader.open(f"{list_url(Project)}merge/?lost={project.pk}&kept={other.pk}")
    for address in (url(draft, "delete"), "/admin/registry/change/", f"/admin/batches/{batch.id}/"):
        reader.open(address)
    reader.open(f"/admin/batches/{batch.id}/undo/")
    reader.open(url(make_site()))
    reader.open(url(project))
    reader.page.fill("#id_dates", "some day")
    reader.press("[name=_continue]", "a form that is refused")
    reader.open(url(project))
    reader.page.fill("#id_summary", "Mine")
    meanwhile(project, summary="Theirs")
    reader.press("[name=_continue]", "two saved at once")
    assert not reader.found, "\n".join(reader.found)


def test_nobody_is_shut_out_of_the_changes_of_many_records(reader):
    make_project(status="ongoing")
    client = let_in(reader, "Stewards")
    reader.open(list_url(Project))
    reader.page.check("#action-toggle")
    reader.page.select_option("[name=action]", "set_field")
    reader.press("[name=index]", "which field")
    reader.page.select_option("[name=field]", "status")
    reader.press("main [type=submit]", "which value")
    reader.page.select_option("[name=status]", "completed")
    reader.press("[name=_preview]", "what would change")
    reader.open("/admin/imports/")
    content = b"Name,status,Colour\nNew tower,Active,red\n,H,\n"
    page = page_of(upload(client, content))
    reader.open(page)
    sent(client, page, "columns-form", **{"check": "1", "to-0": "title", "to-2": "-"})
    reader.open(page)
    assert not reader.found, "\n".join(reader.found)


def test_nobody_is_shut_out_of_the_review(reader):
    project = make_project(title="Mill")
    let_in(reader, "Editors")
    reader.open("/admin/review/")
    proposal = make_proposal(project, title="The year is another", text="It stands in the yearbook.")
    reader.open("/admin/review/")
    reader.open(f"/admin/review/{proposal.pk}/")
    reader.open("/admin/review/mine/")
    assert not reader.found, "\n".join(reader.found)
