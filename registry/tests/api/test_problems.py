"""Errors outside the views, and the lists that pages and programs share."""

import json
import re

import pytest
from django.db import OperationalError

from registry.api import problems
from registry.tests.make import make_project, make_region


def test_a_failure_of_ours_is_a_problem_without_any_detail_of_it(rf):
    answer = problems.server_error(rf.get("/api/v1/projects/"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert json.loads(answer.content)["title"] == "Internal Server Error"


def test_without_its_database_the_register_asks_for_a_little_time():
    answer = problems.handle(OperationalError("server closed the connection at 10.0.0.7"), {})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "10.0.0.7" not in str(answer.data)


def test_what_is_not_allowed_is_a_problem(rf):
    answer = problems.forbidden(rf.get("/api/v1/projects/"), PermissionError("secret"))
    assert answer.status_code == 403 and "secret" not in answer.content.decode()


def test_an_unknown_host_is_refused_as_a_problem(client):
    answer = client.get("/api/v1/projects/", HTTP_HOST="evil.example")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        "",
        "status=ongoing",
        "status=ongoing&status=completed&ordering=title",
        "status_group=finished",
        "q=fortress",
        "q=FÖRTRESS",
        "country=AZ",
        "heritage_type=site",
        "missing=dates",
        "year=2019",
        "bbox=40,40,50,42",
        "ordering=-title",
        "ordering=dates",
    ],
)
def test_a_page_and_the_api_answer_a_question_alike(client, settings, question):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    place = make_region(title="Sheki", parent=country, longitude="47.1", latitude="41.2", precision="1km")
    make_project(title="Fortress", status="ongoing", regions=[place], dates="2018/2020", heritage_types=["site"])
    make_project(title="Old city", status="completed", heritage_types=["urban"])
    make_project(title="Carpets", status="in_progress", dates="2021")
    found = [record["code"] for record in client.get(f"/api/v1/projects/?{question}").json()["results"]]
    html = client.get(f"/projects/?{question}").content.decode()
    shown = dict.fromkeys(re.findall(r'href="/projects/(PRJ-\d+)/"', html))
    assert found and list(shown) == found
