"""Search: any keyboard, any spelling, the best first, and nothing that a reader types can break it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from registry import ledger, search
from registry.models import Citation, Project
from registry.tests.make import make_initiative, make_organisation, make_project, make_region, make_source

unhurried = settings(deadline=None)
ANY = st.text(st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Şəki", "seki"),
        ("ŞƏKİ", "seki"),
        ("Шеки", "sheki"),
        ("İçərişəhər", "iceriseher"),
        ("Қазақстан", "qazaqstan"),
        ("تهران", "thrn"),
        ("Սևան", "sevan"),
        ("თბილისი", "tbilisi"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
    ],
)
def test_folding_takes_marks_case_and_script_away(text, folded):
    assert search.fold(text) == folded


@unhurried
@given(ANY)
def test_a_query_becomes_plain_words_or_is_refused(text):
    try:
        wanted = search.tsquery(text)
    except ValidationError:
        return
    assert all(word.removesuffix(":*").isalnum() and word.isascii() for word in wanted.split(" & ") if word)


@unhurried
@given(ANY)
def test_folding_twice_changes_nothing_more(text):
    once = search.fold(text)
    assert search.fold(once) == once


@pytest.mark.parametrize("text", ["x" * 201, "a " * 17], ids=["201 characters", "17 words"])
def test_a_query_that_is_too_long_is_refused_in_words(text):
    with pytest.raises(ValidationError, match="Search for at most"):
        search.tsquery(text)


def test_a_query_at_its_limits_is_answered():
    assert search.tsquery("x" * 200) == "x" * 200 + ":*"
    assert search.tsquery("a " * 16).count("&") == 15


class TestFinding(TestCase):
    """A fortress in Sheki, a mill elsewhere, and people who type as they please."""

    @classmethod
    def setUpTestData(cls):
        country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
        cls.sheki = make_region(
            title="Sheki", parent=country, other_names=[{"name": "Şəki", "language": "az", "note": ""}]
        )
        cls.fortress = make_project(title="Fortress works", summary="The walls are mended.", regions=[cls.sheki])
        cls.mill = make_project(title="Old mill", summary="Near the fortress of another town.")
        cls.idea = make_initiative(title="Crafts", hashtags=["EvdeQal"], objective="Weaving is taught")

    def found(self, query, kind=Project):
        return list(search.best_first(search.find(kind.objects.public(), query), query))

    def test_a_project_is_found_by_its_place_in_every_spelling(self):
        for query in ("sheki", "Şəki", "şəki", "seki", "Шеки", "ŞƏKİ", "SHEKI fortress", "fortress sheki", "azerb"):
            assert self.found(query) == [self.fortress], query

    def test_words_in_the_title_count_more_than_words_elsewhere(self):
        assert self.found("fortress") == [self.fortress, self.mill]

    def test_the_best_record_of_a_search_page_comes_first(self):
        [group] = self.client.get("/search/", {"q": "fortress"}).context_data["groups"]
        assert group.entries == [self.fortress, self.mill]

    def test_every_word_has_to_fit_and_each_may_be_cut_short(self):
        assert self.found("fort wall") == [self.fortress]
        assert self.found("fortress nowhere") == []
        assert self.found("ortress") == []

    def test_a_code_is_found(self):
        assert self.found(self.mill.pk) == self.found(self.mill.pk.lower()) == [self.mill]

    def test_hashtags_and_objectives_are_found(self):
        for query in ("evdeqal", "#EvdeQal", "weaving"):
            assert self.found(query, type(self.idea)) == [self.idea], query

    def test_a_query_of_signs_finds_nothing_and_an_empty_one_asks_nothing(self):
        for query in ("%", "!!", "&|", "'", "«»"):
            assert self.found_on_page(query) == 0
        assert self.client.get("/search/", {"q": "  "}).context_data["groups"] == []

    def found_on_page(self, query):
        return self.client.get("/search/", {"q": query}).context_data["count"]

    def test_the_search_page_counts_each_noun_and_leads_to_all_of_it(self):
        context = self.client.get("/search/", {"q": "fortress"}).context_data
        assert [(group.noun.model, group.count) for group in context["groups"]] == [(Project, 2)]
        assert self.client.get(context["groups"][0].url).context_data["count"] == 2

    def test_the_search_page_says_what_is_wrong_with_a_query(self):
        context = self.client.get("/search/", {"q": "word " * 30}).context_data
        assert context["count"] == 0 and context["notices"] == ["Search for at most 16 words."]

    def test_a_new_name_finds_at_once_and_a_dropped_one_no_longer(self):
        self.fortress.title = "Citadel works"
        with ledger.batch(by=None, reason="The source was corrected") as batch:
            batch.save(self.fortress, expected=self.fortress.version)
        assert self.found("citadel") == [self.fortress] and self.found("fortress") == [self.mill]

    def test_a_project_is_found_by_the_names_of_those_who_take_part(self):
        body = make_organisation(title="Heydər Foundation")
        row = type(self.fortress).participations.rel.related_model(organisation=body, role="funding")
        with ledger.batch(by=None, reason="The source names it") as batch:
            batch.save(self.fortress, expected=self.fortress.version, related={"participations": [row]})
        assert self.found("heyder foundation") == self.found("HEYDƏR") == [self.fortress]

    def test_a_source_lends_its_name_to_nothing(self):
        make_project(title="Cited", citations=[Citation(source=make_source(title="Gazette"), locator="page 1")])
        assert self.found("gazette") == []


@pytest.mark.django_db
@unhurried
@given(ANY)
def test_no_query_is_the_registers_fault(text):
    try:
        assert list(search.best_first(search.find(Project.objects.public(), text), text)) == []
    except ValidationError as error:
        assert "Search for at most" in error.messages[0]
