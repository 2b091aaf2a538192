"""Harvesters that libraries use fetch everything, in parts, over a real connection."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch as NothingForScythe
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch as NothingForSickle

from registry import ledger
from registry.api.oai import verbs
from registry.models import FeedEntry, Project
from registry.tests.make import make_event, make_organisation, make_project, make_region

pytestmark = pytest.mark.django_db(transaction=True)
PAST, FUTURE = "2000-01-01", "2999-12-31"


class BySickle:
    """Asks with sickle."""

    nothing = NothingForSickle

    def __init__(self, address: str) -> None:
        self.client = Sickle(address)

    def records(self, **asked: Any) -> Iterable[Any]:
        return self.client.ListRecords(metadataPrefix="oai_dc", **asked)

    def headers(self, **asked: Any) -> Iterable[Any]:
        return self.client.ListIdentifiers(metadataPrefix="oai_dc", **asked)

    def sets(self) -> Iterable[Any]:
        return self.client.ListSets()


class ByScythe:
    """Asks with oaipmh-scythe."""

    nothing = NothingForScythe

    def __init__(self, address: str) -> None:
        self.client = Scythe(address)

    def records(self, **asked: Any) -> Iterable[Any]:
        return self.client.list_records(**{f"{name}_": value for name, value in asked.items()})

    def headers(self, **asked: Any) -> Iterable[Any]:
        until = {"until": asked.pop("until")} if "until" in asked else {}
        return self.client.list_identifiers(**until, **{f"{name}_": value for name, value in asked.items()})

    def sets(self) -> Iterable[Any]:
        return self.client.list_sets()


def feed(**asked: Any) -> dict[str, tuple[bool, str]]:
    """By identifier, whether it is deleted, and its collection: what the feed holds."""
    found = FeedEntry.objects.current().filter(**asked)
    return {f"oai:localhost:{entry.code}": (entry.state != "published", entry.noun) for entry in found}


def told(headers: Iterable[Any]) -> dict[str, tuple[bool, str]]:
    """The same from the headers that a harvester has read, each once."""
    headers = list(headers)
    assert len({header.identifier for header in headers}) == len(headers)
    return {header.identifier: (header.deleted, *header.setSpecs) for header in headers}


@pytest.fixture
def projects(monkeypatch):
    """Seven projects among other records, two of them withdrawn; a part holds three."""
    monkeypatch.setattr(verbs, "AT_ONCE", 3)
    with transaction.atomic():
        made = [make_project(title=f"Mill {number}") for number in range(7)]
        make_region(), make_event(), make_organisation()
    for project in made[:2]:
        with ledger.batch(by=None, reason="Taken back") as batch:
            batch.withdraw(project, expected=project.version, why="It was wrong")
    return made


def test_harvesters_fetch_every_record_and_every_tombstone_and_miss_no_edit_in_between(projects, live_server):
    sickle, scythe = BySickle(f"{live_server.url}/oai/"), ByScythe(f"{live_server.url}/oai/")
    for harvester in (sickle, scythe):
        everything = feed()
        assert len(everything) > 15 and sum(deleted for deleted, _noun in everything.values()) == 2
        assert told(record.header for record in harvester.records()) == everything
        assert told(harvester.headers(set="projects")) == feed(noun="projects")
        assert told(harvester.headers(**{"from": PAST, "until": FUTURE})) == everything
        with pytest.raises(harvester.nothing):
            list(harvester.headers(**{"from": FUTURE}))
        assert len(list(harvester.sets())) == 15

        harvest = iter(harvester.records(set="projects"))
        found = [next(harvest)]
        title = f"Renamed for {type(harvester).__name__}"
        rename(projects[2], title)
        rename(projects[6], title)
        latest = {record.header.identifier: record for record in [*found, *harvest]}
        assert latest.keys() == feed(noun="projects").keys()
        assert [latest[f"oai:localhost:{p.pk}"].metadata["title"] for p in (projects[2], projects[6])] == [[title]] * 2
    scythe.client.close()


def rename(project, title):
    project = Project.objects.get(pk=project.pk)
    project.title = title
    with ledger.batch(by=None, reason="Read again") as batch:
        batch.save(project, expected=project.version)
