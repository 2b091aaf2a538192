"""Records for the tests, made through the ledger as everybody makes them: `make_project(title="Old mill")`."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction

from registry import ledger, review
from registry.models import (
    Citation,
    Contact,
    ContactDuty,
    CountryBudget,
    Entry,
    Event,
    ExactPlace,
    Funding,
    Initiative,
    Mission,
    Observation,
    Organisation,
    Programme,
    Project,
    Proposal,
    ProposalKind,
    Protocol,
    Region,
    Resource,
    Site,
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


def make_draft(**given: Any) -> Project:
    """A project that could be published as it is."""
    return make_project(
        **{"state": State.DRAFT, "citations": [Citation(source=make_source(), locator="page 1")]} | given
    )


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


def make_funding(**given: Any) -> Funding:
    """A published line of funding that is sought."""
    return _make(Funding, {"title": "Money for a roof", "flow": "sought"} | given)


def make_site(**given: Any) -> Site:
    """A published site; `exact=(longitude, latitude)` gives it its exact place."""
    exact = given.pop("exact", None)
    site = _make(Site, {"title": "A tower"} | given)
    if exact:
        with ledger.batch(by=None, reason="For a test") as batch:
            batch.keep(ExactPlace(pk=site.pk, longitude=Decimal(exact[0]), latitude=Decimal(exact[1])))
    return Site.objects.get(pk=site.pk)


def make_mission(**given: Any) -> Mission:
    """A published mission that was proposed."""
    return _make(Mission, {"title": "A visit"} | given)


def make_observation(**given: Any) -> Observation:
    """A published observation that was reported."""
    return _make(Observation, {"title": "A look at it", "verification": "reported"} | given)


def make_protocol(**given: Any) -> Protocol:
    """A published protocol in force."""
    return _make(Protocol, {"title": "What to do", "status": "in_force"} | given)


def make_programme(**given: Any) -> Programme:
    """A published programme that people can join."""
    return _make(Programme, {"title": "A summer school", "kind": "training", "status": "open"} | given)


def make_resource(**given: Any) -> Resource:
    """A published digital resource."""
    return _make(Resource, {"title": "A film", "kind": "video"} | given)


def make_contact(code: str = "", *, duty: str = "", **given: Any) -> Contact:
    """Somebody behind a record, who has agreed to be written to."""
    agreed = {"consent": "given", "consent_on": date(2026, 1, 5), "expires_on": date(2099, 1, 1)}
    contact = Contact(**{"name": "Somebody", "email": "somebody@example.org"} | agreed | given)
    with ledger.batch(by=None, reason="For a test") as batch:
        batch.keep(contact, related={"duties": [ContactDuty(code=code, duty=duty)] if code else []})
    return contact


def received_proposal(kind: str = "message", about: Entry | type[Entry] = Project, **given: Any) -> Proposal:
    """What a visitor proposed of a record, or wrote about it; without a record, of one that is made for it.

    A new record takes the noun as `about`; `proposed` holds what `review.read_values` would give.
    """
    if kind != "new" and isinstance(about, type):
        about = MAKERS[about]()
    model, code = (about, "") if kind == "new" else (type(about), about.pk)
    words = {"name": "A reader", "email": "reader@example.net", "text": "Words"}
    if kind in {"new", "change"}:
        words["proposed"] = {"title": "Another title"}
    received = review.receive(ProposalKind(kind), model, code=code, **words | given)
    return Proposal.objects.get(reference=received.reference)


MAKERS = {
    Project: make_project,
    Initiative: make_initiative,
    CountryBudget: make_budget,
    Funding: make_funding,
    Site: make_site,
    Mission: make_mission,
    Observation: make_observation,
    Protocol: make_protocol,
    Programme: make_programme,
    Resource: make_resource,
    Region: make_region,
    Organisation: make_organisation,
    Event: make_event,
    Source: make_source,
    Statement: make_statement,
}


@transaction.atomic
def _make(model: type[Entry], given: dict[str, Any]) -> Any:
    """Published together with its source, so that the feed tells both at once."""
    state = given.pop("state", State.PUBLISHED)
    names = {field.name for field in model._meta.many_to_many} | set(model.children)
    related = {name: list(given.pop(name)) for name in names & set(given)}
    unseen = state in {State.DRAFT, State.IN_REVIEW}
    if model.needs_citation and not unseen:
        related.setdefault("citations", [Citation(source=make_source(), locator="page 1")])
    entry = model(**given)
    with ledger.batch(by=None, reason="For a test") as batch:
        if unseen:
            entry.state = state
            batch.save(entry, related=related)
        else:
            batch.publish(entry, related=related)
        if state == State.WITHDRAWN:
            batch.withdraw(entry, expected=entry.version, why="A duplicate")
    return model.objects.get(pk=entry.pk)
