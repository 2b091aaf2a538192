"""Every public address answers as it should, found by following every link of a seeded register."""

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

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
CODE = re.compile(r"[A-Z]{3}-\d{4,}")
# Asked in so many ways that one of each noun stands for the others: the same list or record told otherwise.
TOLD_OTHERWISE = re.compile(r"[?&](format|back|code|has|missing|ordering|page|region|bbox)=([^&]*)")

# Periods, places and nouns make many pages of these two: one of each set of questions stands for the others.
ACROSS = {"/map/", "/timeline/"}


def kind_of(address: str) -> tuple | None:
    """Of what every record and every list has besides its page, one of each noun is asked; None for all else."""
    parts = urlsplit(address)
    path = CODE.sub("CODE", parts.path)
    if path in ACROSS:
        return path, *sorted(parse_qs(parts.query))
    if told := TOLD_OTHERWISE.search(address):
        return path, told[1], told[2] if told[1] == "format" else ""
    beyond = path.partition("/CODE/")[2]
    return (path, bool(parts.query)) if beyond else None


# What scripts and feed readers ask for; a list without a record offers none of it.
FOR_PROGRAMS = re.compile(r"-feed$|^map-")


@dataclass
class Answer:
    """What an address gave, without what a test case cannot keep."""

    status: int
    headers: dict[str, str]
    body: str
    page: Page | None
    cookies: list[str]


def ask(client, address: str) -> Answer:
    response = client.get(address)
    is_page = response["Content-Type"].startswith("text/html") and not address.startswith("/admin/")
    page = Page(response) if is_page else None
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(
        response.status_code, dict(response.headers), body.decode(errors="replace"), page, [*response.cookies]
    )


class TestSeededRegister(TestCase):
    """Crawled once; each claim looks at all the answers."""

    answers: ClassVar[dict[str, Answer]] = {}
    kinds: ClassVar[dict[tuple | None, str]] = {}

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
        """What was not asked yet; of what is told in many ways, one of each kind for each noun."""
        found = set()
        for address in sorted(addresses - set(self.answers)):
            kind = kind_of(address)
            if OTHER_LANGUAGE.match(address):
                continue
            if not kind or self.kinds.setdefault(kind, address) == address:
                found.add(address)
        return found

    def test_every_link_leads_somewhere(self):
        wrong = {address: answer.status for address, answer in self.answers.items() if answer.status != 200}
        assert wrong == {"/admin/": 302}

    def test_following_links_reaches_every_page_and_every_record(self):
        reached = {urlsplit(address).path for address in self.answers}
        pages = [
            route for route in urls.urlpatterns if not route.pattern.converters and not FOR_PROGRAMS.search(route.name)
        ]
        lists = {reverse(f"registry:{route.name}") for route in pages}
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
        starts = ("/propose/", "/display/")
        forms = [a for a in self.pages if a.endswith(ends) or a.startswith(starts) or "/correct/?" in a]
        forms.remove("/propose/")
        assert {a for a, answer in self.pages.items() if answer.cookies and not a.startswith("/api/")} <= set(forms)
