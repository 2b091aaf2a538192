"""Receiving proposals: what is read, what is refused, who asked for the same, and who is told by e-mail."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection

from registry import ledger, review
from registry.models import ENTRIES, CountryBudget, Initiative, Origin, Project, Proposal, Site, Source, Statement
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_initiative,
    make_project,
    make_region,
    make_site,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db
CANARY = "Quxoprane"


def change(entry, **given):
    proposed = given.pop("proposed", {"summary": "Words."})
    return review.receive("change", type(entry), code=entry.pk, proposed=proposed, **given)


def kept(received):
    return Proposal.objects.get(reference=received.reference)


@pytest.fixture
def sent(django_capture_on_commit_callbacks, settings):
    """What a deed sends by e-mail once it is committed."""
    settings.PUBLIC_URL = "https://register.example"

    def of(deed):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        return mail.outbox

    return of


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_every_noun_says_what_can_be_proposed_and_takes_back_what_it_holds(model):
    names = review.proposable(model)
    assert {"title", "summary", "other_names"} <= {*names} and not {"citations", "participations", "state"} & {*names}
    assert not {"longitude", "precision", "file_name", "archived_sha256"} & {*names} or model.noun == "region"
    entry = MAKERS[model](summary="Words.")
    assert review.read_values(model, {"title": entry.title, "summary": "Words."}) == {
        "title": entry.title,
        "summary": "Words.",
    }


def test_values_are_kept_as_versions_hold_them():
    place = make_region()
    read = review.read_values(
        Initiative, {"regions": [place.pk, place.pk], "links": ["https://a.example"], "dates": "2020?", "event": None}
    )
    assert read == {"regions": [place.pk], "links": ["https://a.example"], "dates": "2020?", "event": None}
    assert review.read_values(CountryBudget, {"amount": "4.5", "year": "2020", "gap_basis": ""}) == {
        "amount": "4.50",
        "year": 2020,
        "gap_basis": "unknown",
    }
    assert review.read_values(Source, {"retrieved_on": "2020-02-29"}) == {"retrieved_on": "2020-02-29"}
    assert review.read_values(Project, {"summary": " a\r\nb "}) == {"summary": "a\nb"}


@pytest.mark.parametrize(
    ("model", "raw"),
    [
        (Project, {"status": "finished"}),
        (Project, {"state": "published"}),
        (Project, {"title": ""}),
        (Project, {"title": "a\x00b"}),
        (Project, {"title": "a\ufffdb"}),
        (Project, {"region_as_reported": "Tilted \u202e name"}),
        (Project, {"title": "a" * 100_000}),
        (Project, {"summary": ["a"]}),
        (Project, {"dates": "2020-02-30"}),
        (Project, {"regions": "REG-0001"}),
        (Project, {"regions": ["REG-9999"]}),
        (Project, {"heritage_types": ["castle"]}),
        (Project, {"other_names": [{"name": "A", "language": "xx", "note": ""}]}),
        (Project, {"event": 12}),
        (CountryBudget, {"amount": "1,5"}),
        (CountryBudget, {"amount": "NaN"}),
        (CountryBudget, {"amount": True}),
        (CountryBudget, {"amount": "9" * 5000}),
        (CountryBudget, {"year": "२०२०"}),
        (CountryBudget, {"year": 10**30}),
        (Site, {"longitude": "49.1"}),
        (Statement, {"about": ["PRJ-9999"]}),
        (Initiative, {"objective": "a" * 100_000}),
    ],
    ids=str,
)
def test_what_is_no_value_of_the_field_is_refused_with_its_name(model, raw):
    with pytest.raises(ValidationError) as refused:
        review.read_values(model, raw)
    assert set(refused.value.message_dict) == set(raw)


def test_a_draft_can_neither_be_corrected_nor_pointed_to_as_if_it_were_not_there():
    draft, hidden = make_project(state="draft"), make_region(state="draft")
    with pytest.raises(ValidationError) as never:
        review.receive("change", Project, code="PRJ-9999", proposed={"summary": "Words."})
    with pytest.raises(ValidationError) as there:
        change(draft)
    assert there.value.messages == never.value.messages
    with pytest.raises(ValidationError) as pointed:
        review.read_values(Project, {"regions": [hidden.pk]})
    assert "is not in the register" in str(pointed.value)


def test_what_the_author_could_not_see_is_kept_and_never_shown_to_them():
    seen, hidden, new = make_region(title="Seen"), make_region(title=CANARY, state="draft"), make_region(title="New")
    project = make_project(regions=[seen, hidden])
    with pytest.raises(ValidationError) as same:
        change(project, proposed={"regions": [seen.pk]})
    assert same.value.code == "same"
    received = change(project, proposed={"regions": sorted([seen.pk, new.pk])})
    assert kept(received).proposed == {"regions": sorted([seen.pk, hidden.pk, new.pk])}
    field = review.state_of(received.reference).fields[0]
    assert (field.before, field.proposed) == ([seen.pk], sorted([seen.pk, new.pk]))


def test_only_what_differs_from_what_was_read_is_proposed():
    project = make_project(status="ongoing")
    first = project.version
    project.status = "completed"
    with ledger.batch(by=None, reason="For a test") as batch:
        batch.save(project, expected=first)
    with pytest.raises(ValidationError):
        change(project, proposed={"status": "ongoing"}, base_version=first)
    received = change(project, proposed={"status": "ongoing", "summary": "Words."}, base_version=first)
    proposal = kept(received)
    assert (proposal.proposed, proposal.before, proposal.base_version) == (
        {"summary": "Words."},
        {"summary": ""},
        first,
    )
    with pytest.raises(ValidationError) as unknown:
        change(project, base_version=99)
    assert "base_version" in unknown.value.message_dict


def test_rules_between_fields_hold_for_proposals_too():
    budget = make_budget(amount=None, currency="", gap_percent=None)
    with pytest.raises(ValidationError) as refused:
        change(budget, proposed={"amount": "5.00"})
    assert "An amount needs its currency" in str(refused.value)
    assert kept(change(budget, proposed={"amount": "5.00", "currency": "USD"})).is_open


def test_a_refusal_never_tells_that_a_place_is_kept_secret():
    region = make_region()
    hidden, shown = make_site(precision_chosen="hidden"), make_site()
    for site in (hidden, shown):
        assert kept(change(site, proposed={"region": region.pk})).is_open


@pytest.mark.parametrize(
    "given",
    [
        {"email": "nobody"},
        {"evidence_url": "javascript:alert(1)"},
        {"evidence": "a" * 2001},
        {"name": "\u202e"},
        {"credit": "a" * 201},
        {"text": "a" * 5001},
    ],
    ids=str,
)
def test_what_people_say_of_themselves_has_rules_too(given):
    with pytest.raises(ValidationError) as refused:
        change(make_project(), **given)
    assert set(refused.value.message_dict) == set(given)
    assert not Proposal.objects.exists()


def test_who_asks_for_nearly_the_same_is_kept_with_the_first(sent):
    project = make_project()
    first = change(project, proposed={"region_as_reported": "Şəki"}, email="first@example.org")
    second = change(project, proposed={"region_as_reported": "seki "}, email="second@example.org")
    other = change(project, proposed={"region_as_reported": "Baku"})
    assert (first.folded, second.folded, other.folded) == (False, True, False)
    assert [p.reference for p in Proposal.objects.open()] == [first.reference, other.reference]
    told = sent(lambda: review.tell(kept(first), review.What.DECIDED))
    assert {message.to[0]: second.reference in message.body for message in told} == {
        "first@example.org": False,
        "second@example.org": True,
    }
    for title in ("Museum from Home", "MUSEUM  FROM HOME"):
        last = review.receive("new", Initiative, title=title, proposed={"title": title})
    assert last.folded and not review.receive("new", Project, proposed={"title": "Museum from Home"}).folded


def test_whoever_takes_it_back_leaves_the_others_in_the_queue():
    project = make_project()
    first, second, third = (change(project) for _n in range(3))
    review.take_back(first.reference)
    assert review.state_of(first.reference).state == "closed"
    assert kept(second).folded_into is None and kept(third).folded_into == kept(second)
    with pytest.raises(review.Decided):
        review.answer(first.reference, "Wait")


def test_an_answer_brings_it_back_to_the_editors_with_a_new_version():
    received = change(make_project())
    proposal = kept(received)
    proposal.state = "asked"
    ledger.put(proposal, only=["state"])
    assert review.state_of(received.reference).is_asked
    review.answer(received.reference, " In the yearbook,\r\npage 3. ")
    assert (kept(received).state, kept(received).version) == ("waiting", 2)
    [step] = review.state_of(received.reference).conversation
    assert (step.text, step.mine) == ("In the yearbook,\npage 3.", True)


def test_what_is_held_reads_as_waiting_and_is_told_to_nobody_yet(sent):
    project = make_project()
    made = []
    assert sent(lambda: made.append(change(project, held=True, email="a@example.org"))) == []
    assert kept(made[0]).state == "held" and review.state_of(made[0].reference).state == "waiting"
    assert not change(project).folded


def test_the_private_link_is_mailed_where_the_register_was_set_up_to_be(sent):
    made = []
    given = {"text": f"{CANARY} https://spam.example", "name": CANARY, "email": "a@example.org"}
    [message] = sent(lambda: made.append(review.receive("new", Project, proposed={"title": CANARY}, **given)))
    assert f"https://register.example/proposals/{made[0].reference}/" in message.body
    assert CANARY not in message.subject + message.body and "spam.example" not in message.body


def test_the_private_link_of_a_register_on_this_machine_leads_to_the_port_that_it_serves(sent, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS, settings.PORT = "", ["localhost", "127.0.0.1"], "8123"
    made = []
    [message] = sent(lambda: made.append(change(make_project(), email="a@example.org")))
    assert f"http://localhost:8123/proposals/{made[0].reference}/" in message.body


def test_a_mail_server_that_fails_breaks_nothing_and_is_noted_without_the_address(sent, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    made = []
    sent(lambda: made.append(change(make_project(), email="canary@example.org", text=CANARY)))
    assert [m.internal for m in kept(made[0]).messages.all()] == [True]
    assert review.state_of(made[0].reference).conversation == []
    assert "could not be sent" in caplog.text
    assert "canary@example.org" not in caplog.text and CANARY not in caplog.text


def test_the_same_key_gives_the_same_proposal_and_another_request_with_it_is_refused():
    project, partner = make_project(), make_user()
    given = {"by": partner, "origin": Origin.PARTNER, "idempotency_key": "k1", "request_digest": "d1"}
    first, again = change(project, **given), change(project, **given)
    assert first.reference == again.reference and again.replayed
    with pytest.raises(review.KeyReused):
        change(project, **given | {"request_digest": "d2"})
    assert change(project, **given | {"by": make_user()}).reference != first.reference
    assert Proposal.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_with_twenty_keys_leave_twenty_proposals():
    code, partner = make_project().pk, make_user()

    def send(number):
        try:
            which = number % 20
            given = {"proposed": {"summary": f"Words {which}."}, "idempotency_key": f"k{which}", "by": partner}
            return review.receive("change", Project, code=code, request_digest=str(which), **given).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        references = list(pool.map(send, range(200)))
    assert len(set(references)) == 20 == Proposal.objects.count()


def test_words_to_the_people_behind_a_record_are_received_too():
    for kind, entry in (("message", make_initiative()), ("join", make_initiative())):
        proposal = kept(review.receive(kind, Initiative, code=entry.pk, text="May I see it?", name="A reader"))
        assert (proposal.kind, proposal.title, proposal.proposed) == (kind, entry.title, {})
    assert not Proposal.objects.exclude(folded_into=None).exists()


def test_statements_and_what_they_are_about():
    about = {"about": [make_project().pk]}
    assert kept(change(make_statement(), proposed=review.read_values(Statement, about))).proposed == about
