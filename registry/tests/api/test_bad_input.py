"""Whatever is sent, the answer says what is wrong with it: never a 5xx, never a guess."""

import json

import pytest
from django.apps import apps

from registry.filters import FILTERS
from registry.models import ENTRIES, Change, Project
from registry.tests.make import make_event, make_project, make_region

pytestmark = pytest.mark.django_db

SLUGS = [model.slug for model in ENTRIES]
PATHS = ["/api/v1/", "/api/v1/vocabularies/", "/api/v1/schema/", *(f"/api/v1/{slug}/" for slug in SLUGS)]


def raw(client, path, query="", **headers):
    """A request whose query string is sent as these very bytes."""
    return client.get(path, QUERY_STRING=query, **headers)


def refused(answer, statuses=(400,)):
    assert answer.status_code in statuses, (answer.status_code, answer.content[:300])
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code and body["detail"]
    assert len(answer.content) < 20_000
    return body


@pytest.fixture
def place(client):
    """A project in a place, so that a filter that lets something through has something to read."""
    made = make_region(title="Baku", kind="country", iso_code="AZ", longitude="49.8", latitude="40.4", precision="1km")
    make_project(regions=[made], event=make_event(), dates="2020", status="ongoing")
    return made


# 1. NUL bytes


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "%00=1", "fields=%00", "cursor=%00", "ordering=%00"])
def test_a_nul_byte_in_a_query_is_refused(client, path, query):
    refused(raw(client, path, query))


@pytest.mark.parametrize("path", ["/api/v1/%00/", "/api/v1/projects/%00/", "/api/v1/projects/PRJ-0001%00/", "/api/%00"])
def test_a_nul_byte_in_a_path_is_nowhere(client, path):
    refused(client.get(path), (404,))


@pytest.mark.parametrize("header", ["HTTP_ACCEPT", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_LANGUAGE", "HTTP_X_ANYTHING"])
def test_a_nul_byte_in_a_header_or_a_cookie_is_refused(client, header):
    refused(raw(client, "/api/v1/projects/", **{header: "a\x00b"}))
    client.cookies["session"] = "a\x00b"
    refused(client.get("/api/v1/projects/"), (400,))


# 2. What is not UTF-8


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("text", ["%FF", "%C3%28", "%ED%A0%80", "%F5%80%80%80", "%C0%80", "%80abc"])
def test_bytes_that_are_not_text_are_refused(client, path, text):
    refused(raw(client, path, f"q={text}"))
    refused(raw(client, path, f"{text}=1"))
    assert client.get(path).status_code == 200


# 3. Bodies: nobody writes here, so none is read


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, '{"a": NaN}', '{"a":1,"a":2}', "9" * 5000, '{"\\u0000": 1}', "x" * 1_100_000, "", '"\\ud800"'],
    ids=["deep", "nan", "twice", "digits", "nul", "large", "empty", "surrogate"],
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "application/xml"])
def test_a_body_is_refused_unread(client, body, kind):
    refused(client.post("/api/v1/projects/", body, content_type=kind), (400, 405, 413, 415))
    assert client.generic("GET", "/api/v1/projects/", body, content_type=kind).status_code == 200


# 4. Numbers


NOT_A_YEAR = [
    *(
        "0",
        "-1",
        "00000",
        "10000",
        "20 20",
        "2020.0",
        "2_020",
        "٢٠٢٠",
        "２０２０",
        "2e3",
        "0x7E4",
        "true",
        "NaN",
        "+2020",
    ),
    *(str(2**31), str(2**63), str(10**30), "9" * 5000),
]


@pytest.mark.parametrize("slug", ["projects", "initiatives", "budgets", "events", "sources", "statements"])
@pytest.mark.parametrize("text", NOT_A_YEAR)
def test_a_year_is_four_plain_digits(client, slug, text):
    assert list(refused(client.get(f"/api/v1/{slug}/", {"year": text}))["errors"]) == ["year"]


# 5. Coordinates


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "1,2,3",
        "1,2,3,4,5",
        "NaN,1,2,3",
        "Infinity,1,2,3",
        "-inf,1,2,3",
        "181,0,182,1",
        "-181,0,1,1",
        "0,91,1,92",
        "0,-91,1,1",
        "10,0,5,1",
        "0,10,1,5",
        "1;2;3;4",
        "46,5,38,0,50,5,42,0",
        "1e1,2,3,4",
        "1_0,2,30,4",
        "٤٦,38,50,42",
        "46,38,50,",
        "46.0000000000000000000000000001,38,50,42",
        "9" * 3000,
    ],
)
def test_a_box_is_four_corners_in_range(client, text):
    for slug in ("projects", "initiatives", "budgets", "events", "regions"):
        assert list(refused(client.get(f"/api/v1/{slug}/", {"bbox": text}))["errors"]) == ["bbox"]


def test_a_box_around_the_place_finds_it(client, place):
    assert client.get("/api/v1/projects/?bbox=49,40,50,41").json()["count"] == 1
    assert client.get("/api/v1/projects/?bbox=40,49,41,50").json()["count"] == 0


# 6. Moments


@pytest.mark.parametrize(
    "text",
    [
        "0000-01-01",
        "10000-01-01",
        "2026-02-30",
        "2026-13-01",
        "2026-W07",
        "2026-W07-1",
        "2026-047",
        "20260201",
        "2026-02-01T25:00:00Z",
        "2026-02-01T10:00:60Z",
        "2026-02-01T10:00:00+25:00",
        "2026-02-01T10:00:00 CET",
        "1770000000",
        "now",
        "٢٠٢٦-٠٢-٠١",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "2026-02-01T10:00:00,5Z",
    ],
)
def test_a_moment_is_iso_8601_within_the_calendar(client, text):
    for slug in SLUGS:
        assert list(refused(client.get(f"/api/v1/{slug}/", {"updated_since": text}))["errors"]) == ["updated_since"]


@pytest.mark.parametrize(
    "text", ["2026-02-01", "2026-02-01T10:00:00Z", "2026-02-01T10:00:00+17:01", "2026-03-29T02:30:00", "0001-01-01"]
)
def test_a_moment_with_or_without_an_offset_is_taken(client, text):
    assert client.get("/api/v1/projects/", {"updated_since": text}).status_code == 200


# 7. Codes


@pytest.mark.parametrize(
    "text", ["reg-0001", "REG-1", "REG-٠٠٠١", "PRJ-0001", f"REG-{10**30}", "1", "REG-0001,REG-0002", "' OR 1"]
)
def test_a_filter_takes_only_exact_codes(client, place, text):
    errors = refused(client.get("/api/v1/projects/", {"region": text}))["errors"]
    assert list(errors) == ["region"]


# 8. What a list cannot be asked


def lookups(*models):
    """Every path from the models, two steps deep, and what can be appended to it."""
    paths = set()
    for model in models:
        for field in model._meta.get_fields():
            related = field.related_model
            paths |= {field.name, f"{field.name}__isnull", f"{field.name}__regex", f"{field.name}__icontains"}
            for inner in related._meta.get_fields() if related else []:
                paths |= {f"{field.name}__{inner.name}", f"{field.name}__{inner.name}__iregex"}
    return paths


def by_twenty(paths):
    return [paths[start : start + 20] for start in range(0, len(paths), 20)]


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_no_path_through_the_models_is_a_parameter_an_order_a_field_or_a_facet(client, model):
    """From every model there is at the projects, which read as all lists do; from its own at each other noun."""
    address = f"/api/v1/{model.slug}/"
    own = {*FILTERS[model].base_filters, "ordering", "fields", "facets"}
    paths = lookups(*(apps.get_models() if model is Project else [model]))
    for some in by_twenty(sorted(paths - own)):
        errors = refused(client.get(address, dict.fromkeys(some, "a")))["errors"]
        assert set(errors) == {path[:40] for path in some}
        assert all("q, source" in said for [said, *_more] in errors.values())
    inward = sorted(path for path in paths if "__" in path)
    for some in by_twenty([*inward, "pk", "-pk", "?", "__class__", "state", "*", ""]):
        for parameter in ("fields", "facets"):
            errors = refused(client.get(address, {parameter: ",".join(some)}))["errors"]
            assert len(errors[parameter]) == len(some)
        assert "-title" in refused(client.get(address, {"ordering": some[0]}))["errors"]["ordering"][0]


@pytest.mark.parametrize("secret", ["search_text", "title_folded", "state", "withdrawn_reason", "created_at", "search"])
def test_what_is_not_public_can_be_neither_asked_nor_sorted_nor_shown(client, secret):
    for parameter in (secret, f"{secret}__startswith", "ordering", "fields", "facets", "has", "missing"):
        refused(client.get("/api/v1/projects/", {parameter: secret}))


# 10. Search


@pytest.mark.parametrize(
    "text",
    ["x" * 201, "x" * 100_000, "a " * 2000, "a " * 17, "%" * 5000, "ﷺ" * 20],
    ids=["201 characters", "100,000 characters", "2,000 words", "17 words", "5,000 signs", "signs of many words"],
)
def test_a_search_that_is_too_long_is_refused(client, text):
    for slug in SLUGS:
        assert list(refused(client.get(f"/api/v1/{slug}/", {"q": text}))["errors"]) == ["q"]


@pytest.mark.parametrize(
    "text",
    [
        *("%", "_", "'", '"', "\\", "a & b", "!a", "a | b", "(a", "a:*", "<->", ":*", "a\\"),
        *("'; DROP TABLE registry_project", "[a-z]*", "*", "{{7*7}}", "ﷺ", "\u200d", "&" * 200, "a" * 200),
    ],
)
def test_signs_of_a_search_mean_nothing(client, text):
    assert client.get("/api/v1/projects/", {"q": text}).status_code == 200


def test_nothing_of_all_this_was_stored(client):
    before = Change.objects.revision()
    raw(client, "/api/v1/projects/", "q=%00")
    client.post("/api/v1/projects/", {"title": "x"}, content_type="application/json")
    assert Change.objects.revision() == before
