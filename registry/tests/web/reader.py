"""Somebody who opens every kind of page in Chromium and takes down whatever is wrong with it."""

import json
import os
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDTHS = (320, 390, 768, 1280, 1920)  # CSS pixels
# The screens of a kind of page in English and in Persian, from one kind to the next: each is looked at wide and narrow,
# light and dark, and among four kinds every screen occurs in both languages.
SCREENS = (
    ((1280, "light"), (390, "dark")),
    ((390, "light"), (1280, "dark")),
    ((1280, "dark"), (390, "light")),
    ((390, "dark"), (1280, "light")),
)
WATCH = """
    window.violations = [];
    addEventListener("securitypolicyviolation", e => violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
    return document.documentElement.scrollWidth;
}"""
AS_MADE = "() => { document.adoptedStyleSheets = []; return document.documentElement.scrollWidth; }"


class Reader:
    """Opens pages at the live server; `found` is all that is wrong with them."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.server, self.found, self.at = server, [], ""
        context = browser.new_context(reduced_motion="reduce")
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH)
        self.page.on("console", lambda said: self._said(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self._said(str(error)))
        self.page.on("request", lambda request: self._asks(request.url))
        self.axe = Axe().axe_script

    def _said(self, text: str) -> None:
        if "the server responded with a status of 4" not in text:
            self.found.append(f"{self.at}: {text}")

    def _asks(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:")):
            self.found.append(f"{self.at}: asks {urlsplit(url).netloc}")

    def open(self, name: str, address: str, screen: tuple[int, str]) -> None:
        """Go there; look at it on this screen, a width and a colour; and in every width, with wide spacing too."""
        self.at = name
        width, scheme = screen
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(self.server + address)
        if self.page.locator(".large-map-frame").count():  # the only page that fetches once it stands
            self.page.wait_for_load_state("networkidle")
        self.page.evaluate(self.axe)
        self.page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
        self._look(f"{name} {width} {scheme}")
        self._widths()
        self.found += [f"{name}: refused by the policy: {said}" for said in self.page.evaluate("window.violations")]

    def _look(self, name: str) -> None:
        said = self.page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
        for rule in said["violations"]:
            self.found += [f"{name}: {rule['id']}: {node['html'][:160]}" for node in rule["nodes"][:3]]
        if shots := os.environ.get("SHOTS"):
            self.page.screenshot(path=f"{shots}/{name.replace('/', '-')}.png", full_page=True)

    def _widths(self) -> None:
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            for spacing in (AS_MADE, SPACED):
                wide = self.page.evaluate(spacing)
                if wide > width:
                    how = "spaced, " if spacing == SPACED else ""
                    self.found.append(f"{self.at}: {how}scrolls sideways, {wide} in {width}")
