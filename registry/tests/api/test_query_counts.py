"""A list costs as many queries for a hundred records as for one, with every relation filled."""

import copy

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import ENTRIES, Funding, Project, Source
from registry.tests.make import MAKERS
from registry.tests.rows import filled

pytestmark = pytest.mark.django_db


def copy_of(entry, number):
    """So many records like it, each with relations and rows of its own."""
    codes = [f"{entry.prefix}-{9000 + n}" for n in range(number)]
    values = {f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields if not f.generated}
    type(entry).objects.bulk_create(type(entry)(**values | {"code": code}) for code in codes)
    for field in entry._meta.many_to_many:
        links = field.remote_field.through.objects.filter(**{field.m2m_field_name(): entry})
        repeat(links, f"{field.m2m_field_name()}_id", codes)
    for name in entry.children:
        rows = getattr(entry, name)
        repeat(rows.all(), "entry_code" if name == "citations" else f"{rows.field.name}_id", codes)


def repeat(rows, column, codes):
    found = []
    for row in rows:
        for code in codes:
            another = copy.copy(row)
            another.pk = None
            setattr(another, column, code)
            found.append(another)
    rows.model.objects.bulk_create(found)


def cost(client, address):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), answer.json()["results"]


@pytest.mark.writes_around_the_ledger
@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_hundred_records_cost_as_many_queries_as_one(client, model):
    copy_of(filled(model), 100)
    address = f"/api/v1/{model.slug}/?ordering=-code&page_size="
    few, [one] = cost(client, address + "1")
    many, rows = cost(client, address + "100")
    assert len(rows) == 100
    names = [field.name for field in model.entry_relations() if (model, field.name) != (Funding, "initiative")]
    assert all(row[name] for row in (one, *rows) for name in (*names, *model.children[1:]))
    assert all(row["citations"] for row in rows) or model is Source
    assert many == few


def test_what_nobody_asked_for_is_not_fetched(client):
    filled(Project)
    whole, _rows = cost(client, "/api/v1/projects/?page_size=2")
    narrow, rows = cost(client, "/api/v1/projects/?page_size=2&fields=title,status")
    assert narrow < whole and list(rows[0]) == ["code", "title", "status"]
    _queries, rows = cost(client, "/api/v1/projects/?page_size=2&fields=regions")
    assert rows[0]["regions"]


def test_the_number_of_records_is_counted_once(client):
    MAKERS[Project]()
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/projects/?page_size=1")
        client.get("/api/v1/projects/?page_size=2&ordering=title")
    assert sum("COUNT(*)" in query["sql"] for query in queries) == 1


def test_a_count_is_never_older_than_the_register(client):
    for number in range(1, 4):
        MAKERS[Project]()
        assert client.get("/api/v1/projects/").json()["count"] == number
