"""Enquiries in the admin: read by those who may, dealt with, passed on without giving an address away, erased."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from registry import ledger
from registry.models import Enquiry, EnquiryKind, Look, PrivateChange
from registry.tests.admin.forms import edited, fields, sign_in
from registry.tests.make import make_contact, make_project

pytestmark = pytest.mark.django_db
CANARY = "Quxoprane"
LIST = "/admin/registry/enquiry/"


class FullMailServer(EmailBackend):
    """Takes nothing for the first address it meets, as a server that is full."""

    def send_messages(self, messages):
        if any("full@" in address for message in messages for address in message.to):
            raise SMTPServerDisconnected("451 full@example.org: mailbox full")
        return super().send_messages(messages)


@pytest.fixture
def enquiry():
    return receive()


def receive(code=None, **given):
    words = {"name": f"{CANARY} reader", "email": "reader@example.net", "text": f"{CANARY} asks for drawings"}
    ledger.receive(EnquiryKind.MESSAGE, code or make_project(title="A mill").pk, **words | given)
    return Enquiry.objects.latest("pk")


def page(enquiry, name="change"):
    return f"{LIST}{enquiry.pk}/{name}/"


def pass_on(client, enquiry, *contacts):
    version = fields(client.get(page(enquiry, "pass-on")))["version"]
    sent = {"to": [contact.pk for contact in contacts], "version": version}
    return client.post(page(enquiry, "pass-on"), sent)


def test_reading_an_enquiry_is_kept_and_its_state_and_note_are_changed_through_the_ledger(enquiry):
    client = sign_in("Editors")
    shown = client.get(page(enquiry))
    assert f"{CANARY} asks" in shown.content.decode() and "A mill" in shown.content.decode()
    assert list(Look.objects.values_list("by", "what", "key")) == [(client.user.pk, "enquiry", str(enquiry.pk))]
    sent = edited(shown, state="answered", note="By telephone", reason="Done", text="Forged", email="x@example.org")
    client.post(page(enquiry), sent | {"_save": "1"})
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.note, enquiry.email) == ("answered", "By telephone", "reader@example.net")
    assert enquiry.text == f"{CANARY} asks for drawings" and PrivateChange.objects.get().reason == "Done"


def test_new_enquiries_stand_on_the_desk_and_first_in_the_list(enquiry):
    receive(name="The newest")
    receive(name="Held one", held=True)
    client = sign_in("Publishers")
    assert "3 enquiries from visitors wait." in client.get("/admin/").content.decode()
    shown = client.get(LIST).content.decode()
    assert shown.index("Held one") < shown.index("The newest") < shown.index(f"{CANARY} reader")
    held = client.get(f"{LIST}?state__exact=held").content.decode()
    assert "Held one" in held and "The newest" not in held


def test_a_contributor_meets_no_enquiry_through_any_door(enquiry):
    client = sign_in("Contributors")
    doors = [
        LIST,
        f"{LIST}?q={CANARY}",
        *(page(enquiry, name) for name in ("change", "history", "delete", "erase", "pass-on")),
    ]
    doors += ["/admin/", "/admin/records/?term=quxo", "/admin/registry/change/", "/admin/registry/privatechange/"]
    answers = {door: client.get(door) for door in doors}
    assert {answers[door].status_code for door in doors[:7]} == {403}
    assert [door for door, answer in answers.items() if f"{CANARY} asks" in answer.content.decode()] == []
    assert "reader@example.net" not in "".join(answer.content.decode() for answer in answers.values())
    assert client.post(page(enquiry, "pass-on"), {"to": "1"}).status_code == 403 and mail.outbox == []


def test_an_enquiry_is_passed_on_to_those_who_agreed_and_nobody_learns_an_address_of_another(enquiry):
    first = make_contact(enquiry.code, name="First", email="first@example.org")
    second = make_contact(enquiry.code, name="Second", email="second@example.org")
    make_contact(enquiry.code, name="Unwilling", email="unwilling@example.org", consent="refused")
    make_contact(enquiry.code, name="Over", email="over@example.org", expires_on="2026-01-06")
    client = sign_in("Editors")
    shown = client.get(page(enquiry, "pass-on")).content.decode()
    assert "first@example.org" in shown and "unwilling@" not in shown and "over@" not in shown and "2 more" in shown
    pass_on(client, enquiry, first, second)
    assert [message.to for message in mail.outbox] == [["first@example.org"], ["second@example.org"]]
    for message in mail.outbox:
        assert message.reply_to == ["reader@example.net"] and f"{CANARY} asks for drawings" in message.body
        assert message.cc == message.bcc == []
    assert "second@" not in mail.outbox[0].message().as_string()
    assert not any("reader@example.net" in address for message in mail.outbox for address in message.recipients())
    enquiry.refresh_from_db()
    assert enquiry.state == "passed_on" and PrivateChange.objects.latest("pk").by == client.user
    assert Look.objects.filter(what="contacts", key=enquiry.code, by=client.user).exists()


def test_somebody_who_did_not_agree_cannot_be_written_to_by_a_forged_form(enquiry):
    unwilling, other = make_contact(enquiry.code, consent="not_asked"), make_contact(name="Of another record")
    for contact in (unwilling, other):
        sent = {"to": [contact.pk], "version": enquiry.version}
        assert sign_in("Publishers").post(page(enquiry, "pass-on"), sent).status_code == 200
    assert mail.outbox == [] and Enquiry.objects.get().state == "received"


def test_when_the_mail_server_fails_it_is_said_nothing_is_lost_and_no_log_names_anybody(enquiry, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.FullMailServer"
    full = make_contact(enquiry.code, name="Full", email="full@example.org")
    fine = make_contact(enquiry.code, name="Fine", email="fine@example.org")
    client = sign_in("Publishers")
    refused = pass_on(client, enquiry, full)
    assert refused.status_code == 502 and "Nothing was sent and nothing is lost" in refused.content.decode()
    assert Enquiry.objects.get().state == "received" and mail.outbox == [] and not caplog.text.count("full@")
    assert "SMTPServerDisconnected" in caplog.text and CANARY not in caplog.text
    client.post(page(enquiry, "pass-on"), {"to": [full.pk, fine.pk], "version": "1"})
    assert len(mail.outbox) == 1 and Enquiry.objects.get().state == "passed_on"
    assert f"did not take it for contact {full.pk}" in client.get(page(enquiry)).content.decode()


def test_two_editors_do_not_pass_on_the_same_enquiry_twice(enquiry):
    contact, client = make_contact(enquiry.code), sign_in("Editors")
    old = fields(client.get(page(enquiry, "pass-on")))["version"]
    pass_on(sign_in("Publishers"), enquiry, contact)
    answer = client.post(page(enquiry, "pass-on"), {"to": [contact.pk], "version": old})
    assert answer.status_code == 409 and "Somebody else changed this meanwhile" in answer.content.decode()
    assert len(mail.outbox) == 1


def test_a_publisher_erases_an_enquiry_and_it_cannot_be_passed_on_any_more(enquiry):
    make_contact(enquiry.code)
    client = sign_in("Publishers")
    client.post(page(enquiry, "erase"), {"reason": "Asked for it"})
    shown = client.get(page(enquiry)).content.decode()
    assert "was erased on" in shown and CANARY not in shown and "reader@" not in shown
    assert client.get(page(enquiry, "pass-on")).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403 and client.get(page(enquiry, "delete")).status_code == 403
