"""Who forges the past, and a register that is none: both are seen, and the copy stays as it was."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from registry import ledger
from registry.canonical import FIRST, digest, link
from registry.feed import Broken, Following, following
from registry.ledger import feeding
from registry.management.commands.mirror import _put
from registry.models import Change, Event, FeedEntry, Project
from registry.tests.make import make_draft, make_event, make_project, make_region
from registry.tests.test_feed import edit, withdraw


def found() -> str:
    ledger.catch_up()
    return " ".join(ledger.verify())


@pytest.mark.django_db
@pytest.mark.writes_around_the_ledger
class TestForging:
    """What `verify_ledger` sees."""

    def test_a_tombstone_that_was_emptied_or_taken_out(self):
        project = make_project()
        ledger.catch_up()
        withdraw(project)
        assert found() == ""
        last = FeedEntry.objects.filter(code=project.pk).last()
        FeedEntry.objects.filter(pk=last.pk).update(document="", salt="")
        assert f"{project.pk}: the feed says something else" in found()
        last.delete()
        assert f"{project.pk}: the feed says something else" in found()

    @pytest.mark.parametrize("public", [True, False])
    def test_a_record_that_was_taken_out_although_nobody_deleted_it(self, public):
        draft, deleted = make_draft(), make_draft()
        with ledger.batch(by=None, reason="Not needed") as batch:
            batch.delete(deleted, expected=deleted.version)
        if public:
            draft = make_project()
            ledger.catch_up()
            withdraw(draft)
        assert found() == ""
        Project.objects.filter(pk=draft.pk).delete()
        assert f"{draft.pk}: no change deleted it" in found() and deleted.pk not in found()


@pytest.mark.django_db
def test_what_leads_to_a_withdrawn_record_says_its_newest_reason():
    lost, kept = make_event(), make_event()
    ledger.catch_up()
    ledger.merge(lost, into=kept, by=None, reason="The same", expected=(lost.version, kept.version))
    withdraw(kept, why="Somebody's name stood here")
    ledger.catch_up()
    withdraw(Event.objects.get(pk=kept.pk), why="It was wrong")
    assert found() == ""
    told = FeedEntry.objects.current().get(code=lost.pk)
    assert json.loads(told.document)["reason"] == "It was wrong"


@pytest.mark.django_db
def test_no_two_batches_share_a_moment_when_the_clock_was_set_back(monkeypatch):
    make_project()
    before = Change.objects.latest("number").at
    monkeypatch.setattr("registry.ledger.numbering.timezone.now", lambda: before - timedelta(hours=2))
    project = make_project()
    withdraw(project)
    later = Change.objects.filter(at__gt=before).order_by("number")
    moments = list(dict.fromkeys(later.values_list("at", "batch")))
    assert len(moments) == len({at for at, _batch in moments}) == 3 and moments == sorted(moments)


def entry(number, chain, document, **more):
    """An entry that holds by itself."""
    said = {"number": number, "at": "2026-01-01T00:00:00.000000Z", "code": document["code"], "noun": "projects"}
    said |= {"state": "published", "digest": digest(document, "salt"), **more}
    return said | {"document": document, "salt": "salt", "chain": link(chain, said)}


@pytest.fixture
def register():
    """A register elsewhere that answers whatever `answers` has for the address, as bytes or as JSON."""
    answers = {"/api/v1/": {"collections": [{"name": "projects"}]}}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            said = answers[self.path.partition("?")[0]]
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://Register.Example:443/data/?a=b", "https://register.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("HTTP://register.example:80", "http://register.example"),
    ],
)
def test_an_address_is_held_as_the_register_writes_it(typed, written):
    assert Following(typed).address == written


@pytest.mark.parametrize(
    "typed", ["register.example", "ftp://a", "https://", "https://a:b@c", "https://[x", "http://a:x"]
)
def test_what_is_no_address_is_said_to_be_none(typed):
    with pytest.raises(Broken, match="Give the address"):
        Following(typed)


HOSTILE = {
    "no feed": {"collections": []},
    "nothing of what there is": {"newest": 9, "next": "more", "results": []},
    "an entry of another kind": {"newest": 1, "next": None, "results": [7]},
    "half a character": {"newest": 1, "next": None, "results": [entry(1, FIRST, {"code": "X"}) | {"noun": "\ud800"}]},
    "too deep": b'{"newest":' + b"[" * 200_000,
    "too much": b"[" + b" " * 5000 + b"]",
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_feed_is_refused_in_words_and_nothing_is_written(register, said, tmp_path, monkeypatch):
    monkeypatch.setattr(following, "MOST_BYTES", 4000 if said is HOSTILE["too much"] else following.MOST_BYTES)
    address, answers = register
    answers["/api/v1/changes/"] = said
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("mirror", address, str(tmp_path / "copy.ndjson"))
    assert list(tmp_path.iterdir()) == []


def test_an_odd_end_of_a_line_does_not_move_the_lines_of_a_copy(register, tmp_path):
    address, answers = register
    one = entry(1, FIRST, {"code": "PRJ-0001", "title": "One\x85and more"})
    two = entry(2, one["chain"], {"code": "PRJ-0002", "title": "Two"})
    answers["/api/v1/changes/"] = {"newest": 2, "next": None, "results": [one, two]}
    call_command("mirror", address, str(tmp_path / "copy.ndjson"))
    before = (tmp_path / "copy.ndjson").read_text()
    answers["/api/v1/changes/"] = {"newest": 2, "next": None, "results": []}
    call_command("mirror", address, str(tmp_path / "copy.ndjson"))
    assert (tmp_path / "copy.ndjson").read_text() == before and before.count("\n") == 2


def test_a_page_that_breaks_off_is_read_again(register):
    address, answers = register
    answers["/api/v1/changes/"] = {"newest": 0, "next": None, "results": []}
    copy, asked = Following(address), []

    def broken_once(path, ask=copy._ask):
        asked.append(path)
        if len(asked) == 1:
            raise following.ProtocolError
        return ask(path)

    copy._ask = broken_once
    assert list(copy.catch_up()) == [0] and len(asked) == 3


def test_what_cannot_be_written_leaves_nothing_beside_the_copy(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        _put(tmp_path / "copy.ndjson", "\ud800")
    assert list(tmp_path.iterdir()) == []


def told(client, code):
    """All that the feed and the harvesters' door say of a record."""
    feed = client.get("/api/v1/changes/", {"page_size": 500}).json()["results"]
    harvest = client.get("/oai/", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}).content.decode()
    return json.dumps([one["document"] for one in feed if one["code"] == code]) + harvest


@pytest.mark.django_db
class TestWhatIsTakenBack:
    """It never waits for what merely shows another name, however much that is."""

    @pytest.fixture
    def much(self, monkeypatch):
        """A place that three records show, where three are more than a request tells, and its new name is untold."""
        monkeypatch.setattr("registry.ledger.feeding._AT_ONCE", 2)
        place = make_region(title="Sheki")
        projects = [make_project(title=f"Quxoprane {number}", regions=[place]) for number in range(3)]
        ledger.catch_up()
        edit(place, title="Shaki")
        return projects

    def test_it_goes_before_the_worker_has_told_the_rest(self, client, much):
        withdraw(much[0])
        feeding.catch_up_soon()
        said = told(client, much[0].pk)
        assert "Quxoprane" not in said.partition("]")[0] and "Quxoprane 0" not in said and "Shaki" not in said
        ledger.catch_up()
        assert found() == "" and "Shaki" in told(client, much[1].pk)

    def test_it_goes_while_the_rest_is_being_told_and_nothing_comes_twice(self, client, much, monkeypatch):
        tell, parts = feeding._tell_some, []

        def between(touched):
            parts.append(len(touched))
            if len(parts) == 2:
                withdraw(much[2])
            return tell(touched)

        monkeypatch.setattr(feeding, "_tell_some", between)
        ledger.catch_up()
        assert found() == "" and "Quxoprane 2" not in told(client, much[2].pk)
        number = FeedEntry.objects.count()
        assert not feeding._unseen().exists()
        ledger.catch_up()
        assert FeedEntry.objects.count() == number

    def test_a_process_that_died_between_two_parts_leaves_the_rest_to_the_next(self, much, monkeypatch):
        tell, parts = feeding._tell_some, []

        def dies(touched):
            parts.append(touched)
            if len(parts) == 2:
                raise KeyboardInterrupt
            return tell(touched)

        monkeypatch.setattr(feeding, "_tell_some", dies)
        with pytest.raises(KeyboardInterrupt):
            ledger.catch_up()
        monkeypatch.setattr(feeding, "_tell_some", tell)
        assert feeding._unseen().exists()
        assert found() == ""
        numbers = FeedEntry.objects.filter(code__in=[one.pk for one in much]).values_list("code", flat=True)
        assert sorted(numbers) == sorted([one.pk for one in much] * 2)


@pytest.mark.django_db
def test_a_change_that_alters_no_document_is_looked_at_once():
    project = make_project()
    ledger.catch_up()
    withdraw(project)
    ledger.catch_up()
    edit(project, summary="Kept for later")
    ledger.catch_up()
    assert not feeding._unseen().exists()
