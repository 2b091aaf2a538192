"""Dumps: the whole register as files that hold what is public, whole or not at all, with checksums that fit."""

import csv
import errno
import gzip
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from struct import unpack

import pyogrio
import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError
from django.utils import timezone

from registry import dictionary, downloads, dumps, ledger
from registry.dumps import contents, keeping
from registry.dumps.database import About
from registry.models import ENTRIES, Change, FeedEntry, Region, Statement
from registry.tests.database import Database
from registry.tests.make import MAKERS, make_project, make_region
from registry.tests.rows import filled
from registry.tests.twins import SECRET, add_secrets, make_open_register
from registry.vocabularies import VOCABULARIES

HOST = "https://register.example"
STATE = About(HOST, 7, 3, datetime(2026, 1, 5, tzinfo=UTC), "BSD-3-Clause")


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    """For what is kept of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"


def lines(path):
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]


def coordinates(geometry):
    """Of each point of a feature."""
    if geometry is None:
        return []
    return geometry["coordinates"] if geometry["type"] == "MultiPoint" else [geometry["coordinates"]]


def written(folder):
    """The files of a dump by their endings, and the counts."""
    folder.mkdir()
    files, counts = contents.write(folder, "register", STATE)
    return {file.name.removeprefix("register"): folder / file.name for file in files}, counts


@pytest.mark.django_db
def test_every_form_holds_every_public_record(client, tmp_path):
    others = {model: MAKERS[model]() for model in ENTRIES}
    for model in ENTRIES:
        filled(model, others)
    files, counts = written(tmp_path / "dump")
    public = [code for model in ENTRIES for code in model.objects.public().order_by("pk").values_list("pk", flat=True)]
    told = lines(files[".ndjson.gz"])
    assert [record["code"] for record in told] == public and sum(counts.values()) == len(public)
    body = json.loads(gzip.decompress(files[".geojson.gz"].read_bytes()))
    assert [feature["id"] for feature in body["features"]] == public
    with zipfile.ZipFile(files[".csv.zip"]) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {*(f"{m.slug}.csv" for m in ENTRIES), "fields.csv", "LICENSE.txt"}
        tables = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    in_tables = [row["code"] for m in ENTRIES for row in csv.DictReader(io.StringIO(tables[f"{m.slug}.csv"]))]
    assert in_tables == public
    assert list(csv.reader(io.StringIO(tables["fields.csv"]))) == list(dictionary.as_rows())
    assert all(record["url"].startswith(HOST) for record in told)
    listed = client.get("/api/v1/projects/?ordering=code&page_size=500").content.decode()
    assert json.loads(listed.replace("http://testserver", HOST))["results"] == [r for r in told if "PRJ-" in r["code"]]


@pytest.mark.django_db
def test_the_database_holds_what_the_lines_hold_and_its_keys_lead_somewhere(tmp_path):
    others = {model: MAKERS[model]() for model in ENTRIES}
    others[Region] = make_region(longitude="49.87", latitude="40.41", precision="1km")
    for model in ENTRIES:
        filled(model, others, **({"amount": "0.10", "currency": "EUR"} if model.slug == "funding" else {}))
    gone = make_project()
    MAKERS[Statement](about=[gone.pk, others[ENTRIES[0]].pk])
    with ledger.batch(by=None, reason="A slip") as batch:
        batch.withdraw(gone, expected=gone.version, why="It was a slip.")
    files, counts = written(tmp_path / "dump")
    with zipfile.ZipFile(files[".sqlite.zip"]) as archive:
        assert archive.namelist() == ["register.sqlite", "LICENSE.txt"]
        archive.extract("register.sqlite", tmp_path)
    read = Database(tmp_path / "register.sqlite")
    assert [read.one("PRAGMA integrity_check"), read.all("PRAGMA foreign_key_check")] == [("ok",), []]
    tables = {name: strict for _s, name, kind, _c, _w, strict in read.all("PRAGMA table_list") if kind == "table"}
    assert {name for name, strict in tables.items() if not strict} == {"sqlite_schema", "sqlite_temp_schema"}
    for told in lines(files[".ndjson.gz"]):
        assert read.document(told["code"]) == told
    assert dict(read.all("SELECT name, records FROM nouns")) == counts
    assert ("0.10", "text") in read.all("SELECT amount, typeof(amount) FROM funding")
    for model in ENTRIES:
        shown = {column.name for column in downloads.columns(model)}  # as in the table, besides lists and titles
        columns = {name for _n, name, *_rest in read.all(f"PRAGMA table_info({model.slug})")}
        assert columns <= shown
        assert len(read.table(f"{model.slug}_in_words")) == counts[model.slug]
        told = read.all("SELECT column_name FROM fields WHERE table_name = ?", model.slug)
        assert columns == {name for (name,) in told}
    drawn = json.loads(gzip.decompress(files[".geojson.gz"].read_bytes()))["features"]
    shown = [(one["id"], *xy) for one in drawn for xy in coordinates(one["geometry"])]
    layer, _ids, shapes, (codes, *_rest) = pyogrio.raw.read(tmp_path / "register.sqlite", layer="points")
    assert (layer["crs"], layer["geometry_type"], len(shown) > 2) == ("EPSG:4326", "Point", True)
    assert [(code, *unpack("<BIdd", wkb)[2:]) for code, wkb in zip(codes, shapes, strict=True)] == shown
    about = dict(read.table("about"))
    assert (
        (about["revision"], about["feed"]) == ("7", "3")
        and about["as_of"] == "2026-01-05T00:00:00+00:00"
        and about["address"] == HOST
    )
    for name, listed in VOCABULARIES.items():
        assert [code for code, *_rest in read.table(f"vocabulary_{name}")] == listed.choices.values
    ongoing = "SELECT title, title_fa, iati FROM vocabulary_project_status WHERE code = 'completed'"
    assert read.one(ongoing)[::2] == ("Completed", "4") and read.one(ongoing)[1] != "Completed"


@pytest.mark.django_db
@pytest.mark.writes_around_the_ledger
def test_secrets_change_no_byte_of_a_dump(tmp_path):
    given = make_open_register()
    before, _counts = written(tmp_path / "before")
    add_secrets(given)
    after, _counts = written(tmp_path / "after")
    assert {ending: path.read_bytes() for ending, path in before.items()} == {
        ending: path.read_bytes() for ending, path in after.items()
    }
    assert SECRET not in gzip.decompress(after[".ndjson.gz"].read_bytes()).decode()


@pytest.mark.django_db(transaction=True)
def test_a_dump_is_made_once_for_a_state_served_with_its_checksum_and_replaced_in_time(client, capsys, monkeypatch):
    before = client.get("/data/").content.decode()
    assert "no files with the whole register yet" in before and "manage.py" not in before
    sums = client.get("/data/dumps/sha256sums.txt")
    assert sums.status_code == 404 and "There is no dump yet" in sums.content.decode()
    make_project()
    call_command("dump")
    call_command("dump")
    [dump] = dumps.kept()
    assert (
        dump.revision == Change.objects.filter(public=True).count() and dump.files[0].sha256 in capsys.readouterr().out
    )
    page = client.get("/data/").content.decode()
    sums = dict(
        reversed(line.split("  ")) for line in client.get("/data/dumps/sha256sums.txt").content.decode().splitlines()
    )
    for file in dump.files:
        answer = client.get(f"/data/dumps/{file.name}")
        body = b"".join(answer)
        assert len(body) == file.size and hashlib.sha256(body).hexdigest() == file.sha256 == sums[file.name]
        assert file.sha256 in page and f'filename="{file.name}"' in answer["Content-Disposition"]
        assert answer["Content-Type"] == file.media_type and int(answer["Content-Length"]) == file.size
        part = client.get(f"/data/dumps/{file.name}", HTTP_RANGE="bytes=2-5")
        assert (part.status_code, b"".join(part)) == (206, body[2:6])
        rest = client.get(answer.request["PATH_INFO"], HTTP_RANGE="bytes=9-", HTTP_IF_RANGE=answer["ETag"])
        assert (rest.status_code, b"".join(rest)) == (206, body[9:])
        another = client.get(answer.request["PATH_INFO"], HTTP_RANGE="bytes=9-", HTTP_IF_RANGE='"of another file"')
        assert (another.status_code, b"".join(another)) == (200, body)
        head = client.head(answer.request["PATH_INFO"])
        head.close()  # as servers do; nothing reads it
        assert {name: head[name] for name in ("Content-Length", "ETag", "Accept-Ranges")} == {
            "Content-Length": str(file.size),
            "ETag": f'"{file.sha256}"',
            "Accept-Ranges": "bytes",
        }
        assert client.get(f"/data/dumps/{file.name}", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    for name in ("about.json", "..%2Fabout.json", "caspian-heritage-register-2020-01-01-r1.csv.zip"):
        assert client.get(f"/data/dumps/{name}").status_code == 404
    tomorrow = timezone.now() + timedelta(days=1)
    assert not dumps.is_due(tomorrow)
    for _number in range(keeping.KEPT):
        make_project()
        assert dumps.is_due(tomorrow) and not dumps.is_due(timezone.now())
        newest = dumps.make()
    assert len(dumps.kept()) == keeping.KEPT and dumps.kept()[0] == newest
    assert client.get(f"/data/dumps/{dump.files[0].name}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_copy_goes_on_with_the_feed_from_the_number_that_its_dump_says(client):
    kept, gone = make_project(), make_project()
    dump = dumps.make()
    assert dump.feed == FeedEntry.objects.count() == json.loads((dump.folder / "about.json").read_text())["feed"]
    assert f"/api/v1/changes/?after={dump.feed}>" in client.get("/data/catalogue.ttl").content.decode()
    copy = {record["code"]: record for record in lines(dump.folder / dump.files[0].name)}
    kept.summary = "Words that came later."
    with ledger.batch(by=None, reason="Later") as batch:
        batch.save(kept, expected=kept.version)
        batch.withdraw(gone, expected=gone.version, why="It was a slip.")
    make_project()
    host = copy[kept.pk]["url"].partition("/api/")[0]
    told = client.get(f"/api/v1/changes/?after={dump.feed}").content.decode().replace("http://testserver", host)
    for entry in json.loads(told)["results"]:
        copy.pop(entry["code"], None)
        if entry["state"] == "published":
            copy[entry["code"]] = entry["document"]
    now = dumps.make()
    assert copy == {record["code"]: record for record in lines(now.folder / now.files[0].name)}
    assert now.feed > dump.feed and gone.pk not in copy and copy[kept.pk]["summary"] == kept.summary


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_or_shown_less_exactly_goes_from_the_dumps_at_once(client):
    place, entry = make_region(longitude="49.87", latitude="40.41", precision="1km"), make_project()
    before = dumps.make()
    address = f"/data/dumps/{before.files[0].name}"
    assert len(b"".join(client.get(address))) == before.files[0].size
    with ledger.batch(by=None, reason="A slip") as batch:
        batch.withdraw(entry, expected=entry.version, why="It was a slip.")
    assert client.get(address).status_code == 404 and before.folder.exists()
    assert client.get("/data/dumps/sha256sums.txt").status_code == 404
    assert address not in client.get("/data/").content.decode()
    assert dumps.is_due(timezone.now())
    without = dumps.make()
    assert dumps.kept() == [without] and not before.folder.exists()
    place.precision = "10km"
    with ledger.batch(by=None, reason="Too exact") as batch:
        batch.save(place, expected=place.version)
    assert dumps.is_due(timezone.now())
    now = dumps.make()
    assert dumps.kept() == [now] and not without.folder.exists()
    assert not dumps.is_due(timezone.now())


@pytest.mark.django_db(transaction=True)
def test_after_an_older_state_was_put_back_its_dump_is_the_newest():
    make_project()
    later = dumps.make()
    about = later.folder / "about.json"
    tomorrow = timezone.now() + timedelta(days=1)
    about.write_text(json.dumps(json.loads(about.read_text()) | {"changed_at": tomorrow.isoformat()}))
    later.folder.rename(later.folder.with_name("2000-01-01-r9"))
    assert dumps.is_due(tomorrow)
    now = dumps.make()
    assert dumps.newest() == now and now.changed_at < tomorrow and not dumps.is_due(tomorrow)


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_no_part_of_a_dump_and_is_told_in_words(settings, monkeypatch):
    make_project()

    def full(*_given):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("registry.dumps.contents._described", full)  # the last step: the files are all but whole
        with pytest.raises(CommandError, match="no room"):
            call_command("dump")
        assert list((Path(settings.MEDIA_ROOT) / "dumps").iterdir()) == [] and dumps.kept() == []
    left = Path(settings.MEDIA_ROOT) / "dumps" / ".killed.part"
    left.mkdir()
    whole, entry = dumps.make(), make_project()
    assert whole in dumps.kept() and not left.exists()
    with ledger.batch(by=None, reason="A slip") as batch:
        batch.withdraw(entry, expected=entry.version, why="It was a slip.")
    monkeypatch.setattr("registry.dumps.contents._described", full)
    with pytest.raises(CommandError, match="no room"):
        call_command("dump")
    assert dumps.kept() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_written_is_of_one_moment_and_nothing_else_can_be_written_meanwhile():
    with pytest.raises(InternalError, match="read-only"), ledger.one_state():
        make_project()


@pytest.mark.django_db(transaction=True)
def test_an_empty_register_has_no_dump():
    assert not dumps.is_due(timezone.now())
    with pytest.raises(CommandError, match="nothing is published"):
        call_command("dump")
