"""Who reads too much is asked to wait; others are not, a partner gets further, and no answer changes by a byte."""

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse

from registry.api import limits
from registry.models import TokenScope
from registry.tests.admin.forms import sign_in
from registry.tests.api.test_bad_input import PATHS, refused
from registry.tests.api.test_proposals import token_of
from registry.tests.make import make_project

pytestmark = pytest.mark.django_db
LIST = "/api/v1/projects/"
HERE, THERE = {"REMOTE_ADDR": "198.51.100.7"}, {"REMOTE_ADDR": "198.51.100.8"}


@pytest.fixture(autouse=True)
def three_reads_in_a_window_without_end(settings, monkeypatch):
    settings.READS_A_MINUTE = 3
    for name in ("WINDOW", "LEASE"):
        monkeypatch.setattr(limits, name, 10**10)


@pytest.fixture
def museum():
    return sign_in("Partners", is_staff=False).user


def statuses(client, number, address=LIST, **headers):
    return [client.get(address, **headers).status_code for _ in range(number)]


def break_off(answer):
    """As a server does it; only the connection of the test stays open, as it does when the test's client closes."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


def asked_to_wait(answer):
    refused(answer, (429,))
    assert int(answer["Retry-After"]) > 0 and answer["Cache-Control"] == "no-store" and "ETag" not in answer
    assert answer["Access-Control-Allow-Origin"] == "*" and "Retry-After" in answer["Access-Control-Expose-Headers"]


def test_beyond_the_pace_every_read_waits_and_another_sender_reads_on(client):
    assert statuses(client, 3, **HERE) == [200, 200, 200]
    for address in PATHS:
        asked_to_wait(client.get(address, **HERE))
    asked_to_wait(client.get(f"{LIST}?colour=red", **HERE))
    assert statuses(client, 1, **THERE) == [200]


def test_what_is_not_modified_counts_as_well_and_a_household_is_one_sender(client):
    held = client.get(LIST, REMOTE_ADDR="2001:db8::1")["ETag"]
    again = [client.get(LIST, REMOTE_ADDR=f"2001:db8::{n}", HTTP_IF_NONE_MATCH=held).status_code for n in range(2, 5)]
    assert again == [304, 304, 429]
    assert statuses(client, 1, REMOTE_ADDR="2001:db8:0:1::1") == [200]


def test_a_partner_who_may_read_gets_further_than_anybody_and_is_counted_apart(client, museum):
    reader, proposer = token_of(museum, TokenScope.READ), token_of(museum, TokenScope.PROPOSE)
    most = 3 * limits.PARTNERS
    assert statuses(client, most + 1, **HERE, **reader) == [200] * most + [429]
    assert statuses(client, 4, **HERE, **proposer) == [200, 200, 200, 429]
    assert statuses(client, 1, **HERE) == [429]


def test_a_token_changes_no_byte_of_an_answer(client, museum):
    make_project()
    plain, known = client.get(LIST, **HERE), client.get(LIST, **HERE, **token_of(museum, TokenScope.READ))
    assert (plain.content, dict(plain.headers)) == (known.content, dict(known.headers))
    assert "Authorization" not in plain["Vary"] and plain["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("wrong", ["Token", "Token chr_made_up", "Token a b"])
def test_a_wrong_token_is_told_so_on_reads_too_and_guessing_has_a_pace(client, wrong):
    answers = [client.get(LIST, **HERE, HTTP_AUTHORIZATION=wrong) for _ in range(4)]
    for answer in answers[:3]:
        assert refused(answer, (401,)) and answer["WWW-Authenticate"] == "Token"
        assert answer["Cache-Control"] == "no-store"
    asked_to_wait(answers[3])


def test_a_token_that_has_ended_or_was_revoked_no_longer_reads(client, museum):
    refused(client.get(LIST, **token_of(museum, TokenScope.READ, days=-1)), (401,))


def test_whole_lists_as_files_have_a_pace_of_their_own(client, settings):
    settings.READS_A_MINUTE = 2 * limits.A_FILE
    project = make_project()
    answers = [client.get(f"{LIST}?format={name}", **HERE) for name in ("csv", "ndjson", "geojson")]
    assert [b"".join(answer) != b"" for answer in answers[:2]] == [True, True]
    asked_to_wait(answers[2])
    assert client.head(f"{LIST}?format=csv", **HERE).status_code == 200
    assert statuses(client, 3, f"{LIST}{project.pk}/?format=csv", **HERE) == [200, 200, 200]
    assert statuses(client, 3, **HERE) == [200, 200, 200]


def test_only_so_many_files_are_on_their_way_at_once_and_one_that_is_broken_off_counts_no_more(client, settings):
    settings.READS_A_MINUTE = 1000
    make_project()
    begun = [client.get(f"{LIST}?format=csv", **HERE) for _ in range(2)]
    asked_to_wait(client.get(f"{LIST}?format=csv", **HERE))
    assert client.get(f"{LIST}?format=csv", **THERE).status_code == 200
    for _ in range(2):  # servers may say it twice
        break_off(begun[0])
    assert [client.get(f"{LIST}?format=csv", **HERE).status_code for _ in range(2)] == [200, 429]
    b"".join(begun[1])
    assert client.get(f"{LIST}?format=csv", **HERE).status_code == 200


def test_a_file_that_the_client_s_own_conditions_refuse_is_over_at_once(client, settings):
    settings.READS_A_MINUTE = 1000
    assert {client.get(f"{LIST}?format=csv", **HERE, HTTP_IF_MATCH='"x"').status_code for _ in range(4)} == {412}


def test_a_plain_view_is_read_at_the_same_pace(rf, museum):
    view = limits.paced(lambda request: HttpResponse("Words"))
    assert [view(rf.get("/", **HERE)).status_code for _ in range(3)] == [200, 200, 200]
    asked_to_wait(view(rf.get("/", **HERE)))
    assert view(rf.get("/", **HERE, **token_of(museum, TokenScope.READ))).status_code == 200
    wrong = view(rf.get("/", **THERE, HTTP_AUTHORIZATION="Token x"))
    assert refused(wrong, (401,)) and wrong["WWW-Authenticate"] == "Token"
