"""Every word that the register itself says can be said in another language.

All translation is replaced by brackets, and all records are in Georgian: a Latin word outside brackets is nobody's.
"""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation

from registry import iso_names, ledger
from registry.models import ENTRIES, Citation, InitiativeParticipation, ProjectParticipation, Statement
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_event,
    make_initiative,
    make_organisation,
    make_project,
    make_region,
    make_source,
    make_statement,
)
from registry.web import facts

pytestmark = pytest.mark.django_db

# Codes, the name of a format, currencies, and what comes from the lists of ISO with translations of their own.
NOT_OURS = re.compile(
    r"\b(English|Azərbaycanca|[A-Z]{3}-\d+|(?:Geo|ND)?JSON(?:-LD)?|CSV|Excel|XLSX|Atom|BibTeX|RIS|schema\.org|USD|AZ|az|Azerbaijan"
    r"|Azerbaijani|https?://\S+|[A-Z]?\d[\w.]*)\b"
)
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "content", "label"}
GEORGIAN = "ქართული"


class Words(HTMLParser):
    """Everything on a page that a reader reads or hears."""

    def __init__(self, html):
        super().__init__()
        self.said, self.silent = [], False
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        self.silent = tag in {"script", "style"}
        technical = tag == "meta" and dict(pairs).get("name") != "description"
        self.said += [value for name, value in pairs if name in SPOKEN and value and not technical]

    def handle_endtag(self, tag):
        self.silent = False

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)


def untranslated(html):
    """The Latin words of a page that no translation gave."""
    found = set()
    for text in Words(html).said:
        text = text.replace("For a test", "").replace("A report", "")  # the words of the makers
        while text != (inner := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)):
            text = inner
        found |= set(re.findall(r"[A-Za-z]{2,}", NOT_OURS.sub(" ", text)))
    return found


@pytest.fixture
def bracketed(monkeypatch):
    """Django's translation gives the message in brackets."""
    real = translation._trans
    for name, message in {"gettext": 0, "pgettext": 1}.items():
        monkeypatch.setattr(real, name, lambda *given, at=message: f"⟦{given[at]}⟧")
    for name, first in {"ngettext": 0, "npgettext": 1}.items():
        monkeypatch.setattr(real, name, lambda *given, at=first: f"⟦{given[at] if given[-1] == 1 else given[at + 1]}⟧")


@pytest.fixture
def georgian():
    """A register of everything, in Georgian."""
    text = {
        "title": GEORGIAN,
        "summary": GEORGIAN,
        "other_names": [{"name": GEORGIAN, "language": "az", "note": GEORGIAN}],
    }
    point = {"longitude": "49.87", "latitude": "40.41", "precision": "10km"}
    source = make_source(**text, publisher=GEORGIAN, language="az", dates="2010-21", retrieved_on="2026-01-05")
    whole = Citation(source=source, locator=f"{GEORGIAN} 2")
    text["citations"] = [Citation(source=source, locator=GEORGIAN, fields=["title"], note=GEORGIAN), whole]
    country = make_region(kind="country", iso_code="AZ", **text)
    place = make_region(parent=country, **text, **point)
    body = make_organisation(country="AZ", organisation_type="10", website="https://example.org/", **text)
    event = make_event(region=place, organiser=body, dates="2018/..", kind="panel", **text)
    work = {"regions": [place], "event": event, "scope": "single", **text}
    for status, dates in (("ongoing", "2018/2021?"), ("suspended", "/2018"), ("completed", "201X")):
        rows = [ProjectParticipation(organisation=body, role="funding")]
        make_project(status=status, dates=dates, heritage_types=["urban"], participations=rows, **work)
    make_project(region_as_reported=GEORGIAN, status="in_progress", status_as_reported=GEORGIAN, **text)
    make_initiative(
        owhc_type="digital_access",
        dates="19XX",
        participations=[InitiativeParticipation(organisation=body, role="owner")],
        **work,
    )
    for basis, maturity in (("unknown", "preliminary"), ("of_need", "final"), ("of_budget", "")):
        make_budget(region=country, gap_basis=basis, maturity=maturity, event=event, **text)
    make_budget(label_as_reported=GEORGIAN, amount="1500.50", gap_percent=None, year=2020, **text)
    speech = {"speaker": GEORGIAN, "speaker_role": GEORGIAN, "affiliation": body, "event": event}
    make_statement(about=[place.pk], **speech, **text)
    make_statement(speaker=GEORGIAN, **text)
    for model in set(ENTRIES) - {Statement}:
        MAKERS[model](**{name: value for name, value in text.items() if name in {"title", "citations"}})
    entry = MAKERS[ENTRIES[0]](**text)
    with ledger.batch(by=None, reason=GEORGIAN) as batch:
        batch.withdraw(entry, expected=entry.version, why=GEORGIAN)
    return entry


def test_the_test_itself_catches_a_plain_word(bracketed):
    assert untranslated('<p title="Plain">⟦a ⟦b⟧ c⟧ word PRJ-0001</p>') == {"Plain", "word"}


def test_every_word_of_every_page_is_translated(client, bracketed, georgian):
    addresses = ["/", "/search/", f"/search/?q={GEORGIAN}", "/search/?q=" + "a " * 20, "/nothing/", "/?%FF"]
    addresses.append(georgian.get_absolute_url())
    for model in ENTRIES:
        addresses += [entry.get_absolute_url() for entry in model.objects.public()]
        addresses += [
            f"/{model.slug}/",
            f"/{model.slug}/?q={GEORGIAN}&ordering=-title&has=summary&page=7",
            f"/{model.slug}/?q=9999",
        ]
        addresses += [
            f"/{model.slug}/?9=9&source=9&updated_since=9&year=9&ordering=9&page=9&bbox=9&country=9&missing=9"
        ]
    plain = {address: untranslated(client.get(address).content.decode()) for address in addresses}
    assert {address: words for address, words in plain.items() if words} == {}


def test_a_country_and_a_language_are_named_in_the_language_of_the_page():
    body, source = make_organisation(country="AZ"), make_source(language="fa")
    with translation.override("ru"):
        said = {fact.name: fact.value for entry in (body, source) for fact in facts.facts(entry, [])}
    assert (said["country"], said["language"]) == ("Азербайджан", "персидский")


@pytest.mark.parametrize("language", ["az", "ru", "fa"])
def test_countries_around_the_sea_and_their_languages_have_a_name_in_each_language(language):
    countries, languages = ("AZ", "AM", "GE", "IR", "KZ", "RU", "TM", "TR"), ("az", "hy", "ka", "fa", "kk", "ru", "tk")
    with translation.override("en-gb"):
        english = {*map(iso_names.country, countries), *map(iso_names.language, (*languages, "tly"))}
    with translation.override(language):
        said = {*map(iso_names.country, countries), *map(iso_names.language, (*languages, "tly"))}
    assert len(said) == len(english) and not said & english
