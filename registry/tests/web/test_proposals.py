"""Proposing a record or a correction on the public pages: what is asked, what is refused, what is held."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from registry import ledger
from registry.models import ENTRIES, Proposal
from registry.tests.make import MAKERS, make_budget, make_event, make_initiative, make_project, make_region
from registry.tests.web.page import read
from registry.tests.web.proposing import BROWSER, correct, one, propose, said, typed
from registry.web import spam

pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)


@nouns
def test_every_noun_can_be_proposed_and_every_field_of_it_corrected(client, model):
    entry = MAKERS[model](summary="A sentence.")
    assert propose(client, model.noun, title="Something new").status_code == 302
    assert (one().kind, one().entry_type, one().proposed) == ("new", model._meta.model_name, {"title": "Something new"})
    fields = [link for link in read(client, f"{entry.get_absolute_url()}correct/").inside() if "?field=" in link]
    assert len(fields) >= 5
    for address in fields:
        page = read(client, address)
        assert "What stands there now" in page.text and "noindex" in page.html
    sent = correct(client, entry, "title", title="Another name")
    page = read(client, sent["Location"])
    assert "Another name" in page.text and "Keep this link" in page.text


def test_every_fact_of_a_page_leads_to_its_correction_and_what_is_missing_to_adding_it(client):
    project = make_project(status="ongoing")
    page = read(client, project.get_absolute_url())
    links = {
        address.partition("field=")[2]: " ".join(words.split())
        for address, words in page.links.items()
        if "field=" in address
    }
    assert links["status"] == "Correct: Status" and links["dates"].startswith("Add it: Dates")  # said twice on the page
    assert links["summary"].startswith("Add a summary")
    assert "/propose/" in page.links and f"{project.get_absolute_url()}correct/" in page.links


def test_an_empty_list_says_how_to_propose_what_is_missing(client):
    assert "/propose/event/" in read(client, "/events/").links


def test_a_correction_is_received_with_all_that_was_said(client):
    project = make_project(status="ongoing")
    person = {"name": "A reader", "email": "reader@example.org", "named": "yes", "credit": "A. Reader"}
    sent = correct(client, project, "status", status="completed", where_url="https://example.org/a", **person)
    proposal = one()
    assert sent["Location"] == f"/proposals/{proposal.reference}/"
    assert (proposal.code, proposal.proposed, proposal.before) == (
        project.pk,
        {"status": "completed"},
        {"status": "ongoing"},
    )
    assert (proposal.base_version, proposal.evidence_url, proposal.credit, proposal.email, proposal.state) == (
        project.version,
        "https://example.org/a",
        "A. Reader",
        "reader@example.org",
        "waiting",
    )


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("heritage_types", {"heritage_types": ["museum", "site"]}, ["museum", "site"]),
        ("dates", {"dates": "2018/2021"}, "2018/2021"),
        ("summary", {"summary": "One.\r\nTwo."}, "One.\nTwo."),
        ("regions", {"regions": "seki\r\nBaku"}, ["REG-0001", "REG-0002"]),
        ("event", {"event": "EVT-0001 A forum"}, "EVT-0001"),
        ("event", {"event": "a FORUM"}, "EVT-0001"),
        (
            "other_names",
            {"other_names": "Şəki qalası; az; old"},
            [{"name": "Şəki qalası", "language": "az", "note": "old"}],
        ),
    ],
    ids=str,
)
def test_each_kind_of_field_is_read_as_people_type_it(client, field, given, value):
    make_region(code="REG-0001", title="Şəki"), make_region(code="REG-0002", title="Baku")
    make_event(code="EVT-0001", title="A forum")
    assert correct(client, make_project(), field, **given).status_code == 302
    assert one().proposed == {field: value}


def test_money_is_corrected_together_with_its_currency(client):
    budget = make_budget()
    page = read(client, f"{budget.get_absolute_url()}correct/?field=amount")
    assert 'name="currency"' in page.html and 'value="4200000.00"' in page.html
    correct(client, budget, "currency", amount="5 000 000", currency="EUR")
    assert one().proposed == {"amount": "5000000.00", "currency": "EUR"}


def test_a_name_that_fits_several_records_is_asked_again(client):
    for _n in range(2):
        make_region(title="Old town")
    answer = correct(client, make_project(), "regions", regions="Old Town")
    assert answer.status_code == 400 and "could be one of these" in said(answer) and "REG-" in said(answer)
    assert "Nothing in the register is called" in said(correct(client, make_project(), "regions", regions="Atlantis"))
    assert not Proposal.objects.exists()


def test_what_the_record_says_already_is_not_proposed(client):
    answer = correct(client, make_project(status="ongoing"), "status", status="ongoing")
    assert "This is what the record says already" in said(answer) and not Proposal.objects.exists()


def test_a_new_record_takes_the_fields_it_knows_and_tells_the_rest_to_the_editors(client):
    place = make_region(title="Baku")
    propose(
        client,
        "initiative",
        title="Museum at home",
        kind="online_exhibition",
        owhc_type="digital_access",
        hashtags="#OneTag\r\nTwoTag",
        links="https://example.org/a",
        regions="Baku",
        status="unknown",
        behind="A town",
        reached="Ask at the gate",
        text="More.",
    )
    proposal = one()
    assert proposal.proposed == {
        "title": "Museum at home",
        "kind": "online_exhibition",
        "owhc_type": "digital_access",
        "hashtags": ["OneTag", "TwoTag"],
        "links": ["https://example.org/a"],
        "regions": [place.pk],
    }
    assert proposal.text == "Who is behind it? A town\n\nHow can they be reached? Ask at the gate\n\nMore."


WRONG = {
    "an invisible character": ({"title": "Tilted \u202e name"}, "invisible character"),
    "a NUL": ({"title": "A\x00B"}, "invisible character"),
    "a NUL elsewhere": ({"name": "A\x00B"}, "Null characters"),
    "bytes that are no text": ({"title": "A\ufffdB"}, "could not be read"),
    "bytes that are no text, elsewhere": ({"text": "A\ufffdB"}, "could not be read"),
    "a lone surrogate": ({"title": b"A\xed\xa0\x80B"}, "could not be read"),
    "a hundred thousand letters": ({"title": "a" * 100_000}, "300 characters"),
    "a hundred thousand letters of evidence": ({"where": "a" * 100_000}, "at most 2000"),
    "no title": ({"title": ""}, "Say what it is called"),
    "a choice that there is not": ({"status": "finished"}, "not a valid choice"),
    "a date that there is not": ({"dates": "2020-02-30"}, "not a date"),
    "no evidence": ({"where": ""}, "Say where it stands"),
    "no web address": ({"where_url": "javascript:alert(1)"}, "begins with https"),
    "no e-mail address": ({"email": "nobody"}, "valid email"),
    "no name for the history": ({"named": "yes"}, "Write the name"),
    "no consent": ({"consent": ""}, "Without your consent"),
    "an old page": ({"started": "forged:token"}, "open for too long"),
}


@pytest.mark.parametrize(("wrong", "told"), WRONG.values(), ids=WRONG)
def test_a_refusal_is_plain_keeps_what_was_typed_and_stores_nothing(client, wrong, told):
    given = typed(**{"title": "A tower", "summary": "Words of mine.", "region_as_reported": "By the sea"} | wrong)
    answer = client.post("/propose/project/", urlencode(given), "application/x-www-form-urlencoded", **BROWSER)
    assert answer.status_code == 400 and told in said(answer), said(answer)
    assert "This was not sent yet" in said(answer) and "Words of mine." in answer.content.decode()
    name, value = next(iter(wrong.items()))
    if name == "title" and isinstance(value, str):
        assert value.replace("\x00", "") in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"topic": "Buy"}, id="the hidden field is filled"),
        pytest.param({"started": "now"}, id="sent at once"),
        pytest.param({"text": "http://a.example " * 4}, id="a list of links"),
    ],
)
def test_what_looks_like_spam_is_held_and_its_sender_sees_no_difference(client, given):
    given = {name: spam.started() if value == "now" else value for name, value in given.items()}
    held = propose(client, title="A tower", **given)
    assert one().state == "held"
    page = read(client, held["Location"])
    assert "Waiting for review" in page.text and "spam" not in page.text.lower()


def test_a_network_that_sends_much_waits_and_keeps_its_words(client):
    sent = [propose(client, title=f"Tower {n}") for n in range(spam.MOST + 1)]
    assert [answer.status_code for answer in sent] == [302] * spam.MOST + [429]
    assert int(sent[-1]["Retry-After"]) > 0 and f"Tower {spam.MOST}" in sent[-1].content.decode()
    assert Proposal.objects.count() == spam.MOST


def test_a_draft_cannot_be_corrected_and_a_withdrawn_record_gives_its_reason(client):
    draft, gone = make_project(state="draft"), make_project(state="withdrawn")
    for address in ("correct/", "correct/?field=status"):
        assert client.get(f"{draft.get_absolute_url()}{address}").status_code == 404
        assert client.get(f"{gone.get_absolute_url()}{address}").status_code == 410
    assert client.get("/propose/nothing/").status_code == 404


def test_the_version_that_was_read_cannot_be_forged_nor_taken_from_another_record(client):
    project, other = make_project(), make_project()
    mark = dict(read(client, f"{other.get_absolute_url()}correct/?field=summary").hidden)["read"]
    for forged in ("", "forged:token", mark):
        assert correct(client, project, "summary", summary="Words.", read=forged).status_code == 400
    assert not Proposal.objects.exists()


def test_what_changed_while_somebody_typed_is_not_proposed_back(client):
    project = make_project(status="ongoing")
    hidden = dict(read(client, f"{project.get_absolute_url()}correct/?field=status").hidden)
    first, project.status = project.version, "completed"
    with ledger.batch(by=None, reason="For a test") as batch:
        batch.save(project, expected=first)
    answer = correct(client, project, "status", status="ongoing", read=hidden["read"])
    assert answer.status_code == 400 and not Proposal.objects.exists()


def test_forms_set_a_cookie_only_where_somebody_is_about_to_write(client):
    project = make_project()
    for address in ("/propose/", project.get_absolute_url(), f"{project.get_absolute_url()}correct/"):
        answer = client.get(address)
        assert not answer.cookies
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post("/propose/project/", typed(title="A tower")).status_code == 403
    assert not Proposal.objects.exists()


def test_the_public_history_names_whoever_wished_it(client):
    entry = make_initiative()
    entry.summary = "Words."
    with ledger.batch(by=None, reason="As proposed", credit="A. Reader & <b>") as batch:
        batch.save(entry, expected=entry.version)
    for address in (entry.get_absolute_url(), "/"):
        assert "proposed by A. Reader & <b>" in " ".join(read(client, address).text.split())
