"""What visitors wrote before there were proposals: an upgrade keeps every word of it, and so does the way back."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import TestCase

from registry import ledger
from registry.models import PrivateChange, Proposal

NAME = "0008_enquiries_become_proposals"
SINCE = ["0009_translations"]  # what the tables have been given since
RECEIVED, CLOSED = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 2, 6, 10, tzinfo=UTC)
WORDS = {"name": "A reader", "email": "reader@example.net", "text": "May I see it?", "received_at": RECEIVED}


@pytest.mark.writes_around_the_ledger
class TestTheUpgrade(TestCase):
    """This migration alone, forward and back; the tables around it are as they are now.

    Once a table of proposals has to be told more than it was then, this upgrade is history, and so is the test.
    """

    def setUp(self):
        loader = MigrationLoader(connection, replace_migrations=False)
        self.migration = loader.get_migration("registry", NAME)
        self.state = loader.project_state(self.migration.dependencies[:1])
        for name in SINCE:
            loader.get_migration("registry", name).mutate_state(self.state, preserve=False)
        self.apps = self.state.apps
        with connection.schema_editor(atomic=False) as editor:
            editor.create_model(self.apps.get_model("registry", "Enquiry"))

    def upgrade(self):
        with connection.schema_editor(atomic=False) as editor:
            self.migration.apply(self.state.clone(), editor)

    def go_back(self):
        with connection.schema_editor(atomic=False) as editor:
            self.migration.unapply(self.state.clone(), editor)

    def stored(self, state, **given):
        enquiries = self.apps.get_model("registry", "Enquiry").objects
        return enquiries.create(**{"kind": "message", "code": "PRJ-0001", "state": state} | WORDS | given)

    def test_every_enquiry_is_a_proposal_with_its_words_its_day_and_its_history(self):
        self.apps.get_model("registry", "Project").objects.create(code="PRJ-0001", title="A mill")
        made = {state: self.stored(state) for state in ("received", "held", "passed_on", "answered", "closed")}
        made["join"] = self.stored("received", kind="join", code="PGM-0001")
        made["erased"] = self.stored("closed", name="", email="", text="", erased_at=CLOSED, version=4)
        noted = self.stored("closed", note="Known to us", version=3)
        changes = self.apps.get_model("registry", "PrivateChange").objects
        changes.create(what="enquiry", key=noted.pk, at=CLOSED, reason="Done", before={"note": ""}, after={"note": "K"})
        self.upgrade()

        kept = list(Proposal.objects.order_by("pk"))
        told = [(p.state, p.code, p.name, p.email, p.text, p.received_at, bool(p.erased_at), p.version) for p in kept]
        reader = ("A reader", "reader@example.net", "May I see it?", RECEIVED, False)
        assert told == [
            ("waiting", "PRJ-0001", *reader, 1),
            ("held", "PRJ-0001", *reader, 1),
            ("passed_on", "PRJ-0001", *reader, 1),
            ("closed", "PRJ-0001", *reader, 1),
            ("closed", "PRJ-0001", *reader, 1),
            ("waiting", "PGM-0001", *reader, 1),
            ("closed", "PRJ-0001", "", "", "", RECEIVED, True, 4),
            ("closed", "PRJ-0001", *reader, 3),
        ]
        assert [p.kind for p in kept].count("join") == 1 and {p.origin for p in kept} == {"public"}
        assert (kept[0].entry_type, kept[0].title, kept[5].entry_type) == ("project", "A mill", "programme")
        assert len({p.reference for p in kept}) == 8 and kept[0].decided_at is None and kept[7].decided_at == CLOSED
        assert [(m.text, m.internal) for m in kept[7].messages.all()] == [("Known to us", True)]
        change = PrivateChange.objects.get()
        assert (change.what, change.key) == ("enquiry", str(kept[7].pk))
        done = ledger.undo(change.batch, by=None, reason="A mistake")
        assert len(done.kept) == 1 and "it is a proposal now" in done.kept[0]
        assert not Permission.objects.filter(codename__endswith="_enquiry").exists()

    def test_the_way_back_gives_the_enquiries_and_the_rights_again(self):
        noted = self.stored("answered", note="Known to us")
        self.stored("received", kind="join", code="PGM-0001")
        self.upgrade()
        self.go_back()
        enquiries = self.apps.get_model("registry", "Enquiry").objects
        kept = {(e.kind, e.code, e.state, e.note, e.text, e.received_at) for e in enquiries.all()}
        assert kept == {
            ("message", noted.code, "closed", "Known to us", noted.text, RECEIVED),
            ("join", "PGM-0001", "received", "", noted.text, RECEIVED),
        }
        assert not Proposal.objects.exists()
        editors = Group.objects.get(name="Editors")
        assert editors.permissions.filter(codename="change_enquiry").exists()
