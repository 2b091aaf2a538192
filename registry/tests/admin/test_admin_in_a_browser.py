"""The admin in Chromium: the whole of an editor's round, and not one violation of the Content-Security-Policy."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from registry import ledger
from registry.models import Project
from registry.tests.admin.forms import list_url, url
from registry.tests.make import make_project, make_region, make_source, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
WATCH = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", e => violations.push(e.violatedDirective + e.blockedURI));
"""


@pytest.fixture
def browser(monkeypatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps an event loop in the thread of the test
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield started
        started.close()
        connections.close_all()  # inside the event loop Django keeps connections of their own


class Editor:
    """Somebody at a screen who signs in through the page; `complaints` is what the browser refused or reported."""

    def __init__(self, browser: Browser, server: str, *, width: int = 1280, scheme: str = "light") -> None:
        user = make_user()
        self.server, self.complaints = server, []
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH)
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.open("/admin/")
        self.page.fill("#id_login", user.username)
        self.page.fill("#id_password", "a good pass phrase")
        self.press(".account-form [type=submit]")

    def open(self, address: str) -> None:
        """Go there, and take down what the browser has to say."""
        self.page.goto(self.server + address)
        self.look()

    def press(self, button: str) -> None:
        """Press what leads to another page; a click alone returns before the answer is there."""
        with self.page.expect_navigation():
            self.page.click(button)
        self.look()

    def look(self) -> None:
        """Take down what the browser refused on the page so far."""
        self.page.wait_for_load_state("networkidle")
        self.complaints += self.page.evaluate("window.violations")

    def find(self, field: str, words: str) -> None:
        """Type words into a field that finds records, and take the first."""
        box = self.page.locator(f"#id_{field} + .select2 .select2-selection")
        box.click()
        self.page.keyboard.type(words)
        self.page.locator(".select2-results__option--highlighted", has_text=words).click()


def test_the_watch_sees_a_violation(browser, live_server):
    editor = Editor(browser, live_server.url)
    editor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    editor.look()
    assert editor.complaints


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["wide", "narrow and dark"])
def test_no_page_breaks_the_content_security_policy_or_runs_out_of_the_screen(browser, live_server, width, scheme):
    project = make_project(regions=[make_region(title="Baku")])
    draft = make_project(state="draft")
    editor = Editor(browser, live_server.url, width=width, scheme=scheme)
    pages = ["/admin/", list_url(Project), list_url(Project) + "add/", url(project), url(project, "history")]
    pages += [
        url(draft, "delete"),
        "/admin/registry/change/",
        "/admin/registry/statement/add/",
        "/admin/auth/group/add/",
    ]
    pages += ["/admin/registry/user/add/", "/admin/registry/countrybudget/add/", "/accounts/password/change/"]
    pages += ["/accounts/second-step/", "/accounts/second-step/app/activate/", "/accounts/second-step/webauthn/add/"]
    for address in pages:
        editor.open(address)
        assert editor.page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert editor.complaints == []


def test_an_editor_finds_names_cites_saves_and_settles_a_conflict(browser, live_server):
    baku, source, project = make_region(title="Baku"), make_source(title="The report"), make_project(title="Before")
    editor = Editor(browser, live_server.url)
    page = editor.page
    editor.open(url(project))
    editor.find("regions", "Baku")
    page.click("[data-add-row]")
    page.locator("[name=other_names-name]").last.fill("Another name")
    page.get_by_text("Add another Citation").click()
    editor.find("registry-citation-entry_type-entry_code-1-source", "The report")
    page.fill("#id_registry-citation-entry_type-entry_code-1-locator", "page 4")
    page.fill("#id_title", "Mine")
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        stored = Project.objects.get(pk=project.pk)
        stored.title, stored.summary = "Theirs", "Written by somebody else"
        batch.save(stored, expected=stored.version)
    editor.press("[name=_continue]")
    assert "somebody else saved this record" in page.content()
    assert page.locator("[name=keep-title][value=mine]").is_checked()
    assert page.locator("[name=keep-summary][value=theirs]").is_checked()
    editor.press("button.default")
    stored.refresh_from_db()
    assert (stored.title, stored.summary) == ("Mine", "Written by somebody else")
    assert [region.pk for region in stored.regions.all()] == [baku.pk]
    assert [name["name"] for name in stored.other_names] == ["Another name"]
    assert source.pk in [citation.source_id for citation in stored.citations.all()]
    # The browser itself notes in its console that the conflict page came as a 409.
    assert [text for text in editor.complaints if "409" not in text] == []


def test_a_list_is_narrowed_to_a_place_that_is_found_while_typing(browser, live_server):
    make_project(title="Here", regions=[make_region(title="Baku")])
    make_project(title="Elsewhere")
    editor = Editor(browser, live_server.url)
    editor.open(list_url(Project))
    editor.find("region_filter", "Baku")
    editor.press(".region-filter button")
    assert editor.page.locator("#result_list tbody tr").count() == 1
    assert editor.complaints == []


def test_a_source_is_added_in_a_window_of_its_own_while_citing_it(browser, live_server):
    project = make_project(state="draft")
    editor = Editor(browser, live_server.url)
    page = editor.page
    editor.open(url(project))
    page.get_by_text("Add another Citation").click()
    with page.expect_popup() as opened:
        page.locator("#add_id_registry-citation-entry_type-entry_code-0-source").click()
    window = opened.value
    window.fill("#id_title", "A new report")
    window.select_option("#id_kind", "report")
    with window.expect_event("close"):
        window.click("[name=_save]")
    page.fill("#id_registry-citation-entry_type-entry_code-0-locator", "page 2")
    editor.press("[name=_continue]")
    assert [citation.source.title for citation in project.citations.all()] == ["A new report"]
    assert editor.complaints == []


def test_somebody_who_needs_a_second_step_adds_a_passkey_and_signs_in_with_it_alone(browser, live_server, settings):
    settings.SECOND_FACTOR = "required"
    editor = Editor(browser, live_server.url)
    page, keys = editor.page, editor.page.context.new_cdp_session(editor.page)
    keys.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    device |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.wait_for_url("**/accounts/second-step/")
    page.click("text=Add a passkey")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    editor.look()
    page.click("#logout-form button")
    page.wait_for_url("**/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/admin/")
    editor.look()
    assert "Editors' desk" in page.title() and editor.complaints == []
