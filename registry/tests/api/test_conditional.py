"""What has not changed is not sent again; what has, always is."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from registry import ledger
from registry.models import State
from registry.tests.make import make_project, make_region

pytestmark = pytest.mark.django_db


def edit(entry, **changes):
    for name, value in changes.items():
        setattr(entry, name, value)
    with ledger.batch(by=None, reason="An edit") as batch:
        batch.save(entry, expected=entry.version)


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/projects/", "/api/v1/vocabularies/", "/api/v1/schema/"])
def test_who_holds_the_answer_is_not_sent_it_again(client, address):
    held = client.get(address)["ETag"]
    again = client.get(address, HTTP_IF_NONE_MATCH=held)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", held)
    assert again["Cache-Control"] == "public, no-cache" and "Content-Type" not in again
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.head(address, HTTP_IF_NONE_MATCH=f'"other", {held}').status_code == 304


@pytest.mark.parametrize("given", ["W/{}", 'W/"other", W/{}', "  {} ,x", "*, {}"])
def test_a_tag_that_a_proxy_made_weak_is_as_good_for_reading_again(client, django_assert_num_queries, given):
    make_project()
    held = client.get("/api/v1/projects/")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/api/v1/projects/", HTTP_IF_NONE_MATCH=given.format(held)).status_code == 304


@pytest.mark.parametrize("given", ['W/"other"', "w/{}", "W/ {}", "W/{}x", "W/W/{}"])
def test_what_is_not_the_tag_is_no_reason_to_send_nothing(client, given):
    held = client.get("/api/v1/projects/")["ETag"]
    assert client.get("/api/v1/projects/", HTTP_IF_NONE_MATCH=given.format(held)).status_code == 200


def test_a_weak_tag_does_not_do_where_the_very_bytes_count(client):
    held = client.get("/api/v1/projects/")["ETag"]
    assert client.get("/api/v1/projects/", HTTP_IF_MATCH=held).status_code == 200
    assert client.get("/api/v1/projects/", HTTP_IF_MATCH=f"W/{held}").status_code == 412


def test_nothing_is_read_for_an_answer_that_is_held(client, django_assert_num_queries):
    make_project()
    held = client.get("/api/v1/projects/")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/api/v1/projects/", HTTP_IF_NONE_MATCH=held).status_code == 304


def test_any_public_change_ends_the_old_answer(client):
    place = make_region(title="Baki")
    project = make_project(regions=[place])
    address = f"/api/v1/projects/{project.pk}/"
    held = client.get(address)["ETag"]
    edit(place, title="Baku")
    again = client.get(address, HTTP_IF_NONE_MATCH=held)
    assert again.status_code == 200 and again["ETag"] != held
    assert again.json()["regions"][0]["title"] == "Baku"


def test_a_draft_changes_no_public_answer(client):
    make_project()
    before = client.get("/api/v1/projects/")
    edit(make_project(state=State.DRAFT), title="Still secret")
    after = client.get("/api/v1/projects/")
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])


def test_every_address_has_an_etag_of_its_own(client):
    make_project()
    etags = [
        client.get(f"/api/v1/{address}")["ETag"]
        for address in ("projects/", "projects/?page_size=5", "projects/?page_size=6", "regions/", "")
    ]
    assert len(set(etags)) == len(etags)
    assert all(etag.startswith('"') for etag in etags)


def test_since_a_moment(client, monkeypatch):
    earlier = timezone.now() - timedelta(hours=1)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: earlier)
        make_project()
    answer = client.get("/api/v1/projects/")
    held = answer["Last-Modified"]
    assert client.get("/api/v1/projects/", HTTP_IF_MODIFIED_SINCE=held).status_code == 304
    assert client.get("/api/v1/projects/", HTTP_IF_MODIFIED_SINCE="Sat, 01 Jan 2000 00:00:00 GMT").status_code == 200
    assert parsedate_to_datetime(held) == earlier.replace(microsecond=0)


def test_a_moment_is_not_promised_while_another_change_may_fall_into_it(client):
    make_project()
    assert "Last-Modified" not in client.get("/api/v1/projects/")


def test_a_refusal_is_never_kept(client):
    make_project()
    held = client.get("/api/v1/projects/?page_size=0")
    assert held["Cache-Control"] == "no-store" and "ETag" not in held
    unknown = client.get("/api/v1/projects/PRJ-9999/", HTTP_IF_NONE_MATCH="*")
    assert unknown.status_code == 404 and "ETag" not in unknown
    assert client.get("/api/v1/projects/", HTTP_IF_NONE_MATCH="*").status_code == 304


def test_a_condition_that_is_not_met_is_a_problem(client):
    make_project()
    answer = client.get("/api/v1/projects/", HTTP_IF_MATCH='"another state"')
    assert answer.status_code == 412 and answer["Content-Type"] == "application/problem+json"


def test_the_same_question_has_the_same_bytes(client):
    for number in range(30):
        make_project(title=f"Project {number}")
    address = "/api/v1/projects/?facets=status,country&page_size=10"
    assert client.get(address).content == client.get(address, HTTP_ACCEPT="application/json; indent=4").content
