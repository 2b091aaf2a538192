"""The review in the admin: the queue, the page of one proposal, the second person, and who gets in at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import ledger
from registry.models import Change, Look, Origin, Project, Proposal, ProposalKind, ProposalState, State
from registry.tests.admin.forms import fields, sign_in, url
from registry.tests.make import make_project, make_region, make_source, make_user
from registry.tests.proposals import make_proposal, meanwhile

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/"


def page_of(proposal):
    return f"{QUEUE}{proposal.pk}/"


def send(client, proposal, do="decide", **typed):
    """What a browser sends when somebody fills the page and presses a button."""
    return client.post(page_of(proposal), fields(client.get(page_of(proposal)), "review-form") | typed | {"do": do})


def text(client, address=QUEUE):
    return client.get(address).content.decode()


def test_the_queue_shows_mine_first_then_the_oldest_and_how_many_ask_for_the_same():
    client, project = sign_in("Editors"), make_project(title="Old mill")
    first = make_proposal(project, title="The oldest")
    mine = make_proposal(project, title="The one I took")
    make_proposal(project, folded_into=first)
    make_proposal(project, title="Cheap watches", state=ProposalState.HELD)
    client.post(page_of(mine), {"do": "take"})
    page = text(client)
    assert page.index("The one I took") < page.index("The oldest") and "2 ask for this" in page
    assert "has it until" in page and "a visitor" in page and "Cheap watches" not in page
    assert "Cheap watches" in text(client, f"{QUEUE}?state=held")
    assert "Nothing of this kind waits." in text(client, f"{QUEUE}?noun=site")


def test_reviewers_read_from_which_account_a_token_came_until_it_is_erased_who_asked():
    client, project = sign_in("Publishers"), make_project(title="Old mill")
    partner = make_user(username="museum-catalogue", is_staff=False, is_superuser=False)
    theirs = make_proposal(project, by=partner, origin=Origin.PARTNER)
    make_proposal(project, by=make_user(username="colleague"), origin=Origin.CONTRIBUTOR)
    queue = text(client)
    assert "a partner, museum-catalogue" in queue and "a contributor" in queue and "colleague" not in queue
    assert "from a partner, museum-catalogue" in text(client, page_of(theirs))
    ledger.erase(theirs, by=client.user, reason="They asked for it")
    assert "a partner" in text(client) and "museum-catalogue" not in text(client) + text(client, page_of(theirs))


def test_the_queue_is_narrowed_by_region_and_by_kind():
    client, place = sign_in("Editors"), make_region(title="Iran", kind="country")
    make_proposal(make_project(regions=[place]), title="There")
    make_proposal(make_project(), title="Elsewhere")
    make_proposal(kind=ProposalKind.NEW, title="New there", proposed={"title": "N", "regions": [place.pk]})
    page = text(client, f"{QUEUE}?region={place.pk}")
    assert "There" in page and "New there" in page and "Elsewhere" not in page
    page = text(client, f"{QUEUE}?region={place.pk}&kind=new")
    assert "New there" in page and ">There<" not in page
    assert client.get(f"{QUEUE}?region=REG-%D9%A1&kind=nonsense&p=99999").status_code == 200


def test_the_queue_and_my_own_cost_the_same_for_one_proposal_and_for_twenty():
    client, here = sign_in("Editors"), make_region()
    client.user.regions.add(here)
    counted = {}
    for number in range(1, 21):
        given = {"taken_by": client.user} if number % 2 else {}
        make_proposal(make_project(regions=[here]), title=f"Number {number}", **given)
        make_proposal(make_project(), by=client.user, proposed={"regions": [here.pk]})
        if number in {1, 20}:
            for address in (QUEUE, f"{QUEUE}mine/"):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address).status_code == 200
                counted.setdefault(address, set()).add(len(queries))
    assert all(len(numbers) == 1 and max(numbers) < 40 for numbers in counted.values()), counted


def test_a_field_is_accepted_with_its_source_and_the_author_hears_of_it():
    client, project, source = sign_in("Editors"), make_project(title="Old mill"), make_source(title="A report")
    proposal = make_proposal(project, evidence="Page 4 of the report", text="<b>It is</b> longer")
    page = text(client, page_of(proposal))
    assert "Page 4 of the report" in page and "&lt;b&gt;It is&lt;/b&gt;" in page
    answer = send(client, proposal, **{"verdict-summary": "accept"})
    assert answer.status_code == 409 and "Cite where it stands" in answer.content.decode()
    given = {"verdict-summary": "accept", "source": source.pk, "locator": "page 4", "message": "Thank you"}
    assert send(client, proposal, **given).url == QUEUE
    project.refresh_from_db()
    proposal.refresh_from_db()
    assert (project.summary, proposal.state) == ("Proposed", "accepted")
    assert project.citations.get(source=source).fields == ["summary"]
    batch = Change.objects.of(project.pk).first().batch
    client.post(f"/admin/batches/{batch}/undo/", {"reason": "The source was misread"})
    project.refresh_from_db()
    assert project.summary == "" and not project.citations.filter(source=source).exists()


def test_an_edit_uses_the_input_of_the_records_own_form():
    client, project, baku = sign_in(), make_project(), make_region(title="Baku")
    other = make_region(title="Sheki")
    values = {"heritage_types": ["monument"], "regions": [other.pk], "dates": "2020"}
    proposal = make_proposal(project, proposed=values)
    edits = {
        "verdict-heritage_types": "edit",
        "value-heritage_types": ["mosque_or_church", "monument"],
        "verdict-regions": "edit",
        "value-regions": [baku.pk],
        "verdict-dates": "edit",
        "value-dates": "the year",
        "cited_already": "on",
    }
    refused = send(client, proposal, **edits)
    assert refused.status_code == 409 and "mosque_or_church" in refused.content.decode()
    edits |= {"value-heritage_types": ["monument", "archaeological_site"], "value-dates": "2021"}
    send(client, proposal, **edits)
    proposal.refresh_from_db()
    assert proposal.state == "seconded"
    second = sign_in("Publishers")
    assert "Baku" in text(second, page_of(proposal))
    send(second, proposal, do="confirm")
    project.refresh_from_db()
    assert (project.heritage_types, project.dates) == (["archaeological_site", "monument"], "2021")
    assert list(project.regions.all()) == [baku]


def test_what_changed_meanwhile_is_shown_three_ways_and_kept_typed():
    client, project = sign_in("Editors"), make_project(summary="At first")
    proposal = make_proposal(project)
    opened = fields(client.get(page_of(proposal)), "review-form")
    meanwhile(project, summary="Of somebody else")
    typed = {"verdict-summary": "edit", "value-summary": "My wording", "cited_already": "on", "do": "decide"}
    answer = client.post(page_of(proposal), opened | typed)
    page = answer.content.decode()
    assert answer.status_code == 409 and "changed meanwhile" in page
    assert all(words in page for words in ("At first", "Of somebody else", "Proposed", "My wording"))
    assert Project.objects.get(pk=project.pk).summary == "Of somebody else"
    assert client.post(page_of(proposal), fields(answer, "review-form") | {"do": "decide"}).status_code == 302
    assert Project.objects.get(pk=project.pk).summary == "My wording"


def test_a_new_record_leads_to_its_form_and_shows_what_it_may_be_already():
    client = sign_in("Editors")
    make_project(title="Restoration of the old mill")
    proposal = make_proposal(kind=ProposalKind.NEW, title="Old mill restoration", proposed={"title": "Old mill"})
    assert "Restoration of the old mill" in text(client, page_of(proposal))
    answer = send(client, proposal)
    made = Project.objects.get(title="Old mill")
    assert answer.url == url(made) and made.state == State.DRAFT


def test_verdicts_about_what_nobody_proposed_change_nothing():
    client, project = sign_in("Editors"), make_project(title="Kept")
    proposal = make_proposal(project)
    forged = {"verdict-title": "edit", "value-title": "Forged", "verdict-state": "accept", "verdict-summary": "accept"}
    send(client, proposal, **forged, cited_already="on")
    project.refresh_from_db()
    assert (project.title, project.state, project.summary) == ("Kept", "published", "Proposed")


@pytest.mark.parametrize(
    "do", ["decide", "decline", "ask", "take", "spam", "not_spam", "confirm", "return", "nonsense"]
)
@pytest.mark.parametrize("group", ["Contributors", "Auditors"])
def test_only_reviewers_press_any_button(group, do):
    client, proposal = sign_in(group), make_proposal(make_project())
    sent = {"do": do, "version": "1", "seen": "1", "verdict-summary": "accept", "message": "No"}
    assert client.post(page_of(proposal), sent).status_code in {400, 403}
    proposal.refresh_from_db()
    assert (proposal.state, proposal.version, proposal.taken_by) == ("waiting", 1, None)


def test_the_author_finds_no_button_and_no_door():
    client = sign_in(username="boss")
    proposal = make_proposal(make_project(), by=client.user)
    assert "somebody else decides it" in text(client, page_of(proposal))
    for do in ("decide", "decline", "take", "spam"):
        sent = {
            "do": do,
            "version": "1",
            "seen": "1",
            "verdict-summary": "accept",
            "message": "x",
            "cited_already": "on",
        }
        assert client.post(page_of(proposal), sent).status_code == 409
    assert Proposal.objects.get(pk=proposal.pk).version == 1


def test_a_proposal_of_another_region_is_not_there():
    client, proposal = sign_in("Editors"), make_proposal(make_project(regions=[make_region(title="There")]))
    client.user.regions.add(make_region(title="Here"))
    assert client.get(page_of(proposal)).status_code == 404
    assert client.post(page_of(proposal), {"do": "decline", "version": "1", "message": "No"}).status_code == 404
    assert proposal.title not in text(client)


def test_auditors_read_and_contributors_do_not():
    proposal = make_proposal(make_project(), name="Leyla", email="leyla@example.org")
    auditor = sign_in("Auditors")
    page = text(auditor, page_of(proposal))
    assert "Leyla" in page and "leyla@example.org" not in page and 'name="do"' not in page
    assert Look.objects.filter(by=auditor.user, what="proposal", key=str(proposal.pk)).exists()
    contributor = sign_in("Contributors")
    assert contributor.get(QUEUE).status_code == contributor.get(page_of(proposal)).status_code == 403


def test_somebody_elses_lock_and_a_decision_meanwhile_are_refused_in_words():
    one, other, proposal = sign_in("Editors"), sign_in("Editors"), make_proposal(make_project())
    opened = fields(other.get(page_of(proposal)), "review-form")
    send(one, proposal, do="take")
    late = opened | {"do": "decline", "message": "No source"}
    assert f"{one.user} has it until" in other.post(page_of(proposal), late).content.decode()
    send(one, proposal, do="decline", message="It says so already")
    answer = other.post(page_of(proposal), late)
    assert answer.status_code == 409 and "It was decided already" in answer.content.decode()


def test_spam_is_held_and_let_go():
    client, proposal = sign_in("Editors"), make_proposal(make_project())
    send(client, proposal, do="spam")
    assert Proposal.objects.get(pk=proposal.pk).state == "held"
    send(client, proposal, do="not_spam")
    assert Proposal.objects.get(pk=proposal.pk).state == "waiting"


def test_a_withdrawn_record_says_so_and_can_only_be_declined():
    client, project = sign_in("Editors"), make_project()
    proposal = make_proposal(project)
    with ledger.batch(by=None, reason="For a test") as batch:
        batch.withdraw(Project.objects.get(pk=project.pk), expected=1, why="A duplicate")
    assert "was withdrawn" in text(client, page_of(proposal))
    refused = send(client, proposal, **{"verdict-summary": "accept", "cited_already": "on"})
    assert refused.status_code == 409 and Project.objects.get(pk=project.pk).version == 2
    send(client, proposal, do="decline", message="The record was withdrawn")
    assert Proposal.objects.get(pk=proposal.pk).state == "declined"


def test_whoever_asked_is_never_shown_what_editors_say_among_themselves():
    author = sign_in("Contributors")
    proposal = make_proposal(make_project(), by=author.user)
    editor = sign_in("Editors", username="the-editor")
    send(editor, proposal, do="ask", message="Where is that?", note="I doubt it")
    page = text(author, f"{QUEUE}mine/")
    assert "Where is that?" in page and "I doubt it" not in page and "the-editor" not in page
    author.post(f"{QUEUE}mine/", {"proposal": proposal.pk, "text": "On page 4"})
    assert "On page 4" in text(editor, page_of(proposal)) and "for you" in text(editor)
    stranger = sign_in("Contributors")
    assert "Where is that?" not in text(stranger, f"{QUEUE}mine/")
    assert stranger.post(f"{QUEUE}mine/", {"proposal": proposal.pk, "take_back": "1"}).status_code == 404


def test_the_sidebar_leads_to_the_queue_and_to_my_own():
    assert QUEUE in text(sign_in("Editors"), "/admin/")
    contributor = text(sign_in("Contributors"), "/admin/")
    assert f'href="{QUEUE}mine/"' in contributor and f'href="{QUEUE}"' not in contributor
