"""Links that stop working: what is looked at first, what is remembered, and when a resource is marked."""

import io
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from registry import ledger, link_rot, links
from registry.models import Change, LinkCheck, Resource
from registry.tests.admin.forms import list_url, sign_in, url
from registry.tests.make import make_initiative, make_resource, make_source

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Answers(BaseHTTPRequestHandler):
    """The status that the server says for the path, 200 for any other."""

    def do_HEAD(self):
        self.server.asked.append(self.path)
        status = self.server.status.get(self.path, 200)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/new")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.status, server.asked = {}, []
    server.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def look(days=0, most=50):
    """One run, so many days later, that may ask this machine."""
    check = partial(links.check, allowed=lambda _address: True, ports=range(1, 65536))
    return list(link_rot.run(most, pause=0, check=check, now=DAY + timedelta(days=days)))


def reread(resource):
    return Resource.objects.get(pk=resource.pk)


def test_a_resource_is_marked_only_after_its_link_has_failed_for_a_week(site):
    resource = make_resource(url=f"{site.base}/film", status="live")
    site.status["/film"] = 404
    for days in (0, 3, 6.9):
        assert [finding.news for finding in look(days)] == [""]
        assert reread(resource).status == "live"
    [finding] = look(7)
    assert "no longer works" in finding.news
    assert (reread(resource).status, reread(resource).version) == ("dead_link", 2)
    change = Change.objects.of(resource.pk).first()
    assert (change.by, change.role) == (None, "register") and "2026-03-01" in change.reason
    assert change.after == {"status": "dead_link"}
    assert [finding.news for finding in look(8)] == [""]
    assert Change.objects.of(resource.pk).count() == 2


def test_a_link_that_answers_once_starts_its_week_anew(site):
    resource = make_resource(url=f"{site.base}/film")
    site.status["/film"] = 404
    look(0)
    site.status["/film"] = 200
    look(5)
    assert LinkCheck.objects.get().failing_since is None
    site.status["/film"] = 404
    look(9)
    look(15)
    assert reread(resource).status == ""
    look(16)
    assert reread(resource).status == "dead_link"


def test_that_a_dead_link_answers_again_is_said_and_left_to_an_editor(site):
    resource = make_resource(url=f"{site.base}/film", status="dead_link")
    [finding] = look()
    assert "answers again" in finding.news
    assert (reread(resource).status, reread(resource).version) == ("dead_link", 1)


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_host_that_only_keeps_programs_out_is_not_taken_for_dead(site, status):
    resource = make_resource(url=f"{site.base}/film", status="live")
    site.status["/film"] = status
    look(0)
    look(30)
    assert reread(resource).status == "live" and LinkCheck.objects.get().failing_since is None


def test_while_nothing_answers_at_all_the_own_connection_is_suspected_and_nothing_noted(site):
    resource = make_resource(url="http://127.0.0.1:1/film", status="live")
    for days in (0, 30):
        [finding] = look(days)
        assert "nothing answered" in finding.news
    assert not LinkCheck.objects.exists()
    make_source(url=f"{site.base}/report")
    look(31)
    assert LinkCheck.objects.get(code=resource.pk).failing_since == DAY + timedelta(days=31)
    look(38)
    assert reread(resource).status == "dead_link"


@pytest.mark.parametrize("status", ["scheduled", "archived"])
def test_what_is_not_out_yet_or_kept_elsewhere_is_not_marked(site, status):
    resource = make_resource(url=f"{site.base}/film", status=status)
    site.status["/film"] = 404
    look(0)
    look(30)
    assert reread(resource).status == status and LinkCheck.objects.get().failing_since == DAY


def test_where_a_link_moved_to_is_kept(site):
    make_resource(url=f"{site.base}/old")
    site.status["/old"] = 301
    look()
    row = LinkCheck.objects.get()
    assert (row.outcome, row.moved_to, row.failing_since) == ("moved", f"{site.base}/new", None)


def test_links_of_sources_and_initiatives_are_looked_at_and_drafts_are_not(site):
    source = make_source(url=f"{site.base}/report")
    idea = make_initiative(links=[f"{site.base}/a", f"{site.base}/b"])
    make_resource(url=f"{site.base}/draft", state="draft")
    make_resource(url=f"{site.base}/withdrawn", state="withdrawn")
    site.status["/report"] = site.status["/a"] = 410
    look(0)
    look(30)
    assert {(row.code, row.outcome) for row in LinkCheck.objects.exclude(outcome="ok")} == {
        (source.pk, "gone"),
        (idea.pk, "gone"),
    }
    assert set(site.asked) == {"/report", "/a", "/b"}
    assert Change.objects.of(source.pk).count() == Change.objects.of(idea.pk).count() == 1


def test_a_run_has_a_limit_and_begins_with_what_was_seen_the_longest_ago(site):
    for number in range(3):
        make_resource(url=f"{site.base}/{number}")
    look(0, most=2)
    assert LinkCheck.objects.count() == 2
    [finding] = look(1, most=1)
    assert LinkCheck.objects.count() == 3
    assert finding.link.code not in {link.code for link in link_rot.oldest(2)}


def test_a_new_address_has_no_past(site):
    resource = make_resource(url=f"{site.base}/film", status="live")
    site.status["/film"] = site.status["/moved"] = 404
    look(0)
    with ledger.batch(by=None, reason="It moved") as batch:
        resource.url = f"{site.base}/moved"
        batch.save(resource, expected=1)
    look(8)
    assert reread(resource).status == "live"


def test_the_command_never_reaches_this_machine_and_marks_nothing_for_that(site):
    resource = make_resource(url=f"{site.base}/film", status="live")
    for _run in range(2):
        said = io.StringIO()
        call_command("check_links", pause=0, stdout=said)
        assert resource.pk in said.getvalue() and "1 links looked at: refused 1." in said.getvalue()
    assert site.asked == [] and reread(resource).status == "live"


def test_editors_find_the_links_that_fail(site):
    resource = make_resource(url=f"{site.base}/film", status="live")
    make_resource(url=f"{site.base}/fine", title="Fine")
    site.status["/film"] = 404
    look()
    client = sign_in()
    assert "Links that fail" in client.get("/admin/").content.decode()
    found = client.get(f"{list_url(Resource)}?missing=link").content.decode()
    assert url(resource) in found and "Fine" not in found
    assert "has failed since 2026-03-01" in client.get(url(resource)).content.decode()
