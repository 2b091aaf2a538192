"""On a page in Persian every word of a record says that it is in English, and every other word is translated."""

from html.parser import HTMLParser
from typing import ClassVar

from django.db.models import CharField, TextField
from django.test import TestCase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from registry import ledger, public, review
from registry.models import (
    ENTRIES,
    Citation,
    CountryBudget,
    Entry,
    Funding,
    Observation,
    Programme,
    Region,
    Row,
    Source,
)
from registry.tests.make import MAKERS
from registry.tests.rows import filled
from registry.web import urls

WORD = "Quxoprane"
PERSIAN = "دژ"
# Elements that hold no markup but one text of several languages.
_BARE = {"title", "option", "textarea", "script", "style"}
_VOID = {"area", "br", "circle", "hr", "img", "input", "link", "meta", "path", "rect", "source", "use", "wbr"}
# Fields of letters that follow a standard, and addresses.
_CODED = {"dates", "currency", "country", "language", "iso_code", "url", "website", "time_zone", "archived_sha256"}
_CODED |= {"file_name", "file_type", "file_sha256", "value", "languages", "links", "about", "within"}
_POINT = {"longitude": "49.87", "latitude": "40.41", "precision": "10km"}
# What a page needs to show all that it can.
MORE = {
    Region: _POINT,
    Observation: {"dates": "2020", "verification": "reported", "condition": "good"},
    CountryBudget: {"year": 2020},
    Programme: {"dates": "2099"},
    Funding: {"mechanism": "seed_grant"},
}


class Spoken(HTMLParser):
    """The texts of a page that hold the word, each with the language that it is marked with."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found = [], []
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        if tag not in _VOID:
            language = dict(pairs).get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        path = [tag for tag, _language in self.open]
        bare = _BARE & set(path[-1:]) and not (path[-1] == "title" and "svg" in path)
        if WORD in data and not bare:
            self.found.append((" ".join(data.split())[:80], self.open[-1][1]))


def words_of(model: type[Entry | Row]) -> dict[str, object]:
    """The word in every field of free words that the public reads."""
    names = public.ROW_FIELDS[model] if issubclass(model, Row) else public.fields(model)
    found: dict[str, object] = {"hashtags": [WORD]} if "hashtags" in names else {}
    for field in (model._meta.get_field(name) for name in names if name not in _CODED):
        if isinstance(field, CharField | TextField) and not field.choices:
            found[field.name] = WORD
    return found


def register() -> list[Entry]:
    """A record of every noun with every relation and row, and nothing but the word for words."""
    names = {"title": WORD, "summary": WORD, "other_names": [{"name": WORD, "language": "", "note": WORD}]}
    more = MORE | {Region: {"kind": "country", "iso_code": "AZ"}}
    others = {model: MAKERS[model](**names | words_of(model) | more.get(model, {})) for model in ENTRIES}
    made = []
    for model in ENTRIES:
        cited = [Citation(source=others[Source], locator=WORD, note=WORD)]
        given = names | words_of(model) | MORE.get(model, {}) | ({"citations": cited} if model is not Source else {})
        made.append(filled(model, others, words_of, **given))
    return made


def addresses(records: list[Entry]) -> list[str]:
    """Every kind of page that needs no more than the code of a record, in Persian."""
    codes = {entry.slug: entry.pk for entry in records}
    found = [f"/fa/search/?q={codes['projects']}", f"/fa/projects/?region={codes['regions']}&missing=event"]
    for pattern in urls.urlpatterns:
        asked = set(pattern.pattern.converters)
        if asked <= {"code"}:
            slug = str(pattern.pattern).partition("/")[0]
            with translation.override("fa"):
                found.append(reverse(f"registry:{pattern.name}", args=[codes[slug]] if asked else []))
    for model in ENTRIES:
        page = f"/fa/{model.slug}/{codes[model.slug]}/correct/"
        found += [f"{page}?field={name}" for name in review.proposable(model)]
    return found


class Missed:
    """Stands behind a catalogue, and notes what is asked of it in vain."""

    def __init__(self) -> None:
        self.messages: set[str] = set()

    def gettext(self, message: str) -> str:
        """In English."""
        self.messages.add(message)
        return message

    def ngettext(self, one: str, many: str, number: int) -> str:
        """In English."""
        self.messages.add(one)
        return one if number == 1 else many


class TestPersianPages(TestCase):
    """Every kind of page is read once; each claim looks at all of them."""

    pages: ClassVar[dict[str, str]] = {}
    missed: ClassVar[set[str]] = set()

    @classmethod
    def setUpTestData(cls):
        cls.records = register()

    def setUp(self):
        """Read every page, before the first of the claims."""
        if self.pages:
            return
        catalogue, behind = trans_real.translation("fa"), Missed()
        before, catalogue._fallback = catalogue._fallback, behind
        try:
            for address in addresses(self.records):
                response = self.client.get(address)
                if response["Content-Type"].startswith("text/html"):
                    self.pages[address] = response.content.decode()
        finally:
            catalogue._fallback = before
        self.missed.update(behind.messages)

    def test_every_word_of_a_record_is_marked_as_english(self):
        assert len(self.pages) > 150
        found = [
            f"{address}: {text}"
            for address, page in self.pages.items()
            for text, language in Spoken(page).found
            if language != "en"
        ]
        assert found == []

    def test_every_word_of_the_register_itself_is_translated(self):
        assert sorted(self.missed) == []

    def test_in_english_no_word_is_marked(self):
        for entry in self.records:
            page = self.client.get(reverse(f"registry:{entry.noun}-detail", args=[entry.pk])).content.decode()
            assert WORD in page
            assert 'lang="en"' not in page.partition("<main")[2], entry.pk

    def test_what_is_translated_stands_in_the_language_of_the_page(self):
        entry = self.records[0]
        entry.translations = {"fa": {"title": PERSIAN, "summary": f"{PERSIAN} {PERSIAN}"}}
        with ledger.batch(by=None, reason="For a test") as batch:
            batch.save(entry, expected=entry.version)
        page = self.client.get(f"/fa/projects/{entry.pk}/").content.decode()
        assert f"<h1>{PERSIAN}</h1>" in page and f"{PERSIAN} {PERSIAN}" in page
        assert f"<title>{PERSIAN} · " in page
        assert f">{PERSIAN}</a>" in self.client.get("/fa/projects/").content.decode()
        assert f"<h1>{WORD}</h1>" in self.client.get(f"/projects/{entry.pk}/").content.decode()
