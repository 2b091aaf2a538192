"""Somebody on their first day, in Chromium, who reads the screen and knows nothing else."""

import os
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

from registry.models import Change, Project
from registry.tests.admin import test_admin_in_a_browser
from registry.tests.admin.forms import sign_in
from registry.tests.make import make_project, make_region

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
browser = test_admin_in_a_browser.browser
# Keystroke-level model, Card, Moran and Newell 1983, in seconds: a key of somebody who does not type for a living, to
# point and click, to move a hand between mouse and keys, to think before a step. Finding one's way is not in it.
KEY, POINT, HAND, THINK = 0.28, 1.3, 0.4, 1.35
# Reading, in words a minute: Brysbaert 2019.
READING = 238


@dataclass
class Newcomer:
    """Acts by what stands on the screen, and counts what that costs a person."""

    page: Page
    steps: int = 0
    seconds: float = 0.0
    pictures: int = 0

    def act(self, *, keys: int = 0, reads: str = "") -> None:
        """Count a step: think, point, click, read what stands at it, type."""
        self.steps += 1
        self.seconds += THINK + POINT + (2 * HAND + keys * KEY if keys else 0) + len(reads.split()) / READING * 60

    def see(self) -> None:
        """Keep a picture of the screen in the folder that SHOTS names."""
        self.pictures += 1
        if shots := os.environ.get("SHOTS"):
            self.page.wait_for_load_state("networkidle")
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=f"{shots}/newcomer-{width}-{self.pictures:02}.png", full_page=True)

    def read(self, words: str) -> str:
        """Everything that is said above a form or a list."""
        said = self.page.get_by_text(words).first
        said.wait_for()
        self.seconds += len(said.inner_text().split()) / READING * 60
        return said.inner_text()

    def write(self, label: str, words: str, role: str = "textbox") -> None:
        """Type into the first field with the label, and read the help below it."""
        field = self.page.get_by_role(role, name=re.compile(f"^{label}")).first
        self._reach(field)
        stands = field.input_value()
        field.fill(words)
        self.act(keys=len(words.removeprefix(stands)), reads=f"{label} {self._help(field)}")

    def choose(self, label: str, option: str) -> None:
        """Choose from a list that opens."""
        self.page.get_by_role("combobox", name=re.compile(f"^{label}")).first.select_option(option)
        self.act(reads=label)
        self.act(reads=option)

    def find(self, label: str, words: str) -> None:
        """Type into a field that finds records, and take what it finds."""
        self.page.get_by_role("searchbox", name=re.compile(f"^{label}")).first.click()
        self.page.keyboard.type(words)
        self.page.get_by_role("option", name=words).first.click()
        self.act(keys=len(words), reads=label)
        self.act(reads=words)

    def press(self, button: str, role: str = "button") -> None:
        """Press what leads on, and look at the answer."""
        with self.page.expect_navigation():
            found = self.page.get_by_role(role, name=button, exact=True).last
            self._reach(found)
            found.click()
        self.act(reads=button)
        self.see()

    def follow(self, link: str) -> None:
        """Follow a link."""
        self.press(link, role="link")

    def _reach(self, target: Locator) -> None:
        """Count a turn of the wheel for each screen between here and there."""
        target.wait_for()
        away = target.bounding_box()["y"] / self.page.viewport_size["height"]
        self.seconds += abs(int(away // 1)) * POINT

    def _help(self, field: Locator) -> str:
        said = field.get_attribute("aria-describedby")
        return self.page.locator(f"[id='{said}']").inner_text() if said else ""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["wide", "narrow and dark"])
def test_a_newcomer_publishes_a_project_with_its_source_and_corrects_it(browser, live_server, width, scheme):
    person = sign_in("Editors", first_name="Leyla").user
    make_region(title="Sheki")
    make_project(title="A bath house")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    me = Newcomer(page)
    page.goto(f"{live_server.url}/admin/")
    me.write("User name or e-mail address", person.username)
    me.write("Password", "a good pass phrase")
    me.press("Sign in")

    me.read("Write what your source says")
    me.follow("Add a project")
    me.read("It cites a published source")
    me.write("Title", "Caravanserai roof repair")
    me.write("Summary", "The roof is being repaired with lime mortar")
    me.choose("Status", "Ongoing")
    me.find("Regions", "Sheki")
    with page.expect_popup() as opened:
        page.get_by_role("group", name="Sources").get_by_role("link", name="Add another source").first.click()
    me.act()
    me.page = opened.value
    me.see()
    me.write("Title", "Yearbook of monuments 2026")
    me.choose("Kind", "Report")
    with opened.value.expect_event("close"):
        me.page.get_by_role("button", name="Save and publish").click()
    me.act()
    me.page = page
    me.write("Where in the source", "page 12")
    me.press("Save and publish")

    me.read("is published: everybody can read it.")
    me.follow("View public page")
    assert "repaired with lime mortar" in page.inner_text("main") and "page 12" in page.inner_text("main")

    page.go_back()
    me.act()
    project = Project.objects.get(title="Caravanserai roof repair")
    me.follow(project.pk)
    me.write("Summary", "The roof is being repaired with lime mortar and larch")
    me.write("Reason for the change", "The yearbook names both")
    me.press("Save")
    me.follow("View public page")
    assert "lime mortar and larch" in page.inner_text("main")

    assert [change.by for change in Change.objects.of(project.pk)] == [person, person]
    assert project.citations.get().source.is_public
    print(f"{me.steps} steps, {me.seconds:.0f} s")
    assert me.seconds < 180
