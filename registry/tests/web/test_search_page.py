"""The search page: any keyboard finds, found words are marked, and a slip of the hand leads on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import highlights, search
from registry.models import State
from registry.tests.make import make_organisation, make_project, make_region
from registry.tests.web.page import Page

SPELLINGS = {
    "Şəki": ["seki", "ŞƏKİ", "şeki", "Seki"],
    "Qız Qalası": ["qiz qalasi", "QIZ QALASI", "qız"],
    "Göyçə gölü, Ağdam": ["goyce", "AGDAM", "ağdam golu"],
    "Баку": ["baku", "БАКУ", "Бак"],
    "Йык": ["йык", "и\u0306ык"],
    "Кольский": ["kolskiy", "кольск"],
    "باکو": ["باكو", "باکو"],
    "آذربایجان": ["آذربايجان", "اذربایجان"],
    "مُحَمَّد مصطفى": ["محمد", "مصطفی", "مصطفي"],
    "خانه‌های کهن": ["خانه‌های", "خانه های", "خانههای"],
    "معماری ۱۲۳": ["معماری", "123", "١٢٣", "۱۲۳"],
    "Երևան": ["Երեւան", "երևան", "erevan"],
    "Շուշի": ["շուշի", "shushi"],
    "თბილისი": ["თბილისი", "tbilisi"],
    "Oʻzbekiston": ["oʻzbekiston", "O'zbekiston"],
}


@pytest.mark.django_db
def test_every_script_and_spelling_finds_titles_other_names_and_translations_through_the_page(client):
    titled, named, translated = {}, {}, {}
    for name in SPELLINGS:
        titled[name] = make_project(title=name).pk
        named[name] = make_project(other_names=[{"name": name, "language": "und", "note": ""}]).pk
        translated[name] = make_project(translations={"az": {"title": name}}).pk
    for name, queries in SPELLINGS.items():
        for query in queries:
            groups = client.get("/search/", {"q": query}).context_data["groups"]
            found = {entry.pk for group in groups for entry in group.entries}
            assert found == {titled[name], named[name], translated[name]}, (name, query)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Fortress of Şəki", "seki", "Fortress of [Şəki]"),
        ("Шеки и Баку", "bak", "Шеки и [Бак]у"),
        ("Շուշի", "շուշ", "[Շուշ]ի"),
        ("Straße der Straßen", "strasse", "[Straße] der [Straße]n"),
        ("معماری", "معما", "[معما]ری"),
        ("not asbaku", "baku", "not asbaku"),
        ("a <b>bold</b> & b", "b", "a <[b]>[b]old</[b]> & [b]"),
        ("Baku", "%%", "Baku"),
        ("", "baku", ""),
    ],
)
def test_found_words_are_marked_where_they_stand(text, query, marked):
    parts = highlights.parts(text, query)
    assert "".join(f"[{words}]" if lit else words for words, lit in parts) == marked


@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_never_adds_or_loses_anything_and_folds_as_the_search_does(text, query):
    assert "".join(words for words, _lit in highlights.parts(text, query)) == text
    assert "".join(folded for _piece, folded in search.pieces(text)) == search.fold(text)


@pytest.mark.django_db
def test_the_page_marks_titles_names_and_the_part_of_a_long_summary_and_escapes_the_rest(client):
    make_project(title="Walls <i>of</i> Sheki", summary="Long " * 60 + "the gate of Şəki stands.")
    make_project(title="Elsewhere", other_names=[{"name": "Şəki yolu", "language": "az", "note": ""}])
    page = Page(client.get("/search/?q=%C5%9E%C9%99ki"))
    assert "the gate of <mark>Şəki</mark> stands" in page.html
    assert '<bdi lang="az"><mark>Şəki</mark> yolu</bdi>' in page.html
    page = Page(client.get("/search/?q=sheki"))
    assert "Walls &lt;i&gt;of&lt;/i&gt; <mark>Sheki</mark>" in page.html


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["%s", "lower", "prj ۰"], ids=["as it is", "in small letters", "in Persian digits"])
def test_a_code_leads_straight_to_its_record(client, typed):
    entry = make_project(title="Old mill")
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    query = {"%s": entry.pk, "lower": entry.pk.lower(), "prj ۰": entry.pk.translate(digits)}[typed]
    page = Page(client.get("/search/", {"q": query}))
    assert page.links[entry.get_absolute_url()].strip().startswith("Old mill")
    assert page.html.index('class="named"') < page.html.index('class="count"')


@pytest.mark.django_db
def test_the_code_of_a_draft_is_as_if_it_were_not_there_and_that_of_a_withdrawn_record_tells_why(client):
    draft, gone = make_project(state=State.DRAFT), make_project(state=State.WITHDRAWN)
    assert client.get("/search/", {"q": draft.pk}).context_data["named"] is None
    assert gone.get_absolute_url() in Page(client.get("/search/", {"q": gone.pk})).links


@pytest.mark.django_db
@pytest.mark.parametrize("slip", ["shekki", "hseki", "sehki", "Sheki fortres xyz", "fortess", "Şekkı"])
def test_a_slip_of_the_hand_is_answered_with_the_nearest_names(client, slip):
    place = make_region(title="Sheki", other_names=[{"name": "Şəki", "language": "az", "note": ""}])
    walls = make_project(title="Sheki fortress")
    make_project(title="Sheki fortress, not yet told", state=State.DRAFT)
    for n in range(3):
        make_organisation(title=f"Museum {n}")
    page = client.get("/search/", {"q": slip})
    assert page.context_data["count"] == 0
    near = {hit.entry.pk for hit in page.context_data["nearest"]}
    assert near and near <= {place.pk, walls.pk}
    assert set(Page(page).links) >= {hit.entry.get_absolute_url() for hit in page.context_data["nearest"]}


@pytest.mark.django_db
def test_what_is_like_nothing_leads_on_all_the_same(client):
    make_project(title="Sheki fortress")
    page = client.get("/search/", {"q": "zzqx"})
    assert page.context_data["nearest"] == [] and "/projects/" in Page(page).links
