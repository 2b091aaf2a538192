"""What is private is written, taken back and erased through the ledger, and nothing of it stays anywhere."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg2 import sql

from registry import ledger
from registry.models import Contact, ContactDuty, PrivateChange, Programme, Project, Proposal, ProposalMessage
from registry.tests.make import make_contact, make_project, make_user, received_proposal

pytestmark = pytest.mark.django_db
CANARY = "Quxoprane"


def everywhere(word):
    """The columns of the whole database in which a word stands, in any letters."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY', 'tsvector')"
        )
        found = []
        for table, column in cursor.fetchall():
            question = sql.SQL("SELECT count(*) FROM {} WHERE {}::text ILIKE %s")
            question = question.format(sql.Identifier(table), sql.Identifier(column)).as_string(connection.connection)
            cursor.execute(question, [f"%{word}%"])
            found += [(table, column)] if cursor.fetchone()[0] else []
    return found


def secret_contact(code=""):
    contact = make_contact(
        code, duty=f"{CANARY} duty", name=CANARY, email=f"{CANARY}@example.org", note=f"{CANARY} note"
    )
    contact.position = f"{CANARY} keeper"
    keep(contact, f"{CANARY} was promoted")
    return contact


def keep(row, reason="For a test", **more):
    with ledger.batch(by=None, reason=reason) as batch:
        batch.keep(row, expected=row.version, **more)
    return batch


def receive(kind="message", about=Project, **given):
    """A proposal with the canary in everything that says who made it, and in the words about it."""
    told = {"name": f"{CANARY} reader", "email": f"{CANARY}@example.org", "text": f"{CANARY} text"}
    if kind in {"new", "change"}:
        told |= {"credit": CANARY, "evidence": f"{CANARY} told me", "evidence_url": f"https://example.org/{CANARY}"}
    proposal = received_proposal(kind, about, **told | given)
    for internal in (True, False):
        ledger.put(ProposalMessage(proposal=proposal, internal=internal, text=f"{CANARY} again"))
    return proposal


def test_erasing_a_contact_leaves_a_stub_and_its_name_nowhere_in_the_database():
    contact, by = secret_contact(make_project().pk), make_user()
    assert everywhere(CANARY)
    ledger.erase(contact, by=by, reason="Asked for it")
    stub = Contact.objects.get()
    assert stub.erased_at and not stub.duties.exists()
    assert everywhere(CANARY) == []
    assert PrivateChange.objects.filter(reason="Asked for it", by=by, erased=True).count() == 1


@pytest.mark.parametrize("kind", ["new", "change", "join", "message"])
def test_erasing_a_proposal_leaves_who_made_it_nowhere_in_the_database_and_what_was_proposed_where_it_was(kind):
    proposal, by = receive(kind, Programme if kind == "join" else Project), make_user()
    ledger.erase(proposal, by=by, reason="Asked for it")
    stub = Proposal.objects.get()
    assert everywhere(CANARY) == [] and stub.erased_at
    assert stub.proposed == proposal.proposed and stub.code == proposal.code
    assert stub.state == ("waiting" if kind in {"new", "change"} else "closed")
    assert PrivateChange.objects.get().reason == "Asked for it"


@pytest.mark.writes_around_the_ledger
def test_the_history_from_before_it_was_a_proposal_is_read_erased_with_it_and_not_taken_back():
    proposal = receive()
    old = {"what": "enquiry", "key": proposal.pk, "reason": f"{CANARY} called", "after": {"note": CANARY}}
    change = PrivateChange.objects.create(before={"note": ""}, **old)
    done = ledger.undo(change.batch, by=None, reason="A mistake")
    assert len(done.kept) == 1 and "it is a proposal now" in done.kept[0]
    ledger.erase(proposal, by=None, reason="Asked for it")
    assert everywhere(CANARY) == []


def test_a_change_of_a_contact_is_taken_back_with_its_duties_and_not_once_it_was_erased():
    first, second = make_project().pk, make_project().pk
    contact = make_contact(first, name="Sevil", telephone="1")
    contact.telephone = "2"
    made = keep(contact, related={"duties": [ContactDuty(code=second, position=2)]})
    ledger.undo(made.id, by=None, reason="A mistake")
    stored = Contact.objects.get()
    assert (stored.telephone, stored.version) == ("1", 3)
    assert list(stored.duties.values_list("code", "position")) == [(first, 1)]
    ledger.erase(stored, by=None, reason="Asked for it")
    done = ledger.undo(made.id, by=None, reason="Again")
    assert len(done.kept) == 1 and Contact.objects.get().name == ""


def test_a_batch_with_a_record_and_a_contact_is_taken_back_whole():
    project, contact = make_project(title="Before"), make_contact(name="Before")
    project.title, contact.name = "After", "After"
    with ledger.batch(by=None, reason="Both") as batch:
        batch.save(project, expected=project.version)
        batch.keep(contact, expected=contact.version)
    ledger.undo(batch.id, by=None, reason="A mistake")
    project.refresh_from_db()
    assert (project.title, Contact.objects.get().name) == ("Before", "Before")


def test_adding_a_contact_is_taken_back_and_the_taking_back_as_well():
    with ledger.batch(by=None, reason="New") as batch:
        contact = Contact(name="Sevil", telephone="1", expires_on=date(2099, 1, 1))
        batch.keep(contact, related={"duties": [ContactDuty(code="PRJ-0001")]})
    key = contact.pk
    ledger.undo(batch.id, by=None, reason="A mistake")
    assert not Contact.objects.exists() and not ContactDuty.objects.exists()
    again = PrivateChange.objects.latest("pk").batch
    ledger.undo(again, by=None, reason="Not a mistake")
    back = Contact.objects.get(pk=key)
    assert (back.name, back.duties.get().code) == ("Sevil", "PRJ-0001")


def test_a_contact_that_somebody_else_changed_is_not_overwritten():
    contact = make_contact(name="Before")
    mine, theirs = Contact.objects.get(), Contact.objects.get()
    theirs.name = "Theirs"
    keep(theirs)
    mine.name = "Mine"
    with pytest.raises(ledger.ChangedMeanwhile) as refusal:
        keep(mine)
    assert refusal.value.theirs["name"] == "Theirs" and refusal.value.current == contact.version + 1
    with pytest.raises(ledger.VersionMissing), ledger.batch(by=None, reason="Blind") as batch:
        batch.keep(mine)
    assert Contact.objects.get().name == "Theirs"


def test_what_a_visitor_wrote_stands_in_the_proposal_and_its_conversation_alone():
    receive()
    assert {table for table, _column in everywhere(CANARY)} == {"registry_proposal", "registry_proposalmessage"}


@pytest.mark.writes_around_the_ledger
def test_what_has_expired_is_erased_and_what_is_still_needed_stays(capsys):
    today = timezone.localdate()
    over, last = secret_contact(), make_contact(name="Last day", expires_on=today)
    Contact.objects.filter(pk=over.pk).update(expires_on=today - timedelta(days=1))
    closed, held, recent, waiting = receive(), receive(held=True), receive(), receive("change")
    long_ago = timezone.now() - timedelta(days=200)
    Proposal.objects.update(received_at=long_ago)
    ProposalMessage.objects.update(at=long_ago)
    Proposal.objects.filter(pk=closed.pk).update(state="closed", decided_at=long_ago)
    Proposal.objects.filter(pk=recent.pk).update(state="passed_on", decided_at=timezone.now())
    call_command("erase_expired")
    assert set(Contact.objects.exclude(erased_at=None)) == {over} and Contact.objects.get(pk=last.pk).name == "Last day"
    assert set(Proposal.objects.exclude(erased_at=None)) == {closed, held}
    assert set(Proposal.objects.filter(erased_at=None)) == {recent, waiting}
    said = capsys.readouterr().out
    assert "1 contacts and 2 proposals erased" in said and "without a word" not in said and CANARY not in said
    call_command("erase_expired")
    assert "0 contacts and 0 proposals erased" in capsys.readouterr().out


@pytest.mark.writes_around_the_ledger
def test_what_nobody_answers_for_two_years_is_erased_too_and_the_facts_in_it_still_wait(capsys):
    message, change, spoken = receive(), receive("change"), receive("change")
    years_ago = timezone.now() - timedelta(days=740)
    Proposal.objects.update(received_at=years_ago)
    ProposalMessage.objects.exclude(proposal=spoken).update(at=years_ago)
    call_command("erase_expired")
    assert "2 of the proposals had waited for 24 months" in capsys.readouterr().out
    left = {proposal.pk: (bool(proposal.erased_at), proposal.state) for proposal in Proposal.objects.all()}
    assert left == {message.pk: (True, "closed"), change.pk: (True, "waiting"), spoken.pk: (False, "waiting")}
    assert Proposal.objects.get(pk=change.pk).proposed == change.proposed


@pytest.mark.writes_around_the_ledger
def test_the_history_of_a_contact_whose_adding_was_undone_is_erased_in_time():
    with ledger.batch(by=None, reason="New") as batch:
        batch.keep(Contact(name=CANARY, telephone="1", expires_on=date(2099, 1, 1)))
    ledger.undo(batch.id, by=None, reason="A mistake")
    ledger.erase_expired()
    assert everywhere(CANARY)
    PrivateChange.objects.update(at=timezone.now() - timedelta(days=200))
    assert ledger.erase_expired().histories == 1
    assert everywhere(CANARY) == []
