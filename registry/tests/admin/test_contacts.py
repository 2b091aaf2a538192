"""Contacts in the admin: seen by those who may and never unnoticed, saved without losses, erased for good."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry import ledger
from registry.models import Contact, ContactDuty, Look, PrivateChange
from registry.tests.admin.forms import edited, fields, list_url, row, sign_in, url
from registry.tests.make import make_contact, make_protocol, make_region, make_site

pytestmark = pytest.mark.django_db
CANARY = "Quxoprane"
LIST = "/admin/registry/contact/"


def form_of(contact, page="change"):
    return f"{LIST}{contact.pk}/{page}/"


def secret_contact(code="", **given):
    words = {"position": f"{CANARY} keeper", "email": f"{CANARY}@example.org", "telephone": "+99455 5550100"}
    return make_contact(code, name=CANARY, note=f"{CANARY} note", **words | given)


def told(response):
    return CANARY.lower() in response.content.decode().lower() or "5550100" in response.content.decode()


def test_an_editor_adds_somebody_to_call_from_the_page_of_a_protocol():
    client, protocol = sign_in("Publishers"), make_protocol(title="Quake")
    add = f"{LIST}add/?record={protocol.pk}"
    assert add.replace("&", "&amp;") in client.get(url(protocol)).content.decode()
    sent = edited(client.get(add), name="Sevil", telephone="+994 12 000", reason="She took over")
    assert sent["duties-0-code"] == [protocol.pk]
    assert client.post(add, sent | {"duties-0-duty": "Fire brigade", "_save": "1"}).status_code == 302
    duty = ContactDuty.objects.get()
    assert (duty.code, duty.duty, duty.contact.name) == (protocol.pk, "Fire brigade", "Sevil")
    shown = client.get(url(protocol)).content.decode()
    assert "Fire brigade" in shown and 'href="tel:+99412000"' in shown and "1 contact<" in shown
    change = PrivateChange.objects.get()
    assert (change.by, change.reason, change.what) == (client.user, "She took over", "contact")


def test_each_opening_of_a_contact_and_of_a_roster_is_kept():
    client, protocol = sign_in("Editors"), make_protocol()
    contact = secret_contact(protocol.pk)
    for address in (form_of(contact), form_of(contact, "history"), url(protocol)):
        assert told(client.get(address))
    looks = Look.objects.order_by("pk").values_list("by__username", "what", "key")
    me, key = client.user.username, str(contact.pk)
    assert list(looks) == [(me, "contact", key), (me, "contact", key), (me, "contacts", protocol.pk)]


def test_a_contributor_meets_no_contact_through_any_door():
    client, protocol, site = sign_in("Contributors"), make_protocol(state="draft"), make_site(state="draft")
    contact = secret_contact(protocol.pk, duty=f"{CANARY} duty")
    ContactDuty.objects.get()
    doors = [LIST, f"{LIST}?q={contact.pk}", f"{LIST}?kept=soon", f"{LIST}add/", "/admin/records/?term=quxo", "/admin/"]
    doors += [form_of(contact, page) for page in ("change", "history", "delete", "erase", "")]
    doors += [url(entry, page) for entry in (protocol, site) for page in ("change", "history", "delete")]
    doors += [f"/admin/registry/protocol/?q={CANARY[:4]}", "/admin/registry/privatechange/", "/admin/registry/look/"]
    finding = "/admin/autocomplete/?app_label=registry&model_name=contactduty&field_name=contact&term=quxo"
    answers = {door: client.get(door) for door in [*doors, finding, "/admin/duty/"]}
    assert [door for door, answer in answers.items() if told(answer)] == []
    assert {answers[door].status_code for door in [*doors[:4], form_of(contact), form_of(contact, "erase")]} == {403}
    assert "contact" not in answers[url(site)].content.decode()
    assert client.post(form_of(contact, "erase"), {"reason": "x"}).status_code == 403
    assert client.post(form_of(contact), {"name": "x"}).status_code == 403
    assert Look.objects.count() == 0 and Contact.objects.get().name == CANARY


def test_two_editors_lose_nothing_and_the_second_reads_what_the_first_stored():
    first, second, contact = sign_in("Editors"), sign_in("Publishers"), make_contact(name="Old name", telephone="1")
    mine = edited(second.get(form_of(contact)), name="My name", _save="1")
    first.post(form_of(contact), edited(first.get(form_of(contact)), telephone="+994 2", _save="1"))
    page = second.post(form_of(contact), mine)
    shown = page.content.decode()
    assert "Somebody else changed this meanwhile" in shown and "Telephone: +994 2" in shown and "My name" in shown
    assert Contact.objects.get().name == "Old name"
    second.post(form_of(contact), edited(page, telephone="+994 2", _save="1"))
    stored = Contact.objects.get()
    assert (stored.name, stored.telephone, stored.version) == ("My name", "+994 2", 3)


def test_an_edit_is_taken_back_from_the_private_history_and_an_adding_is_not():
    client, contact = sign_in("Editors"), make_contact(make_site().pk, name="Before")
    client.post(form_of(contact), edited(client.get(form_of(contact)), name="After", _save="1"))
    edit, adding = PrivateChange.objects.order_by("-pk")
    assert client.get(form_of(contact, "history")).content.decode().count("Undo this change") == 1
    assert sign_in("Contributors").post(form_of(contact, f"undo/{edit.batch}")).status_code == 403
    assert client.post(form_of(contact, f"undo/{adding.batch}")).status_code == 403
    client.post(form_of(contact, f"undo/{edit.batch}"))
    stored = Contact.objects.get()
    assert (stored.name, stored.duties.count()) == ("Before", 1)


def test_a_refusal_of_the_rules_keeps_what_was_typed():
    client, contact = sign_in("Editors"), make_contact(name="Sevil")
    sent = edited(client.get(form_of(contact)), email="", telephone="", position="Head of the archive", _save="1")
    shown = client.post(form_of(contact), sent).content.decode()
    assert "Give an e-mail address or a telephone number." in shown and "Head of the archive" in shown
    unknown = row(sent, "duties", code="PRJ-9999", position="1")
    assert "There is no record PRJ-9999." in client.post(form_of(contact), sent | unknown).content.decode()


def test_only_a_publisher_erases_and_a_stub_says_when():
    contact = secret_contact(make_site().pk)
    assert sign_in("Editors").get(form_of(contact, "erase")).status_code == 403
    client = sign_in("Publishers")
    assert client.get(form_of(contact, "delete")).status_code == 403
    assert "Say why" in client.post(form_of(contact, "erase"), {"reason": " "}).content.decode()
    assert Contact.objects.get().erased_at is None
    client.post(form_of(contact, "erase"), {"reason": "Asked for it"})
    stub, history = client.get(form_of(contact)), client.get(form_of(contact, "history"))
    assert not told(stub) and "was erased on" in stub.content.decode() and "_save" not in fields(stub)
    assert not told(history) and "Asked for it" in history.content.decode()
    assert client.post(form_of(contact), {"name": "x", "version": "2"}).status_code == 403


def test_the_list_says_who_expires_soon():
    today = timezone.localdate()
    for name, days in (("Soon", 30), ("Later", 300), ("Over", -1)):
        make_contact(name=name, expires_on=today + timedelta(days=days))
    client = sign_in("Editors")
    soon, over = (client.get(f"{LIST}?kept={kept}").content.decode() for kept in ("soon", "expired"))
    assert "Soon</a>" in soon and "Later</a>" not in soon and "Over</a>" not in soon
    assert "Over</a>" in over and "Soon</a>" not in over
    everybody = client.get(LIST).content.decode()
    assert everybody.index("Over</a>") < everybody.index("Soon</a>") < everybody.index("Later</a>")
    assert list_url(Contact) == LIST


def test_an_editor_of_some_regions_neither_sees_nor_changes_contacts_of_others(client):
    here, there = (make_region(title=code, kind="country", iso_code=code) for code in ("AZ", "KZ"))
    mine, theirs = make_protocol(title="Mine", regions=[here]), make_protocol(title="Theirs", regions=[there])
    own, foreign = make_contact(mine.pk, name="Own"), secret_contact(theirs.pk)
    shared = make_contact(mine.pk, name="Shared")
    with ledger.batch(by=None, reason="Stands behind both") as batch:
        duties = [ContactDuty(code=protocol.pk) for protocol in (mine, theirs)]
        batch.keep(shared, expected=shared.version, related={"duties": duties})
    editor = sign_in("Publishers")
    editor.user.regions.add(here)
    listed = editor.get(LIST).content.decode()
    assert "Own" in listed and "Shared" in listed and CANARY not in listed
    for page in (form_of(foreign), form_of(foreign, "erase"), form_of(foreign, "history"), url(theirs)):
        assert not told(editor.get(page, follow=True)), page
    assert not told(editor.get(f"/admin/duty/?hazard=earthquake&place={there.pk}"))
    page = editor.get(form_of(own))
    reach = edited(page, reason="They asked") | {"duties-0-code": [theirs.pk]}
    refused = editor.post(form_of(own), reach | {"_save": "1"})
    assert refused.status_code == 200 and "outside the regions" in refused.content.decode()
    assert editor.post(form_of(shared, "erase"), {"reason": "No"}).status_code == 403


def test_nobody_is_called_before_the_first():
    contact = make_contact()
    with pytest.raises(ValidationError), ledger.batch(by=None, reason="First of all") as batch:
        batch.keep(contact, expected=1, related={"duties": [ContactDuty(code="PRO-0001", position=0)]})
