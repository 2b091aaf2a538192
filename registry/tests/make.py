"""Records for the tests, made through the ledger as everybody makes them: `make_project(title="Old mill")`."""

from itertools import count
from typing import Any

from registry import ledger
from registry.models import (
    Citation,
    CountryBudget,
    Entry,
    Event,
    Initiative,
    Organisation,
    Project,
    Region,
    Source,
    State,
    Statement,
    User,
)

_numbers = count(1)


def make_user(**given: Any) -> User:
    """Somebody who may do everything, unless `is_superuser` says otherwise."""
    given = {"username": f"user{next(_numbers)}", "is_staff": True, "is_superuser": True} | given
    user = User(**given)
    user.set_password("a good pass phrase")
    user.save()
    return user


def make_source(**given: Any) -> Source:
    """A published source."""
    return _make(Source, {"title": "A report", "kind": "report"} | given)


def make_region(**given: Any) -> Region:
    """A published place."""
    return _make(Region, {"title": "A place", "kind": "city"} | given)


def make_organisation(**given: Any) -> Organisation:
    """A published organisation."""
    return _make(Organisation, {"title": "A body"} | given)


def make_event(**given: Any) -> Event:
    """A published event."""
    return _make(Event, {"title": "A meeting", "kind": "meeting"} | given)


def make_project(**given: Any) -> Project:
    """A published project."""
    return _make(Project, {"title": "A restoration"} | given)


def make_initiative(**given: Any) -> Initiative:
    """A published initiative."""
    return _make(Initiative, {"title": "An idea", "kind": "campaign"} | given)


def make_budget(**given: Any) -> CountryBudget:
    """A published budget of 4.2 million dollars with a gap of 30 percent."""
    figures = {"amount": "4200000.00", "currency": "USD", "gap_percent": "30"}
    return _make(CountryBudget, {"title": "A budget"} | figures | given)


def make_statement(**given: Any) -> Statement:
    """A published statement."""
    return _make(Statement, {"title": "Words", "speaker": "A speaker", "verification": "reported"} | given)


MAKERS = {
    Project: make_project,
    Initiative: make_initiative,
    CountryBudget: make_budget,
    Region: make_region,
    Organisation: make_organisation,
    Event: make_event,
    Source: make_source,
    Statement: make_statement,
}


def _make(model: type[Entry], given: dict[str, Any]) -> Any:
    state = given.pop("state", State.PUBLISHED)
    names = {field.name for field in model._meta.many_to_many} | set(model.children)
    related = {name: list(given.pop(name)) for name in names & set(given)}
    if model.needs_citation and state != State.DRAFT:
        related.setdefault("citations", [Citation(source=make_source(), locator="page 1")])
    entry = model(**given)
    with ledger.batch(by=None, reason="For a test") as batch:
        if state == State.DRAFT:
            batch.save(entry, related=related)
        else:
            batch.publish(entry, related=related)
        if state == State.WITHDRAWN:
            batch.withdraw(entry, expected=entry.version, why="A duplicate")
    return model.objects.get(pk=entry.pk)
