"""Every noun stands on every floor, in every table of nouns, and its records load."""

from io import StringIO

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from registry import documents, public, seeding
from registry.admin.site import GROUPS
from registry.api.urls import VIEWSETS
from registry.filters import FILTERS
from registry.models import ENTRIES, Entry, Funding, Observation, Programme, Protocol
from registry.tests.make import MAKERS
from registry.web.covers import THEME_OF_PREFIX
from registry.web.nouns import NOUNS

ROOT = settings.BASE_DIR

# The founding articles tell of none: nothing is invented to fill a page.
NONE_TOLD = {Funding, Observation, Programme, Protocol}


def test_every_kind_of_entry_is_a_noun_of_the_register():
    assert set(Entry.__subclasses__()) == set(ENTRIES)
    for name in ("prefix", "noun", "slug"):
        assert len({getattr(model, name) for model in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("floor", ["models", "filters", "admin", "api", "web"])
@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_noun_has_the_same_file_on_every_floor(model, floor):
    assert (ROOT / "registry" / floor / f"{model.slug}.py").exists()


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(public.FIELDS, id="public fields"),
        pytest.param(FILTERS, id="filters"),
        pytest.param(NOUNS, id="names for readers"),
        pytest.param(MAKERS, id="makers of the tests"),
        pytest.param(seeding.ORDER, id="seeding"),
        pytest.param([viewset.serializer_class.model for viewset in VIEWSETS], id="API"),
    ],
)
def test_every_noun_stands_in_every_table_of_nouns(table):
    assert set(table) == set(ENTRIES) and len(table) == len(ENTRIES)


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_noun_is_in_the_admin_with_its_place_in_the_sidebar(model):
    assert model in admin.site._registry
    assert any(model.__name__ in nouns for _key, _name, nouns in GROUPS)


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_noun_has_its_addresses_its_templates_its_fixtures_and_its_cover(model):
    for place, kind in (("registry", model.noun), ("api", model.slug)):
        assert reverse(f"{place}:{kind}-list").endswith(f"/{model.slug}/")
        assert reverse(f"{place}:{kind}-detail", args=["X"]).endswith(f"/{model.slug}/X/")
    for page in ("list", "detail"):
        assert (ROOT / "templates" / "registry" / f"{model.noun}_{page}.html").exists()
    assert (ROOT / "fixtures" / f"{model.slug}.json").exists() is (model not in NONE_TOLD)
    assert model.prefix in THEME_OF_PREFIX


@pytest.mark.parametrize("viewset", VIEWSETS, ids=lambda viewset: viewset.serializer_class.model.slug)
def test_the_api_shows_the_public_fields_in_their_order(viewset):
    model = viewset.serializer_class.model
    renamed, grouped = documents.RENAMED.get(model, {}), documents.GROUPED.get(model, {})
    own = [name for name in documents.names(model) if name in viewset.serializer_class.own_fields()]
    added = {"gap_amount", *grouped}
    inside = {name for names in grouped.values() for name in names}
    whole = [renamed.get(name, name) for name in public.fields(model) if name not in inside]
    assert [name for name in own if name not in added] == whole
    assert list(viewset.serializer_class().fields) == documents.names(model)


@pytest.mark.django_db
@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_noun_has_a_sequence_for_its_codes(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_sequences WHERE sequencename = %s", [f"registry_{model._meta.model_name}_code"]
        )
        assert cursor.fetchone()


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_what_is_public_and_what_may_be_left_out_are_fields_of_the_noun(model):
    known = {field.name for field in model._meta.get_fields()}
    assert set(public.fields(model)) <= known
    assert set(FILTERS[model].facets) <= set(FILTERS[model].base_filters)
    assert set(FILTERS[model].ordering_columns().values()) <= known


# Fixtures


@pytest.mark.django_db
@pytest.mark.writes_around_the_ledger
def test_loading_the_fixtures_and_indexing_them_gives_the_register_that_seeding_gives():
    with transaction.atomic():
        seeding.seed()
        seeded = found_by()
        transaction.set_rollback(True)
    assert found_by() == {} and seeded
    call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
    call_command("reindex", stdout=StringIO())
    assert found_by() == seeded


def found_by() -> dict[str, dict[str, object]]:
    """By code, what each record is found by: its words, its places and the bounds of its dates."""
    columns = {"title", "title_folded", "search_text", "places", "on_map", "dates_earliest", "dates_latest", "state"}
    return {
        row["pk"]: row
        for model in ENTRIES
        for row in model.objects.values("pk", *columns & {field.name for field in model._meta.fields})
    }
