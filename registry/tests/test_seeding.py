"""Seeding adds what the register has never held, and touches nothing else."""

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from registry import ledger
from registry.models import ENTRIES, Change, InitiativeParticipation, Project, Source, State
from registry.seeding import seed

pytestmark = pytest.mark.django_db


def write(folder, name, *rows):
    (folder / name).write_text(json.dumps(rows), encoding="utf-8")


def draft_source(**fields):
    return {"model": "registry.source", "pk": "SRC-0007", "fields": {"title": "A leaflet", "kind": "other", **fields}}


def test_every_record_is_published_through_the_ledger_in_one_batch():
    added = seed().added
    assert set(added) == {entry.pk for model in ENTRIES for entry in model.objects.public()}
    assert sorted(Change.objects.values_list("entry_code", flat=True)) == sorted(added)
    assert Change.objects.values("batch").distinct().count() == 1
    assert InitiativeParticipation.objects.filter(initiative="INI-0015").count() == 5


def test_the_command_says_what_it_did_and_a_second_run_adds_nothing():
    first, second = StringIO(), StringIO()
    call_command("seed", stdout=first)
    changes = Change.objects.count()
    call_command("seed", stdout=second)
    assert first.getvalue() == f"{changes} records added, 0 left as they are.\n"
    assert second.getvalue() == f"0 records added, {changes} left as they are.\n"
    assert Change.objects.count() == changes


def test_an_edited_record_is_not_overwritten():
    seed()
    project = Project.objects.get(pk="PRJ-0002")
    project.status = "completed"
    with ledger.batch(by=None, reason="The ministry reports the end of the works") as batch:
        batch.save(project, expected=project.version, related={"citations": list(project.citations.all()[:1])})
    assert seed().added == []
    project.refresh_from_db()
    assert (project.status, project.version, project.citations.count()) == ("completed", 2, 1)


def test_a_withdrawn_record_stays_withdrawn():
    seed()
    project = Project.objects.get(pk="PRJ-0003")
    with ledger.batch(by=None, reason="Taken back") as batch:
        batch.withdraw(project, expected=project.version, why="A duplicate")
    assert seed().added == []
    assert Project.objects.get(pk="PRJ-0003").state == State.WITHDRAWN


def test_a_deleted_draft_is_not_brought_back(tmp_path):
    write(tmp_path, "sources.json", draft_source())
    assert seed(tmp_path).added == ["SRC-0007"]
    with ledger.batch(by=None, reason="Not needed") as batch:
        batch.delete(Source.objects.get(pk="SRC-0007"), expected=1)
    assert seed(tmp_path).added == []
    assert not Source.objects.filter(pk="SRC-0007").exists()


def test_only_what_is_missing_is_added(tmp_path):
    write(tmp_path, "sources.json", draft_source())
    seed(tmp_path)
    write(tmp_path, "sources.json", draft_source(), draft_source() | {"pk": "SRC-0008"})
    done = seed(tmp_path)
    assert (done.added, done.present) == (["SRC-0008"], ["SRC-0007"])


def test_a_record_that_cannot_be_published_leaves_nothing_behind(tmp_path):
    write(tmp_path, "a.json", draft_source(state="published"))
    write(tmp_path, "b.json", {"model": "registry.project", "pk": "PRJ-0007", "fields": {"title": "X", "state": "published"}})
    with pytest.raises(ValidationError, match="cites no published source"):
        seed(tmp_path)
    assert not Source.objects.exists() and not Project.objects.exists() and not Change.objects.exists()


def test_a_record_that_breaks_a_rule_of_its_noun_is_refused(tmp_path):
    write(tmp_path, "sources.json", draft_source(dates="30 February"))
    with pytest.raises(ValidationError, match="not a date the register can read"):
        seed(tmp_path)
    assert not Source.objects.exists()


def test_a_new_record_never_takes_the_code_of_a_seeded_one():
    seed()
    source = Source(title="Another report", kind="report")
    with ledger.batch(by=None, reason="A new source") as batch:
        batch.save(source)
    assert source.pk == "SRC-0005"
