"""What people must remember and a test remembers for them: the floors of the house, its sizes, and its one writer."""

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.forms import BaseForm

from registry.models import ENTRIES, PRIVATE

ROOT = settings.BASE_DIR
SURFACES = {"admin": "admin", "api": "api", "web": "web", "templatetags": "web", "management": "management"}
SHAPELESS = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "misc", "common"}

# What changes rows, and the receivers that are no rows although a method of theirs has such a name.
WRITES = {
    *("save", "save_base", "delete", "create", "update", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "cursor", "execute", "executemany", "raw"),
}
NO_ROWS = {"batch": "the ledger itself", "digest": "a hash", "picture": "pixels", "values": "a dict"}
NO_ROWS |= {"sqlite": "a file of a dump", "self.sqlite": "a file of a dump"}


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


def test_the_map_of_the_house_names_every_module_of_the_app():
    readme = (ROOT / "README.md").read_text()
    drawn = readme.partition("## The map of the house")[2].partition("\n## ")[0]
    parts = {path.relative_to(ROOT / "registry").parts[0] for path in PYTHON if "registry" in path.parts}
    missing = {part for part in parts if f"{part}`" not in drawn and f"{part}/`" not in drawn}
    assert missing == {"__init__.py", "apps.py"} and len(readme.splitlines()) <= 150


def test_imports_stand_at_the_top_and_name_what_they_take():
    def inside(path: Path) -> list[int]:
        functions = [n for n in ast.walk(TREES[path]) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        found = [n for function in functions for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        found += [n for n in ast.walk(TREES[path]) if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
        return [node.lineno for node in found]

    assert offenders(PYTHON, inside) == {}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Everything in a module that runs when it is imported: all but the bodies of functions."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            for each in [*inner.decorator_list, *inner.args.defaults, *filter(None, inner.args.kw_defaults)]:
                yield from ast.walk(each)
        elif not isinstance(inner, ast.Lambda):
            yield inner
            yield from at_import(inner)


def test_no_words_are_translated_at_import_into_the_language_of_whoever_comes_first():
    def eager(path: Path) -> list[int]:
        names = {
            name.asname or name.name
            for node in ast.walk(TREES[path])
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for name in node.names
            if name.name in {"gettext", "ngettext", "pgettext", "npgettext"}
        }
        calls = (node.func for node in at_import(TREES[path]) if isinstance(node, ast.Call))
        return [call.lineno for call in calls if isinstance(call, ast.Name) and call.id in names]

    assert offenders(CODE, eager) == {}


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
    """Nor do the features they build on: only the ledger writes it, only the admin and what commands run read it."""
    named = {model.__name__ for model in PRIVATE}
    allowed = {"admin", "models", "ledger", "management", "seeding.py", "link_rot.py", "review", "sheets", "jobs.py"}
    allowed |= {"planning.py", "webhooks"}
    public = [path for path in CODE if not allowed & {*path.relative_to(ROOT).parts}]

    def names(path: Path) -> set[str]:
        return named & {node.name for node in ast.walk(TREES[path]) if isinstance(node, ast.alias)}

    assert len(public) > 50 and offenders(public, names) == {}


def test_no_lookup_leads_from_a_record_to_what_is_private():
    for model in ENTRIES:
        assert {field.related_model for field in model._meta.get_fields()}.isdisjoint(PRIVATE)
