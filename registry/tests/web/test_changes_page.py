"""The public history: one entry for what was done in one go, narrowed and paged by its address, and never a draft."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import ledger
from registry.models import Citation, Project, Region, State
from registry.models import changes as rows
from registry.tests.make import make_project, make_region, make_source, make_user
from registry.tests.web.page import read
from registry.web.paging import PER_PAGE

WORKS = "noun=project&noun=region"
pytestmark = pytest.mark.django_db


def ask(client, query=""):
    response = client.get(f"/changes/?{query}")
    assert response.status_code == 200
    return response.context_data


def publish_together(count):
    """Some projects and a region after them, in one batch."""
    source = make_source()
    with ledger.batch(by=make_user(), reason="Bring in the inventory") as batch:
        for entry in (
            *(Project(title=f"Work {number}") for number in range(count)),
            Region(title="A valley", kind="area"),
        ):
            batch.publish(entry, related={"citations": [Citation(source=source, locator="row 1")]})


def told(context):
    return [(change.entry_title, change.others) for change in context["changes"]]


def test_what_was_done_in_one_go_is_one_entry_that_counts_the_others(client):
    publish_together(3)
    make_region(title="Alone")
    assert told(ask(client, WORKS))[:2] == [("Alone", 0), ("A valley", 3)]


def test_a_batch_larger_than_what_is_read_at_once_is_still_one_entry(client, monkeypatch):
    make_region(title="Before")
    publish_together(6)
    make_region(title="After")
    assert told(ask(client, WORKS)) == [("After", 0), ("A valley", 6), ("Before", 0)]
    monkeypatch.setattr(rows, "RECENT", 3)
    cache.clear()
    assert told(ask(client, WORKS)) == [("After", 0), ("A valley", 6), ("Before", 0)]


def test_the_home_page_tells_the_newest_entries_of_the_history(client):
    publish_together(3)
    make_region(title="Alone")
    assert client.get("/").context_data["changes"] == ask(client)["changes"][:6]


def test_the_number_beside_a_choice_is_the_number_of_the_entries_it_leaves(client):
    publish_together(3)
    project = make_project(title="Mill")
    with ledger.batch(by=make_user(), reason="It was counted twice.") as batch:
        batch.withdraw(project, expected=project.version, why="It was counted twice.")
    for facet in ask(client)["facets"]:
        assert facet.options, facet.name
        for option in facet.options:
            assert ask(client, f"{facet.name}={option.value}")["count"] == option.count, (facet.name, option)
    withdrawn = ask(client, "action=withdrawn&noun=project")
    assert [(change.entry_title, change.reason) for change in withdrawn["changes"]] == [
        (project.pk, "It was counted twice.")
    ]


def test_a_batch_of_several_nouns_is_found_by_each_of_them(client):
    publish_together(2)
    assert told(ask(client, "noun=region"))[0] == ("A valley", 0)
    assert told(ask(client, "noun=project"))[0] == ("Work 1", 1)


def test_the_history_is_paged_and_a_page_past_the_end_is_the_last(client):
    cited = [Citation(source=make_source(), locator="row 1")]
    for number in range(PER_PAGE + 1):
        make_project(title=f"Work {number}", citations=cited)
    first, last = ask(client, "noun=project"), ask(client, "noun=project&page=9")
    assert (first["count"], len(first["changes"])) == (PER_PAGE + 1, PER_PAGE)
    assert told(last) == [("Work 0", 0)]
    assert last["notices"] == ["The list has 2 pages; this is the last."]
    assert first["pages"].next == "?noun=project&page=2"


@pytest.mark.parametrize("address", ["/changes/", "/changes/atom/", "/projects/atom/"])
def test_the_history_and_the_feeds_cost_the_same_for_one_record_and_for_twenty(client, address):
    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    cited = [Citation(source=make_source(), locator="row 1")]
    make_project(citations=cited)
    client.get(address)
    one = cost()
    for _number in range(20):
        make_project(citations=cited)
    assert cost() == one


def test_what_the_history_cannot_be_asked_is_left_out_and_said(client):
    make_project()
    context = ask(client, "colour=red&month=soon&noun=planet")
    assert context["count"] and len(context["notices"]) == 3 and context["chips"] == []


def test_a_draft_is_in_no_history(client):
    make_project(title="Seen")
    before = client.get("/changes/").content, client.get("/changes/atom/").content
    make_project(title="A secret plan", state=State.DRAFT)
    assert (client.get("/changes/").content, client.get("/changes/atom/").content) == before


def test_an_empty_history_says_so(client):
    assert "there is no history to read" in read(client, "/changes/").text
