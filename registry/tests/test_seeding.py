"""Seeding adds what the register has never held, and touches nothing else."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction

from registry import ledger, versions
from registry.models import (
    ENTRIES,
    Change,
    Contact,
    ContactDuty,
    InitiativeParticipation,
    Project,
    Source,
    State,
)
from registry.seeding import seed

pytestmark = pytest.mark.django_db

REPORT = {"model": "registry.source", "pk": "SRC-0007", "fields": {"title": "A report", "kind": "report"}}
MILL = {"model": "registry.project", "pk": "PRJ-0007", "fields": {"title": "A mill", "status": "ongoing"}}
ROW_1 = {"entry_type": ["registry", "project"], "entry_code": "PRJ-0007", "source": "SRC-0007", "locator": "row 1"}


def published(record, **fields):
    return record | {"fields": record["fields"] | {"state": "published"} | fields}


@pytest.fixture
def folder(tmp_path):
    """Fixtures of one published project with its source; the project's file comes first."""
    citation = {"model": "registry.citation", "fields": ROW_1}
    (tmp_path / "a.json").write_text(json.dumps([published(MILL), citation]))
    (tmp_path / "b.json").write_text(json.dumps([published(REPORT)]))
    return tmp_path


def snapshots():
    return {entry.pk: versions.snapshot(entry) for model in ENTRIES for entry in model.objects.all()}


def test_the_command_publishes_every_record_in_one_batch_and_a_second_run_adds_nothing():
    first, second = StringIO(), StringIO()
    call_command("seed", stdout=first)
    stored = {entry.pk for model in ENTRIES for entry in model.objects.public()}
    assert sorted(Change.objects.values_list("entry_code", flat=True)) == sorted(stored)
    assert Change.objects.values("batch").distinct().count() == 1
    assert InitiativeParticipation.objects.filter(initiative="INI-0014").count() == 5
    call_command("seed", stdout=second)
    assert first.getvalue() == f"{len(stored)} records added, 0 left as they are.\n"
    assert second.getvalue() == f"0 records added, {len(stored)} left as they are.\n"
    assert Change.objects.count() == len(stored)


@pytest.mark.writes_around_the_ledger
def test_loaddata_gives_the_same_records_as_seeding():
    with transaction.atomic():
        seed()
        expected = snapshots()
        transaction.set_rollback(True)
    assert expected and snapshots() == {}
    call_command("loaddata", *sorted(Path(settings.FIXTURE_DIRS[0]).glob("*.json")), verbosity=0)
    assert snapshots() == expected


def test_an_edited_record_is_not_overwritten(folder):
    seed(folder)
    project = Project.objects.get(pk="PRJ-0007")
    project.status = "completed"
    citation = project.citations.get()
    citation.note = "Read again"
    with ledger.batch(by=None, reason="The works are over") as batch:
        batch.save(project, expected=project.version, related={"citations": [citation]})
    assert seed(folder).added == []
    project = Project.objects.get(pk="PRJ-0007")
    assert (project.status, project.version, project.citations.get().note) == ("completed", 2, "Read again")


def test_a_withdrawn_record_stays_withdrawn(folder):
    seed(folder)
    with ledger.batch(by=None, reason="Taken back") as batch:
        batch.withdraw(Project.objects.get(pk="PRJ-0007"), expected=1, why="A duplicate")
    assert seed(folder).added == []
    assert Project.objects.get(pk="PRJ-0007").state == State.WITHDRAWN


def test_a_deleted_draft_is_not_brought_back(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([REPORT]))
    assert seed(tmp_path).added == ["SRC-0007"]
    with ledger.batch(by=None, reason="Not needed") as batch:
        batch.delete(Source.objects.get(pk="SRC-0007"), expected=1)
    assert seed(tmp_path).added == []
    assert not Source.objects.exists()


def test_only_what_is_missing_is_added(folder):
    seed(folder)
    (folder / "c.json").write_text(json.dumps([published(REPORT) | {"pk": "SRC-0008"}]))
    done = seed(folder)
    assert (done.added, sorted(done.present)) == (["SRC-0008"], ["PRJ-0007", "SRC-0007"])


def test_a_record_without_a_citation_leaves_nothing_of_its_batch_behind(folder):
    (folder / "a.json").write_text(json.dumps([published(MILL)]))
    with pytest.raises(ValidationError, match="cites no published source"):
        seed(folder)
    assert snapshots() == {} and not Change.objects.exists()


def test_a_record_that_breaks_a_rule_of_its_noun_is_refused(folder):
    (folder / "b.json").write_text(json.dumps([published(REPORT, dates="30 February")]))
    with pytest.raises(ValidationError, match="not a date the register can read"):
        seed(folder)
    assert snapshots() == {}


def test_a_new_record_never_takes_the_code_of_a_seeded_one():
    seed()
    with connection.cursor() as cursor:  # as in a new register: a sequence does not forget what other tests drew
        cursor.execute("ALTER SEQUENCE registry_source_code RESTART")
    source = Source(title="Another report", kind="report")
    with ledger.batch(by=None, reason="A new source") as batch:
        batch.save(source)
    assert source.pk == "SRC-0007"


def test_the_contact_of_the_campaign_is_kept_in_private_and_once():
    seed()
    duty = ContactDuty.objects.select_related("contact").get(code="INI-0014")
    assert duty.contact.email and duty.contact.consent == "not_asked" and not duty.contact.may_be_written_to
    ledger.erase(duty.contact, by=None, reason="Asked to")
    seed()
    assert [contact.email for contact in Contact.objects.all()] == [""]
