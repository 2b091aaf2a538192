"""A list as a file: complete, the same records as the page and the API, harmless in a spreadsheet, and never finer."""

import csv
import io
import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from registry import downloads
from registry.models import ENTRIES, CountryBudget, Project, ProjectParticipation, Region, Site
from registry.sheets.values import shown
from registry.tests.api.test_query_counts import copy_of
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_observation,
    make_organisation,
    make_project,
    make_region,
    make_site,
)
from registry.tests.rows import filled

pytestmark = pytest.mark.django_db

EXACT = ("48.312345", "40.456789")


def whole(answer):
    """The bytes of an answer, streamed or not."""
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def read(client, address):
    """The records of a download by its ending: rows of a table, features or documents."""
    answer = client.get(address)
    body, kind = whole(answer), answer["Content-Type"].partition(";")[0]
    if kind == "text/csv":
        return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    if kind == "application/geo+json":
        return json.loads(body)["features"]
    if kind == "application/x-ndjson":
        return [json.loads(line) for line in body.decode().splitlines()]
    sheet = load_workbook(io.BytesIO(body)).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def codes(records):
    return [record.get("code") or record["id"] for record in records]


@pytest.mark.parametrize("name", downloads.FORMATS)
def test_a_download_holds_all_that_the_list_finds_in_its_order_whatever_the_page(client, name):
    made = [make_project(title=f"Mill {number % 3}", status="ongoing") for number in range(30)]
    make_project(title="A well", status="completed")
    query = "?status=ongoing&ordering=-title"
    listed = client.get(f"/api/v1/projects/{query}&page_size=500").json()["results"]
    found = read(client, f"/api/v1/projects/{query}&page_size=2&format={name}")
    assert codes(found) == codes(listed) and {*codes(found)} == {project.pk for project in made}


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_every_noun_can_be_read_in_every_format(client, model):
    full, bare = filled(model, summary="Words."), MAKERS[model]()
    for name in downloads.FORMATS:
        found = read(client, f"/api/v1/{model.slug}/?ordering=code&format={name}")
        assert {full.pk, bare.pk} <= {*codes(found)}, name
        assert whole(client.get(f"/api/v1/{model.slug}/{full.pk}/?format={name}")), name


def test_lines_of_json_are_the_documents_of_the_api(client):
    filled(Project, summary="One\u2028line, “two”.")
    listed = client.get("/api/v1/projects/?ordering=code").json()["results"]
    assert read(client, "/api/v1/projects/?ordering=code&format=ndjson") == listed


def test_a_cell_is_no_formula_and_reads_back_as_it_was(client):
    starts = ["=1+1", "+1 a", "-a", "@SUM(1)", "'=x", "-5.5", "＝1+1", "＠SUM(1)"]
    for start in starts:
        make_project(title=start, summary="\n=HYPERLINK(1)" if start == "-a" else "=HYPERLINK(1)")
    for name in ("csv", "xlsx"):
        rows = read(client, f"/api/v1/projects/?format={name}&ordering=code")
        assert [shown(row["title"]) for row in rows] == starts
        assert all(row["title"][0] not in "=+@＝＠" for row in rows) and all(row["summary"][0] == "'" for row in rows)
    book = load_workbook(io.BytesIO(whole(client.get("/api/v1/projects/?format=xlsx"))))
    assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value} <= {"s", "n", "d"}


def test_related_records_are_codes_beside_their_titles_and_rows_are_readable(client):
    places = [make_region(title="Sheki"), make_region(title="Baku")]
    row = ProjectParticipation(organisation=make_organisation(title="A ministry"), role="funding")
    project = make_project(regions=places, participations=[row], dates="2018/..", heritage_types=["site", "urban"])
    for name in ("csv", "xlsx"):
        [told] = read(client, f"/api/v1/projects/?format={name}")
        titles = dict(zip(told["regions"].split("; "), told["regions_titles"].split("; "), strict=True))
        assert titles == {place.pk: place.title for place in places}
        assert told["participations"] == f"organisation: {row.organisation_id} A ministry | role: funding"
        assert told["heritage_types"] == "site; urban" and told["dates"] == "2018/.."
        assert str(told["dates_earliest"])[:10] == "2018-01-01" and not told["dates_latest"]
        assert told["code"] == project.pk and not told["event"]


def test_money_is_a_number_in_a_workbook_and_blank_is_not_zero(client):
    make_budget(gap_percent=None)
    [told] = read(client, "/api/v1/budgets/?format=xlsx")
    assert (told["amount"], told["currency"]) == (4_200_000, "USD")
    assert told["gap_percent"] is None and told["gap_amount_of_need"] is None


def test_a_workbook_says_in_its_second_sheet_what_every_column_means(client):
    make_budget()
    book = load_workbook(io.BytesIO(whole(client.get("/api/v1/budgets/?format=xlsx&year=2020"))))
    table, notes = book.worksheets
    told = {row[0].value for row in notes} - {None}
    assert {cell.value for cell in table[1]} <= told
    assert any("?format=xlsx&year=2020" in str(row[1].value) for row in notes)
    assert "of_need" in {row[3].value for row in notes}


def test_a_file_says_its_name_and_where_its_columns_are_described(client):
    project = make_project()
    answer = client.get("/api/v1/projects/", HTTP_ACCEPT="text/csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8" and "Accept" in answer["Vary"]
    assert answer["Content-Disposition"].startswith('attachment; filename="projects-20')
    address, _, relation = answer["Link"].partition(">; ")
    assert relation == 'rel="describedby"'
    page, _, place = address.removeprefix("<http://testserver").partition("#")
    assert f'id="{place}"' in client.get(page).content.decode()
    one = client.get(f"/api/v1/projects/{project.pk}/?format=geojson")
    assert project.pk in one["Content-Disposition"] and json.loads(whole(one))["id"] == project.pk


def test_what_has_not_changed_is_not_sent_again_in_any_format(client):
    make_project()
    etags = set()
    for name in downloads.FORMATS:
        address = f"/api/v1/projects/?format={name}"
        first = client.get(address)
        again, head = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]), client.head(address)
        assert (again.status_code, head.status_code, whole(head)) == (304, 200, b"")
        assert head["ETag"] == first["ETag"] and head["Content-Type"] == first["Content-Type"]
        assert whole(client.get(address)) == whole(first)  # a strong ETag promises the same bytes
        etags.add(first["ETag"])
    assert len(etags) == len(downloads.FORMATS)


def test_a_format_that_is_not_there_is_refused_with_those_that_are(client):
    refused = client.get("/api/v1/projects/?format=pdf")
    assert refused.status_code == 400
    assert all(name in refused.json()["errors"]["format"][0] for name in ["json", *downloads.FORMATS])
    wrong = client.get("/api/v1/projects/?format=csv&colour=red")
    assert wrong.status_code == 400 and wrong["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/projects/PRJ-9999/?format=xlsx").status_code == 404
    assert client.get("/api/v1/?format=csv").status_code == 400


def test_fields_narrow_a_download_as_they_narrow_the_list(client):
    make_project(regions=[make_region(longitude="47.2", latitude="41.2", precision="10km")])
    [row] = read(client, "/api/v1/projects/?fields=title,regions&format=csv")
    assert list(row) == ["code", "title", "regions", "regions_titles"]
    [feature] = read(client, "/api/v1/projects/?fields=title&format=geojson")
    assert feature["geometry"]["coordinates"] == [47.2, 41.2] and "status" not in feature["properties"]


def test_a_point_on_a_map_is_never_finer_than_it_is_published(client):
    site = make_site(heritage_types=["archaeological_site"], exact=EXACT)
    seen = make_observation(site=site, dates="2020")
    hidden = make_site(title="Hidden", precision_chosen="hidden", exact=EXACT)
    found = read(client, "/api/v1/sites/?format=geojson") + read(client, "/api/v1/observations/?format=geojson")
    told = {feature["id"]: feature for feature in found}
    for code in (site.pk, seen.pk):
        assert told[code]["geometry"] == {"type": "Point", "coordinates": [48.35, 40.45]}
        properties = told[code]["properties"]
        assert (properties["point_precision"], properties["generalised"]) == ("10km", True)
        assert properties["located_at"] == [site.pk]
    assert told[hidden.pk]["geometry"] is None and told[hidden.pk]["properties"]["generalised"] is None


def test_geojson_is_as_rfc_7946_has_it(client):
    point = {"longitude": "47.2", "latitude": "41.2", "precision": "exact"}
    here, there = make_region(**point), make_region(**point | {"latitude": "40.4"})
    both, none = make_project(regions=[here, there]), make_project()
    answer = client.get("/api/v1/projects/?format=geojson&ordering=code")
    body = json.loads(whole(answer))
    assert answer["Content-Type"] == "application/geo+json" and set(body) == {"type", "features"}
    assert body["type"] == "FeatureCollection"
    assert all(set(f) == {"type", "id", "geometry", "properties"} for f in body["features"])
    geometry = {feature["id"]: feature["geometry"] for feature in body["features"]}
    assert geometry == {both.pk: {"type": "MultiPoint", "coordinates": [[47.2, 41.2], [47.2, 40.4]]}, none.pk: None}
    assert json.loads(whole(client.get("/api/v1/projects/?format=geojson&q=nothing")))["features"] == []


@pytest.mark.parametrize("model", [Project, Site, Region, CountryBudget], ids=lambda model: model.slug)
def test_what_has_no_point_in_a_download_is_what_the_map_of_the_list_cannot_draw(client, model):
    place = make_region(longitude="47.2", latitude="41.2", precision="exact")
    near = {"regions": [place]} if model is Project else {"region": place} if model is not Region else {"parent": place}
    for number in range(3):
        MAKERS[model](title=f"Number {number}", **near)
    MAKERS[model]()
    page = client.get(f"/{model.slug}/").context_data
    found = read(client, f"/api/v1/{model.slug}/?format=geojson")
    nowhere = sum(feature["geometry"] is None for feature in found)
    assert (nowhere, len(found)) == (page["placeless_count"], page["count"]) and 0 < nowhere < len(found)


@pytest.mark.writes_around_the_ledger
@pytest.mark.parametrize("name", downloads.FORMATS)
def test_a_long_list_is_read_a_part_at_a_time(client, name, monkeypatch):
    """Each part costs so many queries, whatever is in it; never are all records read at once."""
    copy_of(filled(Project), 39)
    costs = {}
    for parts, at_once in ((1, 40), (2, 20), (4, 10)):
        monkeypatch.setattr("registry.documents.making.AT_ONCE", at_once)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            found = read(client, f"/api/v1/projects/?format={name}")
        costs[parts] = len(queries)
    assert len(found) == 40
    assert 0 < costs[4] - costs[1] == 3 * (costs[2] - costs[1])
