"""Every kind of page, of a register that has one of everything: what the tests of looks and of HTML open.

The addresses come from the routes: a new page is looked at as soon as it has one.
"""

from typing import Any

from django.urls import reverse

from registry import ledger
from registry.models import ENTRIES, Citation, Entry, Programme, Project, Region, Resource, Statement
from registry.tests.make import MAKERS, make_source
from registry.tests.proposals import make_proposal, meanwhile
from registry.tests.rows import filled
from registry.web import urls

LONG = "Şəki qalasının bərpası və Bakı İçərişəhərinin dirçəldilməsi: Heritage-of-the-Caspian-and-South-Caucasus"
TRANSLATED = {
    "fa": {"title": "مرمت قلعهٔ شکی", "summary": "آنچه انجام شده است."},
    "az": {"title": "Şəki qalasının bərpası", "summary": "Nə edilib."},
}
_NOUNS = {model.noun: model for model in ENTRIES}
# What all nouns have is looked at for one of them.
_OF_EACH = {"list", "detail"}


def everything() -> dict[str, str]:
    """By name, the address of every kind of page; makes the records that they show."""
    others = {model: MAKERS[model](title="Related") for model in ENTRIES if model is not Region}
    others[Region] = MAKERS[Region](title="Baku", kind="city", longitude="49.87", latitude="40.41", precision="1km")
    records = {model: filled(model, others, title=f"A full {model.noun}", summary="Words.") for model in ENTRIES}
    citations = [Citation(source=make_source(title=LONG), locator="row 1", fields=["status", "dates"])]
    long = MAKERS[Project](title=LONG, summary=LONG * 4, translations=TRANSLATED, status="ongoing", citations=citations)
    meanwhile(long, status="completed", dates="2018/2021?")
    gone = MAKERS[Project](title="Taken back")
    with ledger.batch(by=None, reason="It was a mistake") as batch:
        batch.withdraw(gone, expected=gone.version, why="It was a mistake.")
    records[Project] = long
    found = {route.name: _address(route, records) for route in urls.urlpatterns if _is_looked_at(route.name)}
    return found | _variants(long, records, gone)


def _is_looked_at(name: str) -> bool:
    noun, _dash, kind = name.rpartition("-")
    return noun not in _NOUNS or noun == "project" or kind in _OF_EACH or noun in {"programme", "resource"}


def _address(route: Any, records: dict[type[Entry], Entry]) -> str:
    noun = next((noun for noun in _NOUNS if route.name.startswith(f"{noun}-")), "project")
    entry = records[_NOUNS[noun]]
    values = {
        "code": entry.pk,
        "noun": "project",
        "reference": make_proposal(records[Project]).reference,
        "version": entry.version,
        "name": "nothing",
        "style": "bibtex",
        "form": "csv",
    }
    return reverse(f"registry:{route.name}", kwargs={name: values[name] for name in route.pattern.converters})


def _variants(long: Project, records: dict[type[Entry], Entry], gone: Project) -> dict[str, str]:
    """States of pages that have no route of their own."""
    codes = "&".join(f"code={entry.pk}" for entry in (long, records[Programme], records[Resource]))
    return {
        "list narrowed": "/projects/?status=completed&status=ongoing&q=seki&nothing=1&page=9",
        "list without a result": "/projects/?status=cancelled&q=zzzz",
        "search": "/search/?q=seki",
        "search without a result": "/search/?q=sheqqi+fortres",
        "comparison": f"/compare/?{codes}",
        "comparison of one noun": f"/compare/?code={long.pk}&code={MAKERS[Project](title='Another').pk}",
        "correction of a field": f"/projects/{long.pk}/correct/?field=status",
        "documentation": reverse("api:docs-harvesting"),
        "not found": "/nothing/",
        "withdrawn": gone.get_absolute_url(),
        "timeline narrowed": "/timeline/?q=seki",
        "map narrowed": "/map/?q=seki",
        "statement without more": MAKERS[Statement](title="Said", speaker="A speaker").get_absolute_url(),
    }
