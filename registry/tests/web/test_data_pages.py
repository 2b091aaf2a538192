"""What there is to download and what it means: complete, in the language of the page, and nothing that is private."""

import csv
import io
import re

import pytest

from registry import documents, downloads, public
from registry.models import ENTRIES, PRIVATE
from registry.tests.make import MAKERS
from registry.tests.web.page import read
from registry.vocabularies import VOCABULARIES

pytestmark = pytest.mark.django_db


def table(client):
    """The data dictionary as its file has it."""
    return list(csv.DictReader(io.StringIO(b"".join(client.get("/data/fields.csv")).decode("utf-8-sig"))))


def test_every_list_is_offered_in_every_format_with_its_count(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for model in ENTRIES:
        MAKERS[model](state="draft")
        MAKERS[model]()
    answer = client.get("/data/")
    told = {found["name"]: found for found in answer.context["lists"]}
    assert list(told) == [model.slug for model in ENTRIES]
    for model in ENTRIES:
        offered = told[model.slug]
        assert offered["count"] == client.get(f"/api/v1/{model.slug}/").json()["count"]
        assert [one.title for one in offered["downloads"]] == [f.title for f in downloads.FORMATS.values()] + ["JSON"]
        assert all(f'href="{one.url}"' in answer.content.decode() for one in offered["downloads"])
    for one in told["projects"]["downloads"]:
        answer = client.get(one.url)
        assert answer.status_code == 200 and b"".join(answer)  # read to its end: one reader has few files at once


@pytest.mark.parametrize("address", ["/data/", "/data/fields/", "/fa/data/fields/"])
def test_every_link_of_the_page_leads_somewhere(client, address, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = read(client, address)
    places = re.findall(r'\sid="([^"]+)"', page.html)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page.html)) <= {*places}
    for link in page.inside():
        assert "/data/" not in link or client.get(link).status_code == 200, link


def test_every_public_field_has_a_place_of_its_own_that_says_what_it_means(client):
    html = client.get("/data/fields/").content.decode()
    for model in ENTRIES:
        for name in documents.names(model):
            assert f'id="{model.slug}.{name}"' in html
    for name in VOCABULARIES:
        assert f'id="list-{name}"' in html


def test_the_dictionary_as_a_file_describes_every_column_of_every_table(client):
    rows = table(client)
    for model in ENTRIES:
        own = [row for row in rows if row["noun"] == model.slug]
        told = [name for row in own for name in row["columns"].split("; ") if name]
        assert told == [column.name for column in downloads.columns(model)]
        assert [row["field"] for row in own if "." not in row["field"]] == documents.names(model)
    assert all(row["type"] and row["label"] for row in rows)
    status = next(row for row in rows if (row["noun"], row["field"]) == ("projects", "status"))
    assert "in_progress = In progress" in status["codes"] and status["code_list"] == "project_status"
    said = client.get("/data/fields.json").json()
    assert [noun["name"] for noun in said["nouns"]] == [model.slug for model in ENTRIES]
    iati = {code["code"]: code["iati"] for code in said["code_lists"][0]["codes"]}
    assert iati["completed"] == "4" and said["code_lists"][0]["taken_from"].startswith("IATI")
    assert client.get("/data/fields.xml").status_code == 404


def test_the_dictionary_names_no_private_field(client):
    """What a private table or a record holds and `registry.public` does not name."""
    own = {field.name for model in ENTRIES for field in model._meta.get_fields()}
    hidden = own - {name for names in public.FIELDS.values() for name in names}
    hidden -= {"code", "title", "other_names", "summary", "translations", "citations", "updated_at", "version"}
    hidden |= {f"{model._meta.model_name}" for model in PRIVATE}
    paths = {row["field"] for row in table(client)}
    assert len(hidden) > 20 and {path for path in paths if path.partition(".")[0] in hidden} == set()


def test_the_dictionary_has_the_same_places_in_every_language(client):
    english, persian = (read(client, f"{start}/data/fields/").html for start in ("", "/fa"))
    assert 'lang="fa" dir="rtl"' in persian
    place = re.compile(r'\sid="([^"]+\.[^"]+)"')
    assert place.findall(english) == place.findall(persian) and "projects.status" in place.findall(english)
