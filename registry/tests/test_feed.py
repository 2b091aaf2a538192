"""The feed: following it gives the public register to the byte, tombstones included, and a rewritten past is seen."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from registry import ledger
from registry.feed import Broken, Following
from registry.models import ENTRIES, Change, FeedEntry, Project, ProjectParticipation, Region
from registry.tests.make import (
    make_draft,
    make_event,
    make_observation,
    make_organisation,
    make_project,
    make_region,
    make_site,
    make_source,
    make_statement,
)

WRITERS = 60


def edit(entry, **changes):
    entry = type(entry).objects.get(pk=entry.pk)
    for name, value in changes.items():
        setattr(entry, name, value)
    with ledger.batch(by=None, reason="An edit") as batch:
        batch.save(entry, expected=entry.version)
    return entry


def withdraw(entry, why="It was wrong"):
    entry = type(entry).objects.get(pk=entry.pk)
    with ledger.batch(by=None, reason="Taken back") as batch:
        batch.withdraw(entry, expected=entry.version, why=why)


def read(client, after=0, **asked) -> dict:
    ledger.catch_up()
    answer = client.get("/api/v1/changes/", {"after": after, "page_size": 500, **asked})
    assert answer.status_code == 200, answer.content
    return answer.json()


def followed(client) -> dict[str, dict]:
    """By code, what the feed says now of each record."""
    entries = read(client)["results"]
    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    return {entry["code"]: entry for entry in entries}


@pytest.mark.django_db
class TestEntries:
    """What one reads at /api/v1/changes/."""

    def test_an_entry_has_the_document_as_the_api_shows_it(self, client):
        project = make_project(title="Old mill")
        entry = followed(client)[project.pk]
        assert entry["document"] == client.get(f"/api/v1/projects/{project.pk}/").json()
        assert (entry["noun"], entry["state"], entry["document"]["title"]) == ("projects", "published", "Old mill")

    def test_a_replaced_entry_keeps_its_hashes_and_loses_its_document(self, client):
        project = make_project(title="Old mill")
        first = followed(client)[project.pk]
        edit(project, title="Older mill")
        entries = read(client)["results"]
        replaced = next(entry for entry in entries if entry["number"] == first["number"])
        assert replaced == first | {"document": None, "salt": None}
        assert entries[-1]["document"]["title"] == "Older mill" and "Old mill" not in json.dumps(entries)

    def test_a_new_title_is_told_of_all_that_show_it(self, client):
        place, body = make_region(title="Sheki"), make_organisation(title="A ministry")
        project = make_project(regions=[place], participations=[ProjectParticipation(organisation=body, role="owner")])
        words = make_statement(about=[project.pk])
        last = read(client)["newest"]
        edit(body, title="The ministry")
        edit(project, title="The mill")
        told = {entry["code"]: entry["document"] for entry in read(client, after=last)["results"] if entry["document"]}
        assert set(told) == {body.pk, project.pk, words.pk}
        assert told[project.pk]["participations"][0]["organisation"]["title"] == "The ministry"
        assert told[words.pk]["about"][0]["title"] == "The mill"

    def test_what_is_withdrawn_leaves_its_reason_and_goes_from_what_showed_it(self, client):
        place = make_region(title="Sheki")
        project = make_project(regions=[place])
        assert followed(client)[project.pk]["document"]["regions"]
        withdraw(place, why="Entered twice")
        found = followed(client)
        tombstone = {"code": place.pk, "reason": "Entered twice", "now": None}
        assert (found[place.pk]["state"], found[place.pk]["document"]) == ("withdrawn", tombstone)
        assert found[project.pk]["document"]["regions"] == []

    def test_what_is_merged_leads_to_the_record_it_is_part_of(self, client):
        lost, kept = make_event(title="A forum"), make_event(title="The forum")
        project = make_project(event=lost)
        ledger.catch_up()
        ledger.merge(lost, into=kept, by=None, reason="The same", expected=(lost.version, kept.version))
        found = followed(client)
        assert found[lost.pk]["state"] == "merged"
        assert found[lost.pk]["document"]["now"]["code"] == kept.pk == found[project.pk]["document"]["event"]["code"]

    def test_a_draft_and_what_is_done_to_it_is_never_told(self, client):
        draft = make_draft(title="Quxoprane")
        edit(draft, title="Quxoprane again")
        told = read(client)
        assert "Quxoprane" not in json.dumps(told) and draft.pk not in {entry["code"] for entry in told["results"]}

    def test_a_number_pages_and_names_of_collections_narrow_the_feed(self, client):
        make_project(), make_project(), make_event()
        page = read(client, page_size=2)
        assert len(page["results"]) == 2 and page["next"].endswith("after=2&page_size=2") and page["newest"] > 2
        assert read(client, after=page["newest"])["results"] == []
        assert {entry["noun"] for entry in read(client, noun="events")["results"]} == {"events"}
        refused = client.get("/api/v1/changes/?after=-1&noun=dragons&since=2020")
        assert refused.status_code == 400 and set(refused.json()["errors"]) == {"after", "noun", "since"}

    def test_an_unchanged_feed_is_not_sent_again(self, client):
        project = make_project()
        ledger.catch_up()
        etag = client.get("/api/v1/changes/").headers["ETag"]
        assert client.get("/api/v1/changes/", headers={"If-None-Match": etag}).status_code == 304
        edit(project, title="Another")
        ledger.catch_up()
        assert client.get("/api/v1/changes/", headers={"If-None-Match": etag}).status_code == 200

    def test_a_save_tells_what_it_changed_and_leaves_to_the_worker_what_takes_long(
        self, django_capture_on_commit_callbacks, monkeypatch
    ):
        place = make_region(title="Sheki")
        ledger.catch_up()
        with django_capture_on_commit_callbacks(execute=True):
            edit(place, title="Şəki")
        assert FeedEntry.objects.current().get(code=place.pk).number == FeedEntry.objects.count() == 3
        monkeypatch.setattr("registry.ledger.feeding._AT_ONCE", 2)
        with django_capture_on_commit_callbacks(execute=True):
            make_project(regions=[place])
            make_project(regions=[place])
        assert FeedEntry.objects.count() == 3
        ledger.catch_up()
        assert FeedEntry.objects.filter(noun="projects").count() == 2

    def test_what_came_past_the_ledger_is_found_by_looking_through(self, client):
        project = make_project(title="Old mill")
        ledger.catch_up()
        with ledger.writes.writing():
            Project.objects.filter(pk=project.pk).update(title="Loaded mill")
        call_command("reindex", verbosity=0)
        assert followed(client)[project.pk]["document"]["title"] == "Loaded mill"


def everything(client) -> str:
    """The public register as the API gives it: collection by collection, by code."""
    asked = [f"/api/v1/{model.slug}/?format=ndjson&ordering=code" for model in ENTRIES]
    return b"".join(b"".join(client.get(address)) for address in asked).decode()


@pytest.fixture
def mirror(live_server, tmp_path) -> Iterator[tuple[str, Path]]:
    return live_server.url, tmp_path / "copy.ndjson"


def same_host(client, url: str):
    """The client, asking as somebody from outside does."""
    client.defaults["HTTP_HOST"] = url.removeprefix("http://")
    return client


@pytest.mark.django_db(transaction=True)
class TestMirror:
    """`manage.py mirror`, over HTTP."""

    def test_following_rebuilds_the_register_to_the_byte_and_goes_on(self, client, mirror, capsys):
        place = make_region(title="Şəki", longitude="47.170000", latitude="41.190000", precision="exact")
        source = make_source()
        site = make_site(region=place)
        make_observation(site=site)
        project = make_project(regions=[place], summary="Two lines\n\u2028and “more”.")
        make_statement(about=[project.pk], title="Words")
        call_command("mirror", *map(str, mirror))
        assert mirror[1].read_text(encoding="utf-8") == everything(same_host(client, mirror[0])) != ""
        edit(place, title="Sheki")
        withdraw(make_event())
        lost = make_project(title="The same")
        ledger.merge(
            lost, into=project, by=None, reason="One", expected=(1, Project.objects.get(pk=project.pk).version)
        )
        call_command("mirror", *map(str, mirror))
        assert mirror[1].read_text(encoding="utf-8") == everything(client)
        assert "Going on after entry" in capsys.readouterr().out and source.pk in everything(client)

    @pytest.mark.writes_around_the_ledger
    @pytest.mark.parametrize("wrong", [{"at": "2020-01-01T00:00Z"}, {"state": "withdrawn"}, {"code": "PRJ-9999"}])
    def test_a_rewritten_past_is_seen(self, mirror, wrong):
        project = make_project()
        call_command("mirror", *map(str, mirror))
        edit(project, title="Another")
        FeedEntry.objects.filter(number=FeedEntry.objects.count()).update(**wrong)
        before = mirror[1].read_bytes()
        with pytest.raises(CommandError, match="the past was rewritten"):
            call_command("mirror", *map(str, mirror))
        assert mirror[1].read_bytes() == before

    @pytest.mark.writes_around_the_ledger
    def test_another_document_and_a_shorter_past_are_seen(self, mirror):
        make_project(title="Old mill")
        copy = Following(mirror[0])
        list(copy.catch_up())
        last = FeedEntry.objects.get(number=copy.number)
        FeedEntry.objects.filter(pk=last.pk).update(document=last.document.replace("Old mill", "New mill"))
        with pytest.raises(Broken, match="not the one that it was made of"):
            list(Following(mirror[0]).catch_up())
        last.delete()
        with pytest.raises(Broken, match="the past was rewritten"):
            list(copy.catch_up())

    def test_sixty_overlapping_writers_and_nothing_is_missed_or_comes_twice(self, client, mirror, monkeypatch):
        monkeypatch.setattr("registry.feed.following.PAGE", 7)
        with transaction.atomic():
            place = make_region(title="Sheki")
            codes = [make_project(title=f"Work {number}", regions=[place]).pk for number in range(WRITERS)]
        copy, seen = Following(mirror[0]), []
        monkeypatch.setattr(copy, "_take", lambda entry, take=copy._take: (seen.append(entry["number"]), take(entry)))

        def write(code: str) -> None:
            try:
                edit(Project(pk=code), summary="Said again")
                if code == codes[0]:
                    edit(place, title="Şəki")
            finally:
                connection.close()

        writers = [Thread(target=write, args=[code]) for code in codes]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            list(copy.catch_up())
        ledger.catch_up()  # as the worker does
        list(copy.catch_up())
        assert seen == list(range(1, FeedEntry.objects.count() + 1))
        assert "".join(f"{line}\n" for line in copy.text()) == everything(same_host(client, mirror[0]))
        assert Change.objects.filter(entry_type="project").count() == WRITERS * 2
        assert Region.objects.get().title == "Şəki"


@pytest.mark.django_db
@pytest.mark.writes_around_the_ledger
class TestVerify:
    """`manage.py verify_ledger`."""

    def wrong(self, capsys, **given) -> str:
        with pytest.raises(CommandError, match="do not agree"):
            call_command("verify_ledger", **given)
        return capsys.readouterr().err

    def test_an_untouched_register_holds_with_every_noun_and_after_undoing(self):
        call_command("seed", verbosity=0)
        project = make_project()
        edit(project, title="Another")
        ledger.undo(Change.objects.first().batch, by=None, reason="No")
        call_command("verify_ledger")

    @pytest.mark.parametrize("change", [{"reason": "Nicer"}, {"after": {"title": "Nicer"}}, {"role": "editor"}])
    def test_a_change_that_was_rewritten_is_named(self, capsys, change):
        project = make_project()
        number = Change.objects.get(entry_code=project.pk).number
        edit(project, title="Another")
        Change.objects.filter(number=number).update(**change)
        assert f"Change {number} ({project.pk}) is not what was written." in self.wrong(capsys)

    def test_a_change_that_was_taken_out_and_a_chain_written_anew_are_seen(self, capsys):
        call_command("verify_ledger")
        project = make_project()
        call_command("verify_ledger")
        _all, _holds, _history, noted, _feed, told = capsys.readouterr().out.split()[-6:]
        edit(project, title="Another")
        call_command("verify_ledger", noted=noted)
        call_command("verify_ledger", noted=told)
        Change.objects.filter(number=1).delete()
        assert "Change 1 is missing." in self.wrong(capsys)
        Change.objects.filter(number=2).update(chain="0" * 64)
        assert f"{noted} is part of neither chain" in self.wrong(capsys, noted=noted)
        with pytest.raises(CommandError, match="NUMBER:LINK"):
            call_command("verify_ledger", noted="nonsense")

    def test_a_record_that_was_changed_past_the_ledger_is_named(self, capsys):
        project, other = make_project(), make_project()
        ledger.catch_up()
        Project.objects.filter(pk=project.pk).update(title="Nicer")
        Project.objects.filter(pk=other.pk).update(version=7)
        said = self.wrong(capsys)
        assert f"{project.pk}: title hold" in said and f"{other.pk}: version 7 is stored" in said
        assert f"{project.pk}: the feed says something else" in said
