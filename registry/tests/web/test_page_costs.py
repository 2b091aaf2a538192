"""A page costs the same number of queries for one record and for a hundred, with every relation filled."""

from itertools import count

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import (
    ENTRIES,
    Citation,
    CountryBudget,
    Funding,
    Statement,
)
from registry.tests.make import (
    MAKERS,
    make_event,
    make_project,
    make_region,
    make_source,
)
from registry.tests.rows import row_of
from registry.tests.web.page import Page

# A hundred rows are copied past the ledger, because a hundred batches take long.
pytestmark = [pytest.mark.django_db, pytest.mark.writes_around_the_ledger]
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
POINT = {"longitude": "49.87", "latitude": "40.41", "precision": "exact"}
_numbers = count(80000)


def a_place():
    """A city in a country in a basin."""
    basin = make_region(title="Basin", kind="basin")
    country = make_region(title="Azerbaijan", kind="country", parent=basin)
    return make_region(title="Baku", parent=country, **POINT)


def multiply(entry, times):
    """The record and as many more like it, with all its relations."""
    model = type(entry)
    values = {f.attname: getattr(entry, f.attname) for f in model._meta.concrete_fields if not f.generated}
    codes = [f"{model.prefix}-{next(_numbers)}" for _ in range(times)]
    copies = model.objects.bulk_create(model(**values | {"code": code}) for code in codes)
    for field in model._meta.many_to_many:
        through, own, other = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
        targets = getattr(entry, field.name).values_list("pk", flat=True)
        through.objects.bulk_create(through(**{own: code, other: target}) for code in codes for target in targets)
    for name, child in zip(model.children, model.children_models(), strict=True):
        owner = "entry_code" if child is Citation else f"{model.noun}_id"
        for row in getattr(entry, name).all():
            same = {f.attname: getattr(row, f.attname) for f in child._meta.concrete_fields if not f.primary_key}
            child.objects.bulk_create(child(**same | {owner: code}) for code in codes)
    return [entry, *copies]


def filled(model, wide=1):
    """A record with every relation of its noun filled: one record at the end of each, or several where they fit."""
    related = {make_region: a_place}
    given = {}
    for field in model.entry_relations():
        make = MAKERS[field.related_model]
        if (model, field.name) == (Funding, "initiative"):
            continue  # a line is for one thing
        made = related.get(make, make)()
        given[field.name] = multiply(made, wide - 1) if field.many_to_many else made
    for name, child in zip(model.children, model.children_models(), strict=True):
        if child is not Citation:
            through = child.shown_through
            ends = multiply(MAKERS[child._meta.get_field(through).related_model](), wide - 1) if through else [None]
            given[name] = [row_of(child, lambda kind, end=end: end or MAKERS[kind]()) for end in ends]
    if model is Statement:
        given["about"] = [e.pk for make in (make_project, make_event, a_place) for e in multiply(make(), wide - 1)]
    sources = multiply(make_source(), wide - 1)
    given["citations"] = [Citation(source=source, locator="row 1") for source in sources]
    return MAKERS[model](title="Restoration", **given)


def cost(client, address):
    """The queries of a page that is made anew, and what it shows."""
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return [query["sql"][:200] for query in queries], response.context_data


@nouns
def test_a_list_costs_the_same_for_one_row_and_for_a_hundred(client, model):
    entry = filled(model)
    address = f"/{model.slug}/?ordering=title&q=restoration"
    one, context = cost(client, address)
    assert context["count"] == 1
    multiply(entry, 99)
    hundred, context = cost(client, address)
    assert context["count"] == 100 and len(context["page_obj"]) == 25
    assert len(hundred) == len(one), "\n".join(hundred)


@nouns
def test_a_record_costs_the_same_beside_one_other_and_beside_a_hundred(client, model):
    entry = filled(model)
    multiply(entry, 1)
    one, _context = cost(client, entry.get_absolute_url())
    multiply(entry, 99)
    hundred, _context = cost(client, entry.get_absolute_url())
    assert len(hundred) == len(one), "\n".join(hundred)


@nouns
def test_a_record_costs_the_same_with_one_of_each_relation_and_with_twenty(client, model):
    narrow, _context = cost(client, filled(model).get_absolute_url())
    wide, _context = cost(client, filled(model, wide=20).get_absolute_url())
    assert len(wide) == len(narrow), "\n".join(wide)


@pytest.mark.parametrize("address", ["/", "/search/?q=restoration"])
def test_home_and_search_cost_the_same_for_one_of_each_noun_and_for_a_hundred(client, address):
    entries = [filled(model) for model in ENTRIES]
    one, _context = cost(client, address)
    for entry in entries:
        multiply(entry, 99)
    hundred, context = cost(client, address)
    assert len(hundred) == len(one), "\n".join(hundred)
    assert address == "/" or context["count"] >= 100 * len(ENTRIES)


def test_home_shows_some_budgets_and_leads_to_all(client):
    multiply(filled(CountryBudget), 99)
    assert [len(gap.rows) for gap in client.get("/").context_data["gaps"]] == [12]
    assert "/budgets/" in Page(client.get("/")).links
