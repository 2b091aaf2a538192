"""The matrix: what each role meets at each route, by method and by the state of the record.

`matrix.txt` is the one place that says so. A route that it does not name fails, and so does a name without a route.
A new route, or a new answer, is written there by hand and means that somebody has thought about it.
"""

from pathlib import Path

import pytest
from django.http import HttpResponse

from registry.models import ENTRIES, Project, Region
from registry.tests.access.routes import address, models, routes
from registry.tests.access.world import ROLES, STATES, World

FILE = Path(__file__).with_name("matrix.txt")
METHODS = ("GET", "POST")
SIGN_IN = ("/accounts/login/", "/admin/login/")


def rows() -> dict[tuple[str, str, str], list[str]]:
    """By method, route and state, what each role meets."""
    found = {}
    for line in FILE.read_text().splitlines():
        if line and not line.startswith("#"):
            method, route, state, *cells = line.split()
            found[method, route.removeprefix("/"), state] = cells
    return found


def states(route: str) -> tuple[str, ...]:
    """Every state where the route leads to one record, else none."""
    return STATES if models(route) and ("/<object_id>" in route or "/<code>" in route) else ("-",)


@pytest.fixture
def world(db):
    return World()


def test_every_route_is_in_the_matrix_and_nothing_else():
    named = {(method, route, state) for method in METHODS for route in routes() for state in states(route)}
    assert set(rows()) == named
    assert {len(cells) for cells in rows().values()} == {len(ROLES)}


def met(world: World, method: str, route: str, state: str) -> list[str]:
    """The status that each role meets; “in” where it is led to the sign-in.

    Where neither nobody nor the administrator was asked who they are, nobody else is either, and all meet the same.
    """
    model = (models(route) or [Project])[0]
    where = address(route, world.values(route, model, "draft" if state == "-" else state))
    first = {role: world.meet(role, method, where) for role in (ROLES[0], ROLES[-1])}
    if any(looked_at(answer) for answer in first.values()):
        return [status(first.get(role) or world.meet(role, method, where)) for role in ROLES]
    assert len({status(answer) for answer in first.values()}) == 1, where
    return [status(first[ROLES[0]])] * len(ROLES)


def looked_at(answer: HttpResponse) -> bool:
    """Whether the session was opened on the way to the answer: nothing else in a request says who asks."""
    session = getattr(answer.wsgi_request, "session", None)
    return session is not None and session.accessed


def status(answer: HttpResponse) -> str:
    return "in" if answer.get("Location", "").startswith(SIGN_IN) else str(answer.status_code)


@pytest.mark.parametrize("method", METHODS)
def test_everybody_meets_what_the_matrix_says(world, method):
    wrong = []
    for (given, route, state), cells in rows().items():
        if given == method:
            found = met(world, method, route, state)
            if found != cells:
                both = zip(ROLES, cells, found, strict=True)
                differing = {role: f"{now}, not {said}" for role, said, now in both if said != now}
                wrong.append(f"{method} {route} {state}: {differing}")
    assert wrong == []


@pytest.mark.parametrize(
    "route", ["<noun>/<code>/", "api/v1/<noun>/<code>/", "admin/registry/<noun>/<object_id>/change/"]
)
def test_a_draft_of_any_noun_is_met_like_that_of_the_noun_in_the_matrix(world, route):
    said = dict(zip(ROLES, rows()["GET", route, "draft"], strict=True))
    for model in ENTRIES:
        nowhere = not getattr(model, "place_paths", ()) and model is not Region
        where = address(route, world.values(route, model, "draft"))
        for role in ROLES:
            found = str(world.meet(role, "GET", where).status_code)
            # What lies nowhere is everybody's to look after.
            meant = said[role.partition(" ")[0] if nowhere else role]
            assert found == meant or (meant, found) == ("in", "302"), (model.slug, role, found)
