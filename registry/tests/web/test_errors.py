"""When something fails: our own words, the right status, and nothing of how the register is made."""

import pytest
from django.db import OperationalError, connection

from registry.models import Project
from registry.tests.make import make_project
from registry.tests.web.page import read
from registry.web.languages import in_each_language

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    """A browser, which is shown an answer and no traceback."""
    client.raise_request_exception = False
    return client


def failing(error):
    """Every statement of the database fails so."""

    def fail(execute, sql, params, many, context):
        raise error

    return connection.execute_wrapper(fail)


@pytest.mark.parametrize("address", ["/", "/projects/", "/search/?q=mill", "/projects/PRJ-0001/"])
def test_while_the_database_is_away_a_page_says_when_to_come_back(client, address):
    with failing(OperationalError("server closed the connection unexpectedly")):
        answer = client.get(address)
    assert answer.status_code == 503 and answer["Retry-After"] == "5"
    text = answer.content.decode()
    assert "The register is resting for a moment" in text and "server closed" not in text
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert client.get("/").status_code == 200


def test_a_fault_of_our_own_is_a_page_that_needs_nothing(client):
    with failing(ZeroDivisionError("secret detail")):
        answer = client.get("/projects/")
    text = answer.content.decode()
    assert answer.status_code == 500 and "Something broke on our side" in text
    assert "secret detail" not in text and "Traceback" not in text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_an_address_that_is_nothing_leads_on_to_pages_that_are_there(client):
    for address in ("/nothing/", "/projects/nothing/", "/projects/PRJ-9999/"):
        same = {switch.url for switch in in_each_language(address)}
        inside = read(client, address, 404).inside() - {"/admin/"} - same
        assert "/projects/" in inside
        assert {link: client.get(link).status_code for link in inside} == dict.fromkeys(inside, 200)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_public_page_is_only_read(client, method):
    project = make_project()
    for address in ("/", "/projects/", project.get_absolute_url(), "/search/"):
        assert getattr(client, method)(address, {"title": "Changed"}).status_code == 405
    assert Project.objects.get(pk=project.pk).title == project.title
