"""What is sent is what the schema says: records with everything stated, and records with nothing."""

import json

import jsonschema
import pytest

from registry.api import schema
from registry.filters import FILTERS
from registry.models import ENTRIES, Event, Initiative, Project, Region, Source, Statement
from registry.tests.make import MAKERS, make_region
from registry.tests.rows import filled

pytestmark = pytest.mark.django_db

DATED = {"dates": "2018/..", "dates_as_reported": "from 2018"}
STATED = {
    Project: DATED | {"status": "ongoing", "scope": "single", "heritage_types": ["site", "mixed"]},
    Initiative: DATED | {"scope": "basin", "hashtags": ["Heritage"], "links": ["https://example.org/"]},
    Region: {"iso_code": "AZ", "longitude": "47.1706", "latitude": "41.1919", "precision": "1km"},
    Event: DATED | {"number_in_series": 3},
    Source: DATED | {"url": "https://example.org/", "language": "en", "retrieved_on": "2026-01-02"},
    Statement: DATED,
}


def problems(component, body):
    document = {"$ref": f"#/components/schemas/{component}", "components": schema.document()["components"]}
    found = jsonschema.Draft202012Validator(document).iter_errors(body)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in found]


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_record_is_as_the_schema_says(client, model):
    names = {"title": "A title", "summary": "Words.", "other_names": [{"name": "Ad", "language": "az", "note": ""}]}
    for made in (MAKERS[model](), filled(model, **names, **STATED.get(model, {}))):
        body = client.get(f"/api/v1/{model.slug}/{made.pk}/").json()
        assert problems(model.__name__, body) == []


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_a_list_is_as_the_schema_says(client, model):
    filled(model)
    facets = FILTERS[model].facets
    body = client.get(f"/api/v1/{model.slug}/?facets={','.join(facets)}&page_size=1").json()
    assert problems(f"{model.__name__}Page", body) == []
    assert [problems(model.__name__, record) for record in body["results"]] == [[]]  # whole, as no fields were named


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_narrowed_records_and_features_are_as_the_schema_says(client, model):
    make_region(longitude="47.2", latitude="41.2", precision="10km")  # one of them has a geometry
    made = filled(model, title="A title")
    address = f"/api/v1/{model.slug}/{made.pk}/"
    narrowed = client.get(f"{address}?fields=title,version").json()
    assert problems(f"{model.__name__}Fields", narrowed) == [] != problems(model.__name__, narrowed)
    for name, where in (("Feature", address), ("Features", f"/api/v1/{model.slug}/")):
        body = json.loads(b"".join(client.get(f"{where}?format=geojson")))
        assert problems(f"{model.__name__}{name}", body) == []


def test_the_schema_would_notice(client):
    body = client.get(f"/api/v1/projects/{MAKERS[Project]().pk}/").json()
    assert problems("Project", body | {"status": "finished"}) and problems("Project", body | {"version": None})


def test_vocabularies_and_the_front_door_are_as_the_schema_says(client):
    assert problems("VocabularyPage", client.get("/api/v1/vocabularies/").json()) == []
    assert problems("Vocabulary", client.get("/api/v1/vocabularies/scope/").json()) == []
    assert problems("Root", client.get("/api/v1/").json()) == []


def test_a_refusal_is_as_the_schema_says(client):
    for address in ("projects/?colour=red", "projects/PRJ-9999/", "projects/?format=sql"):
        assert problems("Problem", client.get(f"/api/v1/{address}").json()) == []
