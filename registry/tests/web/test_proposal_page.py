"""Following a proposal by its private link: for whoever has it, and for nobody else."""

import pytest
from django.test import Client

from registry import ledger, review
from registry.models import Project, Proposal
from registry.tests.make import make_project
from registry.tests.web.page import read
from registry.tests.web.proposing import BROWSER, CANARY, correct, one, said, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(client):
    """The private page of a correction that somebody proposed."""
    person = {"name": CANARY, "email": f"{CANARY}@example.org".lower(), "where": f"{CANARY} evidence"}
    return correct(client, make_project(title="A mill"), "summary", summary=f"{CANARY} words", **person)["Location"]


def write(client, link, **given):
    mark = dict(read(client, link).hidden).get("mark", "")
    return client.post(link, {"mark": mark, "do": "answer"} | given, **BROWSER)


def test_the_private_page_is_kept_nowhere_and_tells_nobody_where_it_is(client, link):
    answer = client.get(link)
    assert answer["Referrer-Policy"] == "no-referrer" and "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"] and not answer.cookies
    assert f"{CANARY} words" in said(answer) and f"{CANARY.lower()}@" not in answer.content.decode()


def test_somebody_answers_and_takes_it_back(client, link):
    guarded = Client(enforce_csrf_checks=True)
    assert write(guarded, link, text="In the yearbook.").status_code == 302
    assert "In the yearbook." in read(client, link).text
    assert write(client, link, do="take_back").status_code == 302
    assert one().state == "closed" and "Take the proposal back" not in read(client, link).text
    late = write(client, link, text="Wait")
    assert late.status_code == 400 and "Wait" in late.content.decode()


UNKEPT = {
    "nothing": {"text": ""},
    "a NUL": {"text": "A\x00B"},
    "tilted": {"text": "A \u202e"},
    "a hundred thousand letters": {"text": "a" * 100_000},
    "from elsewhere": {"mark": ""},
}


@pytest.mark.parametrize("wrong", UNKEPT.values(), ids=UNKEPT)
def test_an_answer_that_cannot_be_kept_is_given_back(client, link, wrong):
    words = {"text": "Mine"} | wrong
    answer = write(client, link, **words)
    assert answer.status_code == 400 and words["text"].replace("\x00", "") in answer.content.decode()
    assert not one().messages.exists()


def test_one_reference_never_shows_or_touches_another(client, link):
    other = correct(client, make_project(title="A tower"), "summary", summary="Mine.")["Location"]
    assert CANARY not in client.get(other).content.decode()
    mark = dict(read(client, other).hidden)["mark"]
    assert client.post(link, {"mark": mark, "do": "take_back"}, **BROWSER).status_code == 400
    assert Proposal.objects.filter(state="closed").count() == 0
    wrong = ["a" * 26, link.split("/")[2][:-1], link.split("/")[2].upper(), one_pk(), "%27", "a\x00"]
    for reference in wrong:
        answer = client.get(f"/proposals/{reference}/")
        assert answer.status_code == 404 and CANARY not in answer.content.decode()


def one_pk():
    return str(Proposal.objects.first().pk)


def test_two_who_ask_for_the_same_do_not_read_each_other(client, link):
    project = Project.objects.get(title="A mill")
    twin = correct(client, project, "summary", summary=f"{CANARY.upper()} words", where="Mine")["Location"]
    write(client, link, text=f"{CANARY} answer")
    page = read(client, twin)
    assert "Somebody else had proposed nearly the same" in page.text
    assert f"{CANARY} evidence" not in page.text and f"{CANARY} answer" not in page.text


def test_nothing_of_a_proposal_shows_on_a_public_page_or_in_a_log(client, link, caplog):
    reference = link.split("/")[2]
    write(client, link, text="")
    client.get(f"/proposals/{reference}/nothing/")
    client.post("/propose/project/", typed(title=CANARY, name=f"{CANARY}\x00"), **BROWSER)
    project = Project.objects.get(title="A mill")
    shown = ["/", project.get_absolute_url(), f"{project.get_absolute_url()}correct/", "/projects/", "/search/?q=quxo"]
    shown += [f"/api/v1/projects/{project.pk}/", "/api/v1/projects/", "/propose/", "/propose/project/"]
    told = {address: client.get(address).content.decode() for address in shown}
    assert [address for address, body in told.items() if CANARY in body or reference in body] == []
    assert CANARY not in caplog.text and reference not in caplog.text


def test_pages_are_the_same_whether_or_not_somebody_proposed_something(client):
    project = make_project(summary="A mill.")
    addresses = [project.get_absolute_url(), f"{project.get_absolute_url()}correct/", "/propose/", "/projects/", "/"]

    def answers():
        return [client.get(address).content for address in addresses]

    before = answers()
    review.receive("change", type(project), code=project.pk, proposed={"summary": CANARY}, email="a@example.org")
    assert answers() == before


def test_a_decision_is_told_with_its_reason_and_without_the_name_of_an_editor(client, link):
    proposal = one()
    proposal.state, proposal.decisions = "declined", {"summary": {"kind": "decline", "reason": "No source says so."}}
    ledger.put(proposal, only=["state", "decisions"])
    page = read(client, link)
    assert "Declined" in page.text and "No source says so." in page.text
