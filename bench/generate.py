"""Fills an empty register with invented projects, to see how it bears a load. Never for a register in use.

The rows go in beside the ledger, because what is measured is reading. Everything is drawn from one seed, so that two
runs make the same register. Places, organisations and titles are numbered, so that nobody takes them for real.
"""

import random
from datetime import UTC, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from registry import search
from registry.models import (
    Citation,
    HeritageType,
    Organisation,
    Project,
    ProjectParticipation,
    ProjectStatus,
    Region,
    Role,
    Scope,
    Source,
    State,
)

WORKS = ["Restoration", "Conservation", "Survey", "Revival", "Consolidation", "Excavation", "Inventory", "Reuse"]
THINGS = ["fortress", "caravanserai", "carpet workshop", "bridge", "archive", "necropolis", "bath house", "mill"]
START = datetime(2020, 1, 1, tzinfo=UTC)
BATCH = 5000


def generate(projects: int, already: int = 0) -> None:
    """Invent projects up to this number, all published; the first call also invents what they point to."""
    draw = random.Random(20 + already)
    if not already:
        surroundings()
    regions = list(Region.objects.filter(kind="city", code__gte="REG-1").select_related("parent__parent"))
    organisations, sources = list(Organisation.objects.all()), list(Source.objects.all())
    citation_of = ContentType.objects.get_for_model(Project)
    for start in range(already, projects, BATCH):
        codes = [f"PRJ-{number:06d}" for number in range(start + 1, min(start + BATCH, projects) + 1)]
        places = {code: draw.choice(regions) for code in codes}
        Project.objects.bulk_create(_project(draw, code, places[code]) for code in codes)
        Project.regions.through.objects.bulk_create(
            Project.regions.through(project_id=code, region_id=places[code].pk) for code in codes
        )
        Citation.objects.bulk_create(
            Citation(entry_type=citation_of, entry_code=code, source=draw.choice(sources), locator="page 1")
            for code in codes
        )
        ProjectParticipation.objects.bulk_create(
            ProjectParticipation(
                project_id=code, organisation=draw.choice(organisations), role=draw.choice(Role.values)
            )
            for code in codes
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('registry_project_code', %s)", [max(projects, 1)])
        cursor.execute("ANALYZE")


def _project(draw: random.Random, code: str, place: Region) -> Project:
    number = int(code.split("-")[1])
    title = f"{draw.choice(WORKS)} of {draw.choice(THINGS)} {number}"
    summary = f"Invented work number {number} on a {draw.choice(THINGS)}, for measuring only."
    words = [code, summary, place.title, place.parent.title, place.parent.parent.title]
    year = draw.randint(1990, 2030)
    return Project(
        code=code,
        title=title,
        summary=summary,
        state=State.PUBLISHED,
        status=draw.choice(ProjectStatus.values),
        heritage_types=draw.sample(HeritageType.values, draw.randint(0, 3)),
        scope=draw.choice(Scope.values),
        dates=str(year),
        dates_earliest=datetime(year, 1, 1, tzinfo=UTC).date(),
        dates_latest=datetime(year, 12, 31, tzinfo=UTC).date(),
        updated_at=START + timedelta(seconds=number * 60 + draw.randint(0, 59)),
        title_folded=search.fold(title),
        search_text=search.fold(" ".join(words)),
        places=sorted([place.pk, place.parent.pk, place.parent.parent.pk]),
        on_map=True,
    )


def surroundings() -> None:
    """Seven countries of ten provinces of twenty towns, five hundred organisations and as many sources."""
    countries = [_region(n, f"Country {n}", "country", None, "X" + "ABCDEFG"[n]) for n in range(7)]
    provinces = [_region(100 + n, f"Province {n}", "first_level", countries[n % 7]) for n in range(70)]
    towns = [_region(1000 + n, f"Town {n}", "city", provinces[n % 70]) for n in range(1400)]
    for n, town in enumerate(towns):
        town.longitude, town.latitude, town.precision = 44 + n % 70 / 5, 36 + n // 70 / 2, "10km"
    for generation in (countries, provinces, towns):
        Region.objects.bulk_create(generation)
    Organisation.objects.bulk_create(
        Organisation(code=f"ORG-{n + 10000}", title=f"Body {n}", title_folded=f"body {n}", state=State.PUBLISHED)
        for n in range(500)
    )
    Source.objects.bulk_create(
        Source(
            code=f"SRC-{n + 10000}", title=f"Report {n}", title_folded=f"report {n}", kind="report", state="published"
        )
        for n in range(500)
    )


def _region(number: int, title: str, kind: str, parent: Region | None, iso_code: str = "") -> Region:
    code = f"REG-{number + 10000}"
    around = [code, *(parent.places if parent else [])]
    return Region(
        code=code,
        title=title,
        kind=kind,
        parent=parent,
        iso_code=iso_code,
        state=State.PUBLISHED,
        title_folded=search.fold(title),
        search_text=search.fold(title),
        places=sorted(around),
    )
