"""A list as its address says: what is asked, what is ignored and said, and the addresses one step away."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import TestCase

from registry.models import ENTRIES, Citation, CountryBudget, Event, Project, Site
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_event,
    make_organisation,
    make_project,
    make_region,
    make_site,
    make_source,
)
from registry.tests.web.page import read
from registry.web.paging import PER_PAGE

pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)


def ask(client, model, query=""):
    """What the page of a list shows."""
    response = client.get(f"/{model.slug}/?{query}" if query else f"/{model.slug}/")
    assert response.status_code == 200
    return response.context_data


def codes(context):
    return [entry.pk for entry in context["page_obj"]]


def asked(url):
    return parse_qs(urlsplit(url).query)


class TestPages(TestCase):
    """Two pages of projects and a row on a third."""

    @classmethod
    def setUpTestData(cls):
        cited = [Citation(source=make_source(), locator="row 1")]
        for number in range(2 * PER_PAGE + 1):
            status = ["ongoing", "completed"][number % 2]
            make_project(title=f"Work {number:02}", status=status, citations=cited)
        cls.whole = list(Project.objects.order_by("title").values_list("pk", flat=True))

    def test_a_page_out_of_range_shows_the_last_and_says_so(self):
        last = ask(self.client, Project, "page=3&ordering=title")
        beyond = ask(self.client, Project, "page=99&ordering=title")
        assert codes(last) == codes(beyond) == self.whole[-1:]
        assert last["notices"] == [] and beyond["notices"] == ["The list has 3 pages; this is the last."]

    def test_a_page_that_is_no_number_is_the_first_and_says_so(self):
        for text in ("0", "-1", "1.5", "٢", "x", "1e2", "99999999", ""):
            odd = ask(self.client, Project, f"ordering=title&page={text}")
            assert codes(odd) == self.whole[:PER_PAGE], text
            assert odd["notices"] == [f"“{text}” is not the number of a page; this is the first."]

    def test_the_links_of_the_pages_keep_every_question_and_walk_the_whole_list(self):
        query, seen = "status=ongoing&status=completed&q=work&ordering=-title", []
        context = ask(self.client, Project, query)
        while True:
            seen += codes(context)
            links = context["pages"]
            for url in filter(None, (links.first, links.previous, links.next, links.last)):
                assert {name: values for name, values in asked(url).items() if name != "page"} == parse_qs(query)
            if not links.next:
                break
            context = ask(self.client, Project, links.next.removeprefix("?"))
        assert seen == self.whole[::-1]

    def test_dropping_a_question_leads_to_the_first_page(self):
        context = ask(self.client, Project, "status=ongoing&page=2")
        for url in (*(chip.url for chip in context["chips"]), context["clear_url"]):
            assert "page" not in asked(url)


# What is not understood


@nouns
def test_a_parameter_that_the_list_does_not_know_is_left_out_and_named(client, model):
    entry = MAKERS[model]()
    context = ask(client, model, "colour=red&state=draft&title__regex=.&page_size=5")
    assert codes(context)[:1] == [entry.pk] and context["chips"] == []
    for name in ("colour", "state", "title__regex", "page_size"):
        assert f"“{name}” is not something this list can be asked; it was left out." in context["notices"]


@pytest.mark.parametrize(
    "query",
    ["status=nonsense", "year=20", "bbox=1,2", "updated_since=soon", "region=reg-1", "country=az", "has=nonsense"],
)
def test_a_value_that_cannot_be_read_is_left_out_and_the_rest_is_kept(client, query):
    ongoing = make_project(status="ongoing", scope="single")
    make_project(status="ongoing")
    context = ask(client, Project, f"scope=single&{query}")
    assert codes(context) == [ongoing.pk]
    assert [notice.endswith("It was left out.") for notice in context["notices"]] == [True]
    assert [chip.label for chip in context["chips"]] == ["Scope"]


def test_an_order_that_the_list_does_not_have_is_named(client):
    make_project()
    assert ask(client, Project, "ordering=secret")["notices"] == ["“secret” is not an order this list has."]
    assert ask(client, Project, "ordering=-dates")["notices"] == []


def test_an_empty_question_is_no_question(client):
    make_project()
    context = ask(client, Project, "q=&status=&region=&ordering=&year=+")
    assert (context["count"], context["notices"], context["chips"]) == (1, [], [])


# One step away


def test_dropping_a_chip_drops_one_value_and_nothing_else(client):
    make_project(status="ongoing")
    query = "status=ongoing&status=completed&q=restoration&ordering=title"
    context = ask(client, Project, query)
    assert [(chip.label, chip.value) for chip in context["chips"]] == [
        ("Status", "Ongoing"),
        ("Status", "Completed"),
        ("Words", "restoration"),
    ]
    for chip, name, value in zip(
        context["chips"], ["status", "status", "q"], ["ongoing", "completed", "restoration"], strict=True
    ):
        left = {key: [v for v in values if (key, v) != (name, value)] for key, values in parse_qs(query).items()}
        assert asked(chip.url) == {key: values for key, values in left.items() if values}


def test_a_chip_names_a_record_by_its_title(client):
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    event = make_event(title="A forum")
    context = ask(client, Project, f"region={country.pk}&country=AZ&event={event.pk}&year=2020")
    assert [chip.value for chip in context["chips"]] == ["Azerbaijan", "Azerbaijan", "A forum", "2020"]


def test_a_list_without_results_names_the_questions_whose_dropping_finds_some(client):
    make_project(title="Fortress", status="ongoing", scope="single")
    context = ask(client, Project, "q=fortress&status=completed&scope=single")
    assert context["count"] == 0
    assert [(s.label, s.value, s.count) for s in context["suggestions"]] == [("Status", "Completed", 1)]
    assert ask(client, Project, context["suggestions"][0].url.removeprefix("?"))["count"] == 1
    page = read(client, "/projects/?q=fortress&status=completed&scope=single")
    assert "Without “Status: Completed”" in page.text


def test_a_list_whose_every_question_is_wrong_says_so_without_a_way_out(client):
    make_project(status="ongoing")
    context = ask(client, Project, "q=nowhere&status=completed")
    assert (context["count"], context["suggestions"]) == (0, [])


def test_the_form_carries_what_none_of_its_fields_shows(client):
    place = make_region(title="Sheki")
    make_project(regions=[place], dates="2020", status="ongoing")
    page = read(client, f"/projects/?region={place.pk}&year=2020&status=ongoing&q=restoration&page=1")
    assert page.hidden == [("region", place.pk)]
    assert 'name="year" value="2020"' in page.html


class TestFacets(TestCase):
    """Projects, budgets, events and organisations in two countries, of all sorts."""

    @classmethod
    def setUpTestData(cls):
        cited = {"citations": [Citation(source=make_source(), locator="row 1")]}
        countries = [make_region(title=code, kind="country", iso_code=code, **cited) for code in ("AZ", "KZ")]
        cities = [make_region(title=f"City of {place.title}", parent=place, **cited) for place in countries]
        for number in range(6):
            place = [*countries, *cities][number % 4]
            status = ["ongoing", "completed", "in_progress"][number % 3]
            types = [["site"], ["urban", "museum"], []][number % 3]
            scope = ["single", ""][number % 2]
            make_project(regions=[place], status=status, heritage_types=types, scope=scope, **cited)
            make_budget(region=place, gap_basis=["unknown", "of_need"][number % 2], **cited)
            make_event(region=place, kind=["panel", "meeting"][number % 2], **cited)
            country, kind = countries[number % 2].iso_code, ["10", "80", ""][number % 3]
            make_organisation(country=country, organisation_type=kind, **cited)
        for model in set(ENTRIES) - {Site}:
            MAKERS[model]()
        make_site(heritage_types=["monument"], region=countries[0])

    def test_the_count_beside_a_choice_is_what_its_link_finds(self):
        for model in ENTRIES:
            self.hold(model, "")

    def test_the_counts_of_a_facet_ignore_what_is_chosen_in_it(self):
        for model in ENTRIES:
            first = next(facet for facet in ask(self.client, model)["facets"] if facet.options)
            query = f"{first.name}={first.options[0].value}"
            chosen = next(facet for facet in ask(self.client, model, query)["facets"] if facet.name == first.name)
            assert [(o.value, o.count) for o in chosen.options] == [(o.value, o.count) for o in first.options]
            assert [o.value for o in chosen.options if o.selected] == [first.options[0].value]
            self.hold(model, query)

    def hold(self, model, query):
        for facet in ask(self.client, model, query)["facets"]:
            others = "" if query.startswith(f"{facet.name}=") else query
            for option in facet.options:
                assert ask(self.client, model, f"{others}&{facet.name}={option.value}")["count"] == option.count
                assert option.count


def test_a_choice_that_was_made_stays_to_be_unmade_even_where_it_finds_nothing(client):
    make_project(status="ongoing", scope="single")
    context = ask(client, Project, "scope=single&status=completed")
    status = next(facet for facet in context["facets"] if facet.name == "status")
    assert {(o.value, o.count, o.selected) for o in status.options} == {("ongoing", 1, False), ("completed", 0, True)}


@pytest.mark.parametrize("model", [Project, CountryBudget, Event], ids=lambda model: model.slug)
def test_a_pin_leads_to_the_records_it_counts(client, model):
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    point = {"latitude": "40.4", "precision": "10km"}
    baku = make_region(title="Baku", parent=country, longitude="49.87", **point)
    sheki = make_region(title="Sheki", parent=country, longitude="47.17", **point)
    nowhere = make_region(title="Without a point")
    for places in ([baku], [baku], [sheki], [nowhere], [country]):
        MAKERS[model](**({"regions": places} if model is Project else {"region": places[0]}))
    context = ask(client, model, "q=a")
    assert [(pin.label, pin.count) for pin in context["pins"]] == [("Baku", 2), ("Sheki", 1)]
    for pin in context["pins"]:
        assert asked(pin.url)["q"] == ["a"]
        assert ask(client, model, urlsplit(pin.url).query)["count"] == pin.count
    assert context["placeless_count"] == len(context["placeless"]) == 2


def test_a_list_of_projects_on_the_map_counts_all_results_and_not_the_page(client):
    place = make_region(title="Baku", longitude="49.87", latitude="40.4", precision="10km")
    for number in range(PER_PAGE + 5):
        make_project(title=f"Work {number}", regions=[place])
    context = ask(client, Project, "page=2")
    assert [pin.count for pin in context["pins"]] == [PER_PAGE + 5]
    assert (context["count"], context["total"], len(context["page_obj"])) == (PER_PAGE + 5, PER_PAGE + 5, 5)


@nouns
def test_a_list_without_records_has_no_search_that_leads_nowhere(client, model):
    page = client.get(f"/{model.slug}/").content.decode()
    assert f'href="/propose/{model.noun}/"' in page
    assert 'id="filters"' not in page and 'form="filters"' not in page
