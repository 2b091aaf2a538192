"""On duty: two clicks from the hazard to the protocol, its steps and whom to call."""

import pytest

from registry import ledger
from registry.models import Activation, ContactDuty, Look, ProtocolStep
from registry.tests.admin.forms import sign_in
from registry.tests.make import make_contact, make_protocol, make_region
from registry.tests.web.page import Page

pytestmark = pytest.mark.django_db
DUTY = "/admin/duty/"


@pytest.fixture
def sheki():
    """A town in a country, and a protocol for each."""
    country = make_region(title="Azerbaijan", kind="country")
    town = make_region(title="Sheki", parent=country)
    step = ProtocolStep(position=1, action="Secure the roof", responsible="District engineer", within="2 hours")
    given = {"hazards": ["earthquake"], "activation_criteria": "Magnitude five or more"}
    make_protocol(title="For the country", regions=[country], **given)
    town.protocol = make_protocol(title="For the town", regions=[town], steps=[step], **given)
    return town


def asked(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return Page(response)


def address(hazard, place):
    return f"{DUTY}?hazard={hazard}&place={place.pk}"


def follow(page, word):
    """The address behind the first link that begins with the word."""
    return next(
        link for link, text in page.links.items() if text.split("\n")[0].strip().startswith(word) or word in text
    )


def test_two_clicks_answer_which_protocol_which_steps_and_whom_to_call(sheki):
    client = sign_in("Publishers")
    make_contact(sheki.protocol.pk, duty="Fire brigade", name="Second", telephone="+994 2")
    desk = asked(client, "/admin/")
    assert DUTY in desk.links
    hazards = asked(client, DUTY)
    places = asked(client, follow(hazards, "Earthquake"))
    answer = asked(client, follow(places, "Sheki"))
    for words in ("Magnitude five or more", "Secure the roof", "District engineer", "within 2 hours", "Fire brigade"):
        assert words in answer.text
    assert "tel:+9942" in answer.links
    assert answer.text.index("For the town") < answer.text.index("For the country")


def test_the_roster_is_in_the_order_to_call(sheki):
    for name, position in (("Last", 3), ("First", 1), ("Middle", 2)):
        contact = make_contact(name=name)
        duty = ContactDuty(code=sheki.protocol.pk, position=position)
        with ledger.batch(by=None, reason="For a test") as batch:
            batch.keep(contact, expected=contact.version, related={"duties": [duty]})
    shown = asked(sign_in("Editors"), address("earthquake", sheki)).text
    assert shown.index("First") < shown.index("Middle") < shown.index("Last")


def test_without_the_right_to_see_contacts_there_is_no_roster_and_each_view_of_one_is_kept(sheki):
    make_contact(sheki.protocol.pk, name="Quxoprane", telephone="+99455 5550100")
    contributor = sign_in("Contributors")
    shown = asked(contributor, address("earthquake", sheki))
    assert "Secure the roof" in shown.text and "may not see whom to call" in shown.text
    assert "Quxoprane" not in shown.html and "5550100" not in shown.html and not Look.objects.exists()
    editor = sign_in("Editors")
    assert "Quxoprane" in asked(editor, address("earthquake", sheki)).text
    assert set(Look.objects.filter(by=editor.user).values_list("what", flat=True)) == {"contacts"}
    assert Look.objects.filter(key=sheki.protocol.pk).count() == 1


def test_what_is_not_in_force_stands_apart_and_drafts_and_retired_ones_are_marked_or_left_out(sheki):
    given = {"regions": [sheki], "hazards": ["flood"]}
    make_protocol(title="Only agreed", status="agreed", **given)
    make_protocol(title="Being changed", status="under_review", **given)
    make_protocol(title="Old one", status="retired", **given)
    make_protocol(title="Unseen", state="draft", **given)
    make_protocol(title="Taken back", state="withdrawn", **given)
    text = asked(sign_in("Publishers"), address("flood", sheki)).text
    act, apart = text.split("Not in force yet")
    assert "Being changed" in act and "Unseen" in act and "This record is not published: draft" in act
    assert "Only agreed" in apart and "Only agreed" not in act
    assert "Old one" not in text and "Taken back" not in text


def test_where_nothing_covers_a_place_it_is_said_with_what_there_is(sheki):
    client, elsewhere = sign_in("Publishers"), make_region(title="Tbilisi")
    make_protocol(title="Floods here", regions=[elsewhere], hazards=["flood"])
    page = asked(client, address("earthquake", elsewhere))
    assert "No protocol in force covers Tbilisi for this: Earthquake." in page.text
    assert address("flood", elsewhere) in page.links and address("earthquake", sheki) in page.links
    found = asked(client, f"{DUTY}?hazard=earthquake&q=tbil")
    assert address("earthquake", elsewhere) in found.links
    nowhere = asked(client, address("fire", sheki))
    assert "No protocol in force covers Sheki" in nowhere.text


def test_a_protocol_for_a_part_or_without_a_place_is_named_and_what_goes_on_is_told(sheki):
    running = Activation(kind="activation", trigger="A quake last night", dates="2026-01-01/..")
    over = Activation(kind="exercise", trigger="A trial", dates="2020-01-01")
    given = {"hazards": ["earthquake"], "activations": [running, over]}
    make_protocol(title="Everywhere or nowhere", **given)
    make_protocol(title="Also for the town", regions=[sheki], **given)
    client = sign_in("Publishers")
    town = asked(client, address("earthquake", sheki)).text
    assert "A quake last night" in town and "A trial" not in town and "Everywhere or nowhere" in town
    country = asked(client, address("earthquake", sheki.parent)).text
    assert "For a part of this place only" in country and "For the town (Sheki)" in country


@pytest.mark.parametrize(
    "query", ["?hazard=volcano", "?hazard=fire&place=REG-9999", "?hazard=fire&q=" + "a" * 300, "?q=%25"]
)
def test_an_address_that_makes_no_sense_leads_back_to_the_choice(query):
    assert sign_in("Publishers").get(DUTY + query).status_code == 200


def test_nobody_without_an_account_is_on_duty(client):
    assert client.get(DUTY).status_code == 302
