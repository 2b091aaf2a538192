"""Vocabularies: every code a record can hold, with its label, its group and its IATI number."""

import pytest
from django.contrib.postgres.fields import ArrayField

from registry import public
from registry.models import ENTRIES
from registry.vocabularies import VOCABULARIES, choices_of

pytestmark = pytest.mark.django_db


def codes(client, name):
    return {found["code"]: found for found in client.get(f"/api/v1/vocabularies/{name}/").json()["codes"]}


def test_all_of_them_are_listed_whole(client):
    body = client.get("/api/v1/vocabularies/").json()
    assert (body["count"], body["next"], body["previous"]) == (len(VOCABULARIES), None, None)
    for listed in body["results"]:
        assert client.get(listed["url"]).json() == listed
        assert listed["title"] and all(code["label"] == code["labels"]["en"] for code in listed["codes"])
        assert all({*code["labels"]} == {"en", "az", "ru", "fa"} for code in listed["codes"])


def test_every_field_with_codes_has_its_vocabulary(client):
    named = {
        field for found in client.get("/api/v1/vocabularies/").json()["results"] for field in found["fields_using_it"]
    }
    for model in ENTRIES:
        for name in public.fields(model):
            field = model._meta.get_field(name)
            inner = field.base_field if isinstance(field, ArrayField) else field
            if getattr(inner, "choices", None):
                assert choices_of(field) and f"{model.slug}.{name}" in named
    assert {"projects.participations.role", "initiatives.participations.role"} <= named


def test_a_project_status_has_its_stage_and_its_iati_code(client):
    statuses = codes(client, "project_status")
    assert {code: found["iati"] for code, found in statuses.items()} == {
        "proposed": "1",
        "ongoing": "2",
        "in_progress": "2",
        "finalising": "3",
        "completed": "4",
        "cancelled": "5",
        "suspended": "6",
        "unknown": None,
    }
    assert statuses["ongoing"]["group"] == statuses["in_progress"]["group"] == "active"


def test_heritage_is_tangible_intangible_or_natural(client):
    groups = {code: found["group"] for code, found in codes(client, "heritage_type").items()}
    assert set(groups.values()) == {"tangible", "intangible", "natural"}
    assert (groups["site"], groups["traditional_craftsmanship"]) == ("tangible", "intangible")


def test_the_first_four_roles_are_those_of_iati(client):
    roles = codes(client, "organisation_role")
    assert [roles[code]["iati"] for code in ("funding", "accountable", "extending", "implementing")] == list("1234")
    assert roles["owner"]["iati"] is None


@pytest.mark.parametrize("name", ["Project_status", "project-status", "statuses", "__all__", "%00", "projects"])
def test_an_unknown_vocabulary_is_not_found(client, name):
    answer = client.get(f"/api/v1/vocabularies/{name}/")
    assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"


def test_a_vocabulary_cannot_be_filtered(client):
    answer = client.get("/api/v1/vocabularies/?q=a&page_size=1")
    assert set(answer.json()["errors"]) == {"q", "page_size"}
