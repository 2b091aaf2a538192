"""Atom feeds: valid, with ids that stay, the last changed first, and the same records as the page they belong to."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from registry import ledger
from registry.models import ENTRIES, Citation, Project, State
from registry.tests.make import MAKERS, make_project, make_region, make_source, make_user
from registry.web.feeds import MOST

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
BAKU = {"longitude": "49.87", "latitude": "40.4", "precision": "10km"}


def follow(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own bytes


def said(element, *names):
    return [element.findtext(ATOM + name) for name in names]


def codes(feed):
    return [entry.findtext(f"{ATOM}id").rpartition(":")[2] for entry in feed.iter(f"{ATOM}entry")]


def test_a_feed_of_any_noun_has_what_atom_asks_of_it_and_of_its_entries(client):
    for model in ENTRIES:
        holds(client, model)


def holds(client, model):
    title = "Mills & <b>other</b> works"
    entry = MAKERS[model](title=title, summary="Said of it: a < b.")
    feed = follow(client, f"/{model.slug}/atom/")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": f"http://testserver/{model.slug}/", "self": f"http://testserver/{model.slug}/atom/"}
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Caspian Heritage Register"
    assert all(said(feed, "id", "title", "updated"))
    first = feed.find(f"{ATOM}entry")
    assert said(first, "id", "title") == [f"tag:testserver,2026:{entry.pk}", title]
    assert first.find(f"{ATOM}summary").text == "Said of it: a &lt; b."
    assert first.find(f"{ATOM}link").get("href") == f"http://testserver{entry.get_absolute_url()}"
    assert datetime.fromisoformat(first.findtext(f"{ATOM}updated")) == entry.updated_at


def test_the_same_query_gives_the_same_records_on_the_page_in_the_feed_on_the_map_and_in_the_api(client):
    place = make_region(title="Baku", **BAKU)
    for number in range(4):
        make_project(title=f"Old mill {number}", regions=[place], status=["ongoing", "completed"][number % 2])
    make_project(title="Old bridge", regions=[place], status="ongoing")
    for query in ("status=ongoing", "q=mill&status=ongoing&status=completed", f"region={place.pk}&missing=dates"):
        page = client.get(f"/projects/?{query}").context_data
        shown = [entry.pk for entry in page["page_obj"]]
        assert shown == codes(follow(client, f"/projects/atom/?{query}"))
        assert set(shown) == {record["code"] for record in client.get(f"/api/v1/projects/?{query}").json()["results"]}
        assert [pin.count for pin in page["pins"]] == [len(shown)] == [page["count"]]


def test_a_record_that_changes_comes_first_under_the_id_it_had(client):
    first, second = make_project(title="First"), make_project(title="Second")
    assert codes(follow(client, "/projects/atom/")) == [second.pk, first.pk]
    first.title = "First, restored"
    with ledger.batch(by=make_user(), reason="Name it as its source does") as batch:
        batch.save(first, expected=first.version)
    feed = follow(client, "/projects/atom/")
    assert codes(feed) == [first.pk, second.pk]
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "First, restored"


def test_a_feed_holds_the_newest_fifty(client):
    cited = [Citation(source=make_source(), locator="row 1")]
    made = [make_project(title=f"Work {number}", citations=cited).pk for number in range(MOST + 1)]
    assert codes(follow(client, "/projects/atom/")) == made[:0:-1]


def test_a_draft_is_in_no_feed(client):
    make_project(title="Seen")
    before = [client.get(address).content for address in ("/projects/atom/", "/changes/atom/")]
    make_project(title="Unseen", state=State.DRAFT)
    assert [client.get(address).content for address in ("/projects/atom/", "/changes/atom/")] == before


@pytest.mark.parametrize(("query", "word"), [("colour=red", "colour"), ("status=nonsense", "nonsense")])
def test_a_feed_that_nobody_can_mean_is_refused_with_the_reason(client, query, word):
    answer = client.get(f"/projects/atom/?{query}")
    assert answer.status_code == 400 and word in answer.content.decode()


def test_whoever_has_the_feed_is_told_that_nothing_changed_until_something_does(client):
    make_project()
    answer = client.get("/projects/atom/")
    again = client.get("/projects/atom/", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_project()
    assert client.get("/projects/atom/", headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_a_feed_in_another_language_gives_what_is_translated_and_names_the_language_of_the_rest(client):
    make_project(title="Old mill")
    make_project(title="Fortress", translations={"az": {"title": "Qala"}})
    feed = follow(client, "/az/projects/atom/")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "az"
    entries = [
        (entry.findtext(f"{ATOM}title"), entry.get("{http://www.w3.org/XML/1998/namespace}lang"))
        for entry in feed.iter(f"{ATOM}entry")
    ]
    assert entries == [("Qala", None), ("Old mill", "en")]


def test_the_page_names_its_feed_with_what_it_was_asked(client):
    make_project(status="ongoing")
    page = client.get("/projects/?status=ongoing&page=1&ordering=title").content.decode()
    assert 'type="application/atom+xml" title="Projects" href="/projects/atom/?status=ongoing"' in page


def test_the_feed_of_changes_names_each_version_once(client):
    project = make_project(title="Mill")
    project.summary = "Turned by water."
    with ledger.batch(by=make_user(), reason="Say what it is") as batch:
        batch.save(project, expected=project.version)
    feed = follow(client, "/changes/atom/?noun=project")
    entries = [said(entry, "title", "summary") for entry in feed.iter(f"{ATOM}entry")]
    assert entries == [["Mill: Edited", "Say what it is"], ["Mill: Published", "For a test"]]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 2
    assert urlsplit(feed.findtext(f"{ATOM}link")).query == ""
    assert Project.objects.public().count() == 1
