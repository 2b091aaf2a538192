"""What the questions of a list mean, asked at its address."""

import pytest

from registry import ledger
from registry.models import State
from registry.tests.make import (
    make_budget,
    make_event,
    make_initiative,
    make_project,
    make_region,
    make_statement,
)

pytestmark = pytest.mark.django_db


def found(client, query, slug="projects"):
    """The codes on the page of a list that understands all it was asked."""
    context = client.get(f"/{slug}/?{query}").context_data
    assert context["notices"] == []
    return {entry.pk for entry in context["page_obj"]}


@pytest.fixture
def sheki():
    """A city in a country in a basin."""
    basin = make_region(title="The basin", kind="basin")
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ", parent=basin)
    return make_region(title="Sheki", parent=country, other_names=[{"name": "Şəki", "language": "az", "note": ""}])


def test_a_region_finds_what_lies_within_it_and_not_what_lies_around_it(client, sheki):
    country, basin = sheki.parent, sheki.parent.parent
    inside, whole = make_project(regions=[sheki]), make_project(regions=[country])
    make_project(regions=[make_region(title="Elsewhere")])
    assert found(client, f"region={sheki.pk}") == {inside.pk}
    for query in (f"region={country.pk}", f"region={basin.pk}", "country=AZ"):
        assert found(client, query) == {inside.pk, whole.pk}


def test_a_region_finds_its_parts_its_events_and_its_budgets(client, sheki):
    country = sheki.parent
    event, budget = make_event(region=sheki), make_budget(region=country)
    assert found(client, f"region={country.pk}", "events") == {event.pk}
    assert found(client, f"region={country.pk}", "budgets") == {budget.pk}
    assert found(client, f"region={country.pk}", "regions") == {country.pk, sheki.pk}


def test_a_place_that_moves_takes_its_projects_along(client, sheki):
    project = make_project(regions=[sheki])
    georgia = make_region(title="Georgia", kind="country", iso_code="GE")
    assert (found(client, "country=AZ"), found(client, "country=GE")) == ({project.pk}, set())
    sheki.parent = georgia
    with ledger.batch(by=None, reason="The source was misread") as batch:
        batch.save(sheki, expected=sheki.version)
    assert (found(client, "country=AZ"), found(client, "country=GE")) == (set(), {project.pk})


@pytest.mark.parametrize("words", ["şəki", "sheki", "seki", "ŞƏKİ", "Шеки", "SHEKI fortress", "fortress şəki"])
def test_a_project_is_found_by_its_place_however_that_is_typed(client, sheki, words):
    project = make_project(title="Fortress", regions=[sheki])
    make_project(title="Another fortress")
    assert found(client, f"q={words}") == {project.pk}


@pytest.mark.parametrize(
    ("group", "statuses"),
    [
        ("planned", {"proposed"}),
        ("active", {"ongoing", "in_progress"}),
        ("stalled", {"suspended"}),
        ("finished", {"finalising", "completed", "cancelled"}),
        ("unknown", {"unknown"}),
    ],
)
def test_a_stage_finds_every_status_in_it(client, group, statuses):
    codes = ["proposed", "ongoing", "in_progress", "suspended", "finalising", "completed", "cancelled", "unknown"]
    made = {make_project(status=status).pk: status for status in codes}
    assert {made[code] for code in found(client, f"status_group={group}")} == statuses


def test_a_stage_of_initiatives_has_statuses_of_their_own(client):
    made = {make_initiative(status=s).pk: s for s in ("proposed", "adopted", "active", "completed", "abandoned")}
    assert {made[c] for c in found(client, "status_group=planned", "initiatives")} == {"proposed", "adopted"}
    assert {made[c] for c in found(client, "status_group=finished", "initiatives")} == {"completed", "abandoned"}


def test_values_of_one_question_widen_and_questions_narrow(client):
    single = make_project(status="ongoing", scope="single")
    several = make_project(status="completed", scope="several")
    assert found(client, "status=ongoing&status=completed") == {single.pk, several.pk}
    assert found(client, "status=ongoing&status=completed&scope=several") == {several.pk}
    assert found(client, "scope=single&status=completed") == set()


def test_a_box_finds_points_inside_it_and_on_its_edge(client):
    places = [
        make_region(title=f"At {east}", longitude=east, latitude="40", precision="1km") for east in ("47", "48", "49")
    ]
    made = [make_project(regions=[place]).pk for place in places]
    make_project()
    assert found(client, "bbox=47,39,48,41") == set(made[:2])
    assert found(client, "bbox=48.5,39.5,49.5,40") == {made[2]}


def test_a_statement_is_found_by_what_it_is_about_and_only_then(client):
    project = make_project()
    statement = make_statement(about=[project.pk])
    make_statement()
    assert found(client, f"about={project.pk}", "statements") == {statement.pk}


def test_a_list_holds_published_records_only_whatever_it_is_asked(client):
    make_project(title="Mill", status="ongoing", state=State.DRAFT)
    make_project(title="Mill", status="ongoing", state=State.WITHDRAWN)
    for query in (
        "",
        "q=mill",
        "status=ongoing",
        "has=status",
        "missing=regions",
        "year=2020",
        "updated_since=2020-01-01",
    ):
        assert found(client, query) == set()
