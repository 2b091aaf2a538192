"""Whatever the rules let an editor store, every page of it answers."""

from itertools import cycle, product

import pytest

from registry import public
from registry.models import ENTRIES, Region, State
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_organisation,
    make_project,
    make_region,
    make_source,
)
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db

LONG = "Şəhər " * 50  # 300 characters
TITLES = [LONG, "<script>alert(1)</script> & “x” 'y'", "می\u200cخواهم", "{{ 7|add:7 }}{% now %}", "%s %(n)d"]
POINTS = [("0", "90"), ("0", "-90"), ("180", "0"), ("-180", "89.999999"), ("52.2", "-89.999999"), ("49.87", "40.41")]


def every_page_answers(client, entry):
    for address in ("/", f"/{entry.slug}/", entry.get_absolute_url(), f"/api/v1/{entry.slug}/{entry.pk}/"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(("longitude", "latitude"), POINTS)
def test_a_place_may_lie_anywhere_on_the_globe(client, longitude, latitude):
    place = make_region(title="Far", longitude=longitude, latitude=latitude, precision="exact")
    every_page_answers(client, place)
    project = make_project(regions=[place])
    every_page_answers(client, project)
    assert f"/regions/{place.pk}/" in read(client, project.get_absolute_url()).links


@pytest.mark.parametrize(
    "given",
    [
        {"amount": "0", "gap_percent": "0"},
        {"amount": "0.01", "gap_percent": "99.99"},
        {"amount": "4200000", "gap_percent": "100"},
        {"amount": "4200000", "gap_percent": "99999.99", "gap_basis": "of_budget"},
        {"amount": "999999999999999999.99", "gap_percent": "99.99", "gap_basis": "of_need"},
        {"amount": "999999999999999999.99", "gap_percent": "99999.99"},
        {"amount": None, "currency": "", "gap_percent": "30"},
        {"amount": "1000000", "gap_percent": None},
    ],
    ids=str,
)
def test_a_budget_may_be_nothing_or_more_than_the_world_has(client, given):
    country = make_region(title="Azerbaijan", kind="country")
    every_page_answers(client, make_budget(region=country, **given))
    every_page_answers(client, make_project(regions=[country]))


@pytest.mark.parametrize(
    "dates", ["0001", "9999-12-31", "2010-24", "19XX", "201X", "2004-XX-XX", "/2018", "2018/", "../2018~"]
)
def test_a_date_may_be_as_vague_as_its_source(client, dates):
    for make in (make_source, make_project):
        read(client, make(dates=dates).get_absolute_url())


@pytest.mark.parametrize(
    ("model", "title"),
    [*product(ENTRIES[:1], TITLES), *zip(ENTRIES[1:], cycle(TITLES), strict=False)],
    ids=lambda given: given if isinstance(given, str) else given.slug,
)
def test_a_title_is_shown_as_it_was_written(client, model, title):
    entry = MAKERS[model](title=title, other_names=[{"name": title, "language": "fa", "note": title}], summary=title)
    assert client.get(f"/{model.slug}/", {"q": title[:100]}).context_data["count"] in {0, 1}
    page = read(client, entry.get_absolute_url())
    assert page.headings == [" ".join(title.split())]
    assert "<script>alert" not in page.html


@pytest.mark.parametrize("code", ["az", "kum", "hy"])
def test_a_language_may_have_two_letters_or_three(client, code):
    every_page_answers(
        client, make_source(language=code, publisher="P", retrieved_on="2026-01-05", url="https://example.org/")
    )


@pytest.mark.parametrize("code", ["AZ", "AQ", "TW", "BQ"])
def test_a_country_may_be_any_of_the_world(client, code):
    every_page_answers(client, make_organisation(country=code, website="https://example.org/"))


def test_a_place_within_a_draft_says_its_name_without_it(client):
    place = make_region(title="Sheki", parent=make_region(title="Not yet", kind="country", state=State.DRAFT))
    shown = public.records(Region).get(pk=place.pk)
    assert (shown.full_name, shown.public_ancestors()) == ("Sheki", [])
