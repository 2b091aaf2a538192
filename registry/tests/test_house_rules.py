"""What people must remember and a test remembers for them: the floors of the house, its sizes, and its one writer."""

import ast
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, transaction
from django.forms import BaseForm
from django.urls import reverse

from registry import public, seeding
from registry.admin.site import GROUPS
from registry.api.urls import VIEWSETS
from registry.filters import FILTERS
from registry.models import ENTRIES, PRIVATE, Entry, Funding, Observation, Programme, Protocol
from registry.tests.make import MAKERS
from registry.web.covers import THEME_OF_PREFIX
from registry.web.nouns import NOUNS

ROOT = settings.BASE_DIR
SURFACES = {"admin": "admin", "api": "api", "web": "web", "templatetags": "web", "management": "management"}
SHAPELESS = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "misc", "common"}

# What changes rows, and the receivers that are no rows although a method of theirs has such a name.
WRITES = {
    *("save", "save_base", "delete", "create", "update", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "cursor", "execute", "executemany", "raw"),
}
NO_ROWS = {"batch": "the ledger itself", "digest": "a hash", "values": "a dict"}


def files(*folders: str, ending: str = ".py") -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob(f"*{ending}"))]
    return [path for path in found if not {"migrations", "vendor"} & set(path.parts)]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


CODE = [path for path in files("registry") if "tests" not in path.parts]
PYTHON = [*CODE, *files("registry/tests", "heritage"), ROOT / "manage.py"]
TREES = {path: ast.parse(path.read_text()) for path in PYTHON}


def offenders(paths: Iterable[Path], wrong: Callable[[Path], object]) -> dict[str, object]:
    """What is wrong, by file; empty when nothing is."""
    return {named(path): found for path in paths if (found := wrong(path))}


def imported(path: Path) -> Iterator[tuple[str, bool]]:
    """The modules that a module imports, in full, and whether it names them relatively."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            yield from ((name.name, False) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ".".join(filter(None, [package(path) if node.level else "", node.module]))
            for name in node.names:
                inner = f"{module}.{name.name}"
                yield (inner if is_a_module(inner) else module), bool(node.level)


def package(path: Path) -> str:
    return dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]


def is_a_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.joinpath("__init__.py").exists()


def floor(module: str) -> str:
    """Either "models" or "features", or the name of a surface."""
    second = [*module.split("."), ""][1]
    return "models" if second == "models" else SURFACES.get(second, "features")


def test_imports_point_down_and_surfaces_never_import_each_other():
    def upwards(path: Path) -> list[str]:
        own = floor(dotted(path))
        allowed = {"models": {"models"}, "features": {"models", "features"}}.get(own, {"models", "features", own})
        return [m for m, _relative in imported(path) if m.startswith("registry.") and floor(m) not in allowed]

    assert offenders(CODE, upwards) == {}


def test_the_register_knows_neither_its_wiring_nor_its_tests_nor_its_benchmark():
    def outwards(path: Path) -> list[str]:
        return [m for m, _relative in imported(path) if m.startswith(("heritage", "bench", "registry.tests"))]

    assert offenders(CODE, outwards) == {}


def test_imports_are_relative_within_a_package_and_absolute_from_outside():
    def roundabout(path: Path) -> list[str]:
        own = package(path)
        within = own != "registry"
        return [m for m, relative in imported(path) if m.startswith(f"{own}.") and relative != within]

    assert offenders(CODE, roundabout) == {}


def test_no_file_is_above_300_lines():
    written = [
        *PYTHON,
        *files("templates", ending=".html"),
        *files("static", ending=".css"),
        *files("static/js", ending=".js"),
    ]
    assert offenders(written, lambda path: max(0, len(path.read_text().splitlines()) - 300)) == {}


def test_a_module_is_named_for_its_job():
    assert offenders(PYTHON, lambda path: SHAPELESS & {*dotted(path).split(".")}) == {}


def test_imports_stand_at_the_top_and_name_what_they_take():
    def inside(path: Path) -> list[int]:
        functions = [n for n in ast.walk(TREES[path]) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        found = [n for function in functions for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        found += [n for n in ast.walk(TREES[path]) if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
        return [node.lineno for node in found]

    assert offenders(PYTHON, inside) == {}


def test_nothing_happens_at_a_distance():
    def signals(path: Path) -> list[str]:
        return [m for m, _relative in imported(path) if "signals" in m or m == "django.dispatch"]

    assert offenders(CODE, signals) == {}


def test_no_form_and_no_serializer_takes_every_field_there_is():
    def taken(path: Path) -> list[int]:
        return [n.lineno for n in ast.walk(TREES[path]) if isinstance(n, ast.Constant) and n.value == "__all__"]

    assert offenders(CODE, taken) == {}


def test_no_model_and_no_form_has_a_save_of_its_own():
    models = apps.get_app_config("registry").get_models(include_auto_created=True)
    kinds = {kind for model in models for kind in model.__mro__} | set(below(BaseForm))
    ours = [kind for kind in kinds if kind.__module__.startswith("registry")]
    assert {f"{k.__name__}.{n}" for k in ours for n in ("save", "delete", "save_base") if n in vars(k)} == set()


def below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def test_only_the_ledger_writes():
    def writes(path: Path) -> list[str]:
        calls = [n for n in ast.walk(TREES[path]) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
        return [
            f"line {call.lineno}: {ast.unparse(call.func)}"
            for call in calls
            if call.func.attr.removeprefix("a") in WRITES and ast.unparse(call.func.value) not in NO_ROWS
        ]

    assert offenders([path for path in CODE if "ledger" not in path.parts], writes) == {}


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_public_code_names_what_is_private():
    """Nor do the features that public surfaces build on: only the ledger writes it, only the admin reads it."""
    named = {model.__name__ for model in PRIVATE}
    allowed = {"admin", "models", "ledger", "management"}
    public = [path for path in CODE if not allowed & {*path.relative_to(ROOT).parts}]

    def names(path: Path) -> set[str]:
        return named & {node.name for node in ast.walk(TREES[path]) if isinstance(node, ast.alias)}

    assert len(public) > 50 and offenders(public, names) == {}


def test_no_lookup_leads_from_a_record_to_what_is_private():
    for model in ENTRIES:
        assert {field.related_model for field in model._meta.get_fields()}.isdisjoint(PRIVATE)


# Every noun on every floor

# The founding articles tell of none: nothing is invented to fill a page.
NONE_TOLD = {Funding, Observation, Programme, Protocol}


def test_every_kind_of_entry_is_a_noun_of_the_register():
    assert set(below(Entry)) == set(ENTRIES)
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
    serializer = viewset.serializer_class
    original = {shown: name for name, shown in serializer.renamed.items()}
    shown = [original.get(name, name) for name in serializer.own_fields()]
    added = set(shown) - {field.name for field in serializer.model._meta.get_fields()}
    assert [name for name in shown if name not in added] == list(public.fields(serializer.model))
    assert added <= {"gap_amount"}


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
    call_command("loaddata", *files("fixtures", ending=".json"), verbosity=0)
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
