"""What visitors write, in the review: read by those who may, passed on without an address, closed, erased."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from registry import review
from registry.models import Look, PrivateChange, Programme, Proposal
from registry.tests.admin.forms import fields, sign_in
from registry.tests.make import make_contact, make_project, make_region, received_proposal

pytestmark = pytest.mark.django_db
CANARY = "Quxoprane"


class FullMailServer(EmailBackend):
    """Takes nothing for the first address it meets, as a server that is full."""

    def send_messages(self, messages):
        if any("full@" in address for message in messages for address in message.to):
            raise SMTPServerDisconnected("451 full@example.org: mailbox full")
        return super().send_messages(messages)


@pytest.fixture
def letter():
    return write()


def write(about=None, kind="message", **given):
    words = {"name": f"{CANARY} reader", "email": "reader@example.net", "text": f"{CANARY} asks for drawings"}
    return received_proposal(kind, about or make_project(title="A mill"), **words | given)


def page(letter, name=""):
    return f"/admin/review/{letter.pk}/{name}"


def send(client, letter, do, *to, **typed):
    """What a browser sends when a button of the page is pressed, with only these contacts ticked."""
    form = fields(client.get(page(letter)), "review-form")
    return client.post(page(letter), form | {"to": [contact.pk for contact in to]} | typed | {"do": do})


def test_reading_what_a_visitor_wrote_is_kept(letter):
    client = sign_in("Editors")
    shown = client.get(page(letter)).content.decode()
    assert f"{CANARY} asks" in shown and "A mill" in shown
    looked = Look.objects.filter(by=client.user, what="proposal", key=str(letter.pk))
    assert looked.count() == 1
    client.get("/admin/review/")
    assert looked.count() == 1


def test_a_contributor_meets_no_letter_through_any_door(letter):
    client = sign_in("Contributors")
    doors = ["/admin/review/", page(letter), page(letter, "erase/")]
    assert {client.get(door).status_code for door in doors} == {403}
    assert client.post(page(letter), {"do": "pass_on", "to": "1", "version": "1"}).status_code == 403
    for door in ("/admin/", "/admin/review/mine/", "/admin/records/?term=quxo", "/admin/registry/change/"):
        assert CANARY not in client.get(door).content.decode()
    assert mail.outbox == []


def test_a_letter_about_another_region_is_not_there(letter):
    here, there = make_region(title="Here"), make_region(title="There")
    away = write(make_project(regions=[there]))
    editor = sign_in("Editors")
    editor.user.regions.add(here)
    assert [editor.get(page(each)).status_code for each in (letter, away)] == [200, 404]
    assert editor.get(page(away, "erase/")).status_code in {403, 404}


def test_it_is_passed_on_to_those_who_agreed_and_nobody_learns_an_address_of_another(letter):
    first = make_contact(letter.code, name="First", email="first@example.org")
    second = make_contact(letter.code, name="Second", email="second@example.org")
    make_contact(letter.code, name="Unwilling", email="unwilling@example.org", consent="refused")
    make_contact(letter.code, name="Over", email="over@example.org", expires_on="2026-01-06")
    client = sign_in("Editors")
    shown = client.get(page(letter)).content.decode()
    assert "first@example.org" in shown and "unwilling@" not in shown and "over@" not in shown and "2 more" in shown
    send(client, letter, "pass_on", first, second)
    assert [message.to for message in mail.outbox] == [["first@example.org"], ["second@example.org"]]
    for message in mail.outbox:
        assert message.reply_to == ["reader@example.net"] and f"{CANARY} asks for drawings" in message.body
        assert message.cc == message.bcc == []
    assert "second@" not in mail.outbox[0].message().as_string()
    letter.refresh_from_db()
    assert letter.state == "passed_on" and letter.decided_at
    kept = letter.messages.get(step="passed_on")
    assert (kept.by, kept.internal, kept.text) == (client.user, True, f"To contact {first.pk}, {second.pk}.")
    assert Look.objects.filter(what="contacts", key=letter.code, by=client.user).exists()
    told = sign_in().get(f"/proposals/{letter.reference}/").content.decode()
    assert "Passed on" in told and "first@" not in told and "First" not in told and "contact" not in told.lower()


def test_somebody_who_did_not_agree_cannot_be_written_to_by_a_forged_form(letter):
    unwilling, other = make_contact(letter.code, consent="not_asked"), make_contact(name="Of another record")
    for contact in (unwilling, other):
        answer = send(sign_in("Stewards"), letter, "pass_on", contact)
        assert answer.status_code == 409 and "Choose somebody" in answer.content.decode()
    assert mail.outbox == [] and Proposal.objects.get().state == "waiting"


def test_when_the_mail_server_fails_it_is_said_nothing_is_lost_and_no_log_names_anybody(letter, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.FullMailServer"
    full = make_contact(letter.code, name="Full", email="full@example.org")
    fine = make_contact(letter.code, name="Fine", email="fine@example.org")
    client = sign_in("Editors")
    refused = send(client, letter, "pass_on", full)
    assert refused.status_code == 409 and "Nothing was sent and nothing is lost" in refused.content.decode()
    assert Proposal.objects.get().state == "waiting" and mail.outbox == [] and "full@" not in caplog.text
    assert "SMTPServerDisconnected" in caplog.text and CANARY not in caplog.text
    send(client, letter, "pass_on", full, fine)
    assert len(mail.outbox) == 1 and Proposal.objects.get().state == "passed_on"
    assert f"did not take it for contact {full.pk}" in client.get(page(letter)).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send(client, letter, "pass_on", full)
    assert [message.to for message in mail.outbox] == [["fine@example.org"], ["full@example.org"]]


def test_two_editors_do_not_pass_on_the_same_letter_twice(letter):
    contact, late = make_contact(letter.code), sign_in("Editors")
    old = fields(late.get(page(letter)), "review-form")
    send(sign_in("Editors"), letter, "pass_on", contact)
    answer = late.post(page(letter), old | {"do": "pass_on"})
    assert answer.status_code == 409 and "Somebody else changed this meanwhile" in answer.content.decode()
    assert len(mail.outbox) == 1


def test_what_is_held_as_spam_or_proposes_something_is_not_passed_on():
    held, change = write(held=True), write(kind="change")
    client = sign_in("Editors")
    for each in (held, change):
        contact = make_contact(each.code)
        assert "to contact" not in client.get(page(each)).content.decode().lower()
        sent = {"do": "pass_on", "to": contact.pk, "version": each.version}
        assert client.post(page(each), sent).status_code == 409
    assert mail.outbox == []


def test_it_is_answered_and_closed_with_a_word_that_its_author_reads_and_one_that_they_do_not():
    letter, client = write(Programme, kind="join"), sign_in("Editors")
    send(client, letter, "ask", message="In which month could you come?")
    review.answer(letter.reference, "In May.")
    assert "In May." in client.get(page(letter)).content.decode()
    send(client, letter, "close", message="You are welcome in May.", note=f"{CANARY} is known to us")
    letter.refresh_from_db()
    assert letter.state == "closed" and letter.decided_at
    told = client.get(f"/proposals/{letter.reference}/").content.decode()
    assert "You are welcome in May." in told and "known to us" not in told and client.user.username not in told


def test_an_auditor_reads_and_does_nothing(letter):
    contact, client = make_contact(letter.code), sign_in("Auditors")
    assert f"{CANARY} asks" in client.get(page(letter)).content.decode()
    for do in ("pass_on", "close", "ask", "spam"):
        assert client.post(page(letter), {"do": do, "to": contact.pk, "version": "1"}).status_code == 403
    assert client.get(page(letter, "erase/")).status_code == 403
    assert mail.outbox == [] and Proposal.objects.get().state == "waiting"


def test_a_publisher_erases_it_and_it_cannot_be_passed_on_any_more(letter):
    make_contact(letter.code)
    client = sign_in("Publishers")
    assert sign_in("Editors").get(page(letter, "erase/")).status_code == 403
    assert client.post(page(letter, "erase/"), {"reason": ""}).status_code == 200 and not erased(letter)
    client.post(page(letter, "erase/"), {"reason": "Asked for it"})
    shown = client.get(page(letter)).content.decode()
    assert erased(letter) and "was erased on" in shown and CANARY not in shown and "reader@" not in shown
    assert client.post(page(letter), {"do": "pass_on", "version": letter.version + 1}).status_code == 409
    assert PrivateChange.objects.get(what="proposal").by == client.user and mail.outbox == []


def erased(letter):
    return bool(Proposal.objects.get(pk=letter.pk).erased_at)
