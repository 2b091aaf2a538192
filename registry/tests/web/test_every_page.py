"""Every public address answers as it should, found by following every link of a seeded register."""

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from django.test import TestCase
from django.urls import reverse

from registry import seeding
from registry.models import ENTRIES
from registry.tests.make import MAKERS
from registry.tests.web.page import Page
from registry.web import urls

SECRET = "Quxoprane"
MAIL = re.compile(r"[\w.+-]+(@|&#64;|%40)[\w-]+\.[a-z]{2,}", re.I)
UNSAFE = re.compile(r"unsafe-|\*|https?:|blob:", re.I)


# The pages in other languages are asked where languages are tested; here one of them stands for all.
OTHER_LANGUAGE = re.compile(r"/(az|ru|fa)/.")


def corrected_by(address: str) -> tuple[str, bool] | None:
    """The noun that a page corrects, and whether it is a form."""
    parts = urlsplit(address)
    return (parts.path.split("/")[1], bool(parts.query)) if parts.path.endswith("/correct/") else None


@dataclass
class Answer:
    """What an address gave, without what a test case cannot keep."""

    status: int
    headers: dict[str, str]
    body: str
    page: Page | None


def ask(client, address: str) -> Answer:
    response = client.get(address)
    is_page = response["Content-Type"].startswith("text/html") and not address.startswith("/admin/")
    page = Page(response) if is_page else None
    return Answer(response.status_code, dict(response.headers), response.content.decode(), page)


class TestSeededRegister(TestCase):
    """Crawled once; each claim looks at all the answers."""

    answers: ClassVar[dict[str, Answer]] = {}
    corrections: ClassVar[dict[tuple[str, bool] | None, str]] = {}

    @classmethod
    def setUpTestData(cls):
        seeding.seed()
        for make in MAKERS.values():
            make(title=f"{SECRET} draft", state="draft")

    def setUp(self):
        """Ask every address, before the first of the claims."""
        waiting = {"/", "/search/?q=heritage", "/api/v1/"} - set(self.answers)
        if waiting:
            waiting |= {f"/api/v1/{model.slug}/{entry.pk}/" for model in ENTRIES for entry in model.objects.public()}
        while waiting:
            address = waiting.pop()
            answer = self.answers[address] = ask(self.client, address)
            waiting |= self.unasked(answer.page.inside()) if answer.page else set()
        self.pages = {address: answer for address, answer in self.answers.items() if answer.page}

    def unasked(self, addresses: set[str]) -> set[str]:
        """What was not asked yet; of the pages that correct a record, one of each kind for each noun."""
        found = set()
        for address in sorted(addresses - set(self.answers)):
            kind = corrected_by(address)
            if OTHER_LANGUAGE.match(address):
                continue
            if self.corrections.setdefault(kind, address) == address or not kind:
                found.add(address)
        return found

    def test_every_link_leads_somewhere(self):
        wrong = {address: answer.status for address, answer in self.answers.items() if answer.status != 200}
        assert wrong == {"/admin/": 302}

    def test_following_links_reaches_every_page_and_every_record(self):
        reached = {urlsplit(address).path for address in self.answers}
        lists = {reverse(f"registry:{p.name}") for p in urls.urlpatterns if not p.pattern.converters}
        records = {entry.get_absolute_url() for model in ENTRIES for entry in model.objects.public()}
        assert len(lists) > len(ENTRIES) and lists <= reached
        assert len(records) > 50 and records <= reached

    def test_every_page_has_one_heading_and_a_title(self):
        for address, answer in self.pages.items():
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8", address
            assert len(answer.page.headings) == 1 and answer.page.headings[0].strip(), address
            assert answer.page.title.strip(), address

    def test_no_answer_tells_of_a_draft(self):
        assert [address for address, answer in self.answers.items() if SECRET in answer.body] == []

    def test_no_answer_holds_an_address_of_a_person(self):
        assert {address: m[0] for address, answer in self.answers.items() if (m := MAIL.search(answer.body))} == {}

    def test_every_answer_carries_the_strict_policy(self):
        for address, answer in self.answers.items():
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, address
            assert not UNSAFE.search(policy), address
            assert answer.headers["X-Content-Type-Options"] == "nosniff", address

    def test_reading_sets_no_cookie(self):
        """But for the pages where somebody is about to write: there it proves who filled in the form."""
        ends = ("/write/", "/join/")
        forms = [a for a in self.pages if a.endswith(ends) or a.startswith("/propose/") or "/correct/?" in a]
        forms.remove("/propose/")
        for address in set(self.pages) - set(forms):
            assert "Set-Cookie" not in self.pages[address].headers, address
