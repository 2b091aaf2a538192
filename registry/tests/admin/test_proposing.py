"""A contributor's save of what the public reads: a proposal with what the form changed, and nothing else."""

import pytest

from registry.models import Citation, Project, Proposal, Site, State
from registry.tests.admin.forms import edited, list_url, row, sign_in, url
from registry.tests.make import make_organisation, make_project, make_region, make_site, make_source
from registry.tests.proposals import meanwhile

pytestmark = pytest.mark.django_db
CITATIONS = "registry-citation-entry_type-entry_code"


def save(client, entry, **typed):
    return client.post(url(entry), edited(client.get(url(entry)), **typed))


def test_a_save_of_a_published_record_is_a_proposal_of_the_fields_and_rows_that_differ():
    client, source, baku, body = sign_in("Contributors"), make_source(), make_region(), make_organisation()
    project = make_project(title="Old mill", summary="Before")
    page = client.get(url(project))
    values = edited(page, summary="After", regions=[baku.pk], reason="The board says so")
    cited = row(values, CITATIONS, source=source.pk, locator="page 9", id="")
    takes_part = row(values, "participations", organisation=body.pk, role="funding", id="")
    answer = client.post(url(project), values | cited | takes_part, follow=True)
    assert "Follow it in" in answer.content.decode()
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.origin, proposal.by, proposal.text) == (
        "change",
        "contributor",
        client.user,
        "The board says so",
    )
    assert set(proposal.proposed) == {"summary", "regions", "citations", "participations"}
    assert (proposal.base_version, proposal.before["summary"]) == (1, "Before")
    project.refresh_from_db()
    assert (project.version, project.summary, project.citations.count()) == (1, "Before", 1)
    editor = sign_in("Publishers")
    sent = {f"verdict-{name}": "accept" for name in proposal.proposed} | {"version": "1", "seen": "1"}
    editor.post(f"/admin/review/{proposal.pk}/", sent)
    sign_in("Publishers").post(f"/admin/review/{proposal.pk}/", {"do": "confirm", "version": "2", "seen": "1"})
    project.refresh_from_db()
    assert (project.summary, project.citations.count(), project.participations.count()) == ("After", 2, 1)


def test_what_the_form_showed_is_the_version_it_is_compared_with():
    client, project = sign_in("Contributors"), make_project(title="Old mill", summary="Before")
    values = edited(client.get(url(project)), title="New mill")
    meanwhile(project, summary="Of somebody else")
    client.post(url(project), values)
    proposal = Proposal.objects.get()
    assert (proposal.proposed, proposal.base_version) == ({"title": "New mill"}, 1)
    assert client.post(url(project), values | {"version": "77"}).status_code == 400
    assert Proposal.objects.count() == 1


def test_a_save_that_changes_nothing_proposes_nothing():
    client, project = sign_in("Contributors"), make_project()
    assert (
        "Nothing was changed."
        in client.post(url(project), edited(client.get(url(project))), follow=True).content.decode()
    )
    assert not Proposal.objects.exists()


def test_nobody_proposes_where_they_do_not_look_after_or_what_was_withdrawn():
    client = sign_in("Contributors")
    client.user.regions.add(make_region(title="Here"))
    there = make_project(regions=[make_region(title="There")])
    for entry in (there, make_project(state=State.WITHDRAWN)):
        assert "Propose the change" not in client.get(url(entry)).content.decode()
        assert client.post(url(entry), {"title": "Changed", "version": "1"}).status_code == 403
    assert not Proposal.objects.exists()


def test_a_proposing_contributor_has_no_other_door_to_a_published_site():
    client, site = sign_in("Contributors"), make_site(exact=("47.1", "41.1"), precision_chosen="10km")
    assert "exact-place" not in client.get(url(site)).content.decode()
    assert client.get(url(site, "exact-place")).status_code == 403
    assert client.post(url(site, "exact-place"), {"longitude": "1", "latitude": "1"}).status_code == 403
    answer = save(client, site, precision_chosen="exact")
    assert answer.status_code == 200 and not Proposal.objects.exists()
    assert Site.objects.get(pk=site.pk).precision == "10km"


def test_a_draft_sent_for_review_is_proposed_once_and_closed_by_whatever_ends_the_review():
    client, editor = sign_in("Contributors"), sign_in("Editors")
    cited = [Citation(source=make_source(), locator="page 1")]
    for end, state in (("publish", "accepted"), ("send_back", "declined"), ("delete", "closed")):
        draft = make_project(state=State.DRAFT, citations=cited)
        save(client, draft, _review="1")
        proposal = Proposal.objects.get(code=draft.pk)
        assert (proposal.kind, proposal.state, proposal.base_version) == ("publish", "waiting", 2)
        save(client, draft, summary="Still being written")
        assert Proposal.objects.filter(code=draft.pk).count() == 1
        sent = {"action": end, "_selected_action": [draft.pk], "confirmed": "1", f"version-{draft.pk}": "3"}
        editor.post(list_url(Project), sent | {"reason": "As it should be"})
        assert Proposal.objects.get(pk=proposal.pk).state == state


def test_a_declined_draft_is_returned_with_the_reason():
    client, editor, draft = sign_in("Contributors"), sign_in("Editors"), make_project(state=State.DRAFT)
    save(client, draft, title="Nearly ready", _review="1")
    proposal = Proposal.objects.get()
    page = editor.get(f"/admin/review/{proposal.pk}/").content.decode()
    assert "Nearly ready" in page and "Back to draft" in page
    sent = {"do": "decline", "version": "1", "seen": "2", "message": "Cite a source"}
    editor.post(f"/admin/review/{proposal.pk}/", sent)
    assert Project.objects.get(pk=draft.pk).state == State.DRAFT
    mine = client.get("/admin/review/mine/").content.decode()
    assert "Returned to you as a draft" in mine and "Cite a source" in mine


def test_a_draft_that_is_taken_back_leaves_the_review():
    client, draft = sign_in("Contributors"), make_project(state=State.DRAFT)
    save(client, draft, _review="1")
    client.post("/admin/review/mine/", {"proposal": Proposal.objects.get().pk, "take_back": "1"})
    assert Proposal.objects.get().state == "closed"
    assert Project.objects.get(pk=draft.pk).state == State.DRAFT
