"""Lists: every record once in every order, forwards and backwards, while others change; strict about what is asked."""

import re

import pytest

from registry import ledger
from registry.filters import FILTERS
from registry.models import ENTRIES, CountryBudget, Event, Project, ProjectParticipation, State
from registry.tests.make import MAKERS, make_budget, make_organisation, make_project, make_region

pytestmark = pytest.mark.django_db


def links(answer):
    return {name: url for url, name in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.get("Link", ""))}


def codes(answer):
    return [record["code"] for record in answer.json()["results"]]


def walk(client, address, step="next"):
    pages = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        pages.append(codes(answer))
        address = answer.json()[step]
    return pages


def orders(model):
    return [sign + name for name in FILTERS[model].ordering_columns() for sign in ("", "-")]


def refused(client, address):
    answer = client.get(address)
    assert answer.status_code == 400, (address, answer.status_code)
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()["errors"]


@pytest.fixture
def mixed():
    """Projects that tie and differ in each column, some of it unknown."""
    for number in range(11):
        dates = ["", "2018", "2019-05", "2019-05"][number % 4]
        make_project(title=f"Work {number % 3}", dates=dates)
        make_budget(year=[None, 2020, 2021][number % 3], amount=None, currency="", gap_percent=[None, "5"][number % 2])


@pytest.mark.parametrize("model", [Project, CountryBudget], ids=lambda model: model.slug)
def test_every_order_gives_each_record_once_from_both_ends(client, mixed, model):
    for order in orders(model):
        address = f"/api/v1/{model.slug}/?ordering={order}&page_size=3"
        whole = codes(client.get(address.replace("=3", "=500")))
        assert sorted(whole) == sorted(model.objects.values_list("pk", flat=True))
        forwards = walk(client, address)
        assert [code for page in forwards for code in page] == whole
        backwards = walk(client, links(client.get(address))["last"], "previous")
        assert backwards[::-1] == forwards


def test_what_is_not_stated_comes_last_either_way(client, mixed):
    for order in ("dates", "-dates"):
        found = client.get(f"/api/v1/projects/?ordering={order}").json()["results"]
        stated = [bool(record["dates"]) for record in found]
        assert stated == sorted(stated, reverse=True)


def test_the_envelope_counts_and_links(client):
    for number in range(7):
        make_project(title=f"Work {number}")
    first = client.get("/api/v1/projects/?page_size=3&ordering=title")
    body = first.json()
    assert list(body) == ["count", "next", "previous", "results"]
    assert (body["count"], body["previous"], len(body["results"])) == (7, None, 3)
    assert set(links(first)) == {"first", "next", "last"} and links(first)["next"] == body["next"]
    second = client.get(body["next"])
    assert set(links(second)) == {"first", "prev", "next", "last"}
    assert codes(client.get(second.json()["previous"])) == codes(first)
    assert codes(client.get(links(second)["first"])) == codes(first)
    last = client.get(links(first)["last"])
    assert last.json()["next"] is None and len(codes(last)) == 1
    assert codes(client.get(client.get(second.json()["next"]).json()["previous"])) == codes(second)


def test_links_too_long_for_a_header_stand_in_the_body_alone(client):
    bodies = [make_organisation(title=f"Body {number}").pk for number in range(2)]
    for code in bodies:
        make_project(participations=[ProjectParticipation(organisation_id=code, role="owner")])
    asked = "&".join(f"organisation={code}" for code in bodies * 100)
    answer = client.get(f"/api/v1/projects/?page_size=1&{asked}")
    assert "Link" not in answer
    assert client.get(answer.json()["next"]).status_code == 200


def test_a_list_on_one_page_links_nowhere(client):
    make_project()
    answer = client.get("/api/v1/projects/")
    assert (answer.json()["next"], answer.json()["previous"]) == (None, None)
    assert "Link" not in answer
    empty = client.get("/api/v1/events/").json()
    assert empty == {"count": 0, "next": None, "previous": None, "results": []}


def test_a_list_that_changes_between_pages_skips_and_repeats_nothing(client):
    made = [make_project(title=f"Work {number}") for number in range(9)]
    first = client.get("/api/v1/projects/?ordering=title&page_size=3")
    with ledger.batch(by=None, reason="x") as batch:
        batch.withdraw(made[0], expected=1, why="Entered twice")
        batch.withdraw(made[2], expected=1, why="Entered twice")
        batch.withdraw(made[4], expected=1, why="Entered twice")
    make_project(title="Work 0 again")
    rest = [code for page in walk(client, first.json()["next"]) for code in page]
    assert rest == [project.pk for project in made[3:] if project is not made[4]]


def test_a_page_that_emptied_leads_back(client):
    made = [make_project(title=f"Work {number}") for number in range(4)]
    onwards = client.get("/api/v1/projects/?ordering=title&page_size=2").json()["next"]
    with ledger.batch(by=None, reason="x") as batch:
        for project in made[2:]:
            batch.withdraw(project, expected=1, why="Entered twice")
    empty = client.get(onwards)
    assert codes(empty) == []
    assert codes(client.get(empty.json()["previous"])) == [project.pk for project in made[:2]]


def test_filters_stay_with_the_pages(client):
    for number in range(5):
        make_project(title=f"Work {number}", status=["ongoing", "completed"][number % 2])
    pages = walk(client, "/api/v1/projects/?status=ongoing&page_size=1&fields=title&facets=status")
    assert len(pages) == 3


@pytest.mark.parametrize(
    "text",
    [
        *("0", "-1", "501", "%2B5", "1_0", " 5", "5 ", "٥", "５", "1e2", "0x10", "05", "5.0", "true", ""),
        *(str(2**31), str(2**63), str(10**30), "9" * 5000),
    ],
)
def test_a_page_size_is_a_plain_number_from_1_to_500(client, text):
    assert "page_size" in refused(client, f"/api/v1/projects/?page_size={text}")


def test_a_page_holds_as_many_as_were_asked_for_and_25_where_none_were(client):
    for number in range(27):
        make_region(title=f"Place {number}")
    for asked, shown in (("", 25), ("?page_size=1", 1), ("?page_size=26", 26), ("?page_size=500", 27)):
        assert len(codes(client.get(f"/api/v1/regions/{asked}"))) == shown


@pytest.fixture
def cursor(client):
    for number in range(3):
        make_project(title=f"Work {number}", status="ongoing")
    answer = client.get("/api/v1/projects/?page_size=1&status=ongoing&ordering=title")
    return answer.json()["next"].split("cursor=")[1].split("&")[0]


@pytest.mark.parametrize(
    "address",
    [
        "projects/?cursor={}",
        "projects/?status=ongoing&cursor={}",
        "projects/?status=ongoing&ordering=-title&cursor={}",
        "projects/?status=completed&ordering=title&cursor={}",
        "projects/?status=ongoing&status=completed&ordering=title&cursor={}",
        "projects/?status=ongoing&ordering=title&q=work&cursor={}",
        "initiatives/?status=active&ordering=title&cursor={}",
    ],
)
def test_a_cursor_fits_no_other_list(client, cursor, address):
    assert client.get(f"/api/v1/projects/?status=ongoing&ordering=title&cursor={cursor}").status_code == 200
    assert "cursor" in refused(client, "/api/v1/" + address.format(cursor))


def test_a_cursor_that_was_touched_is_refused(client, cursor):
    address = "/api/v1/projects/?status=ongoing&ordering=title&cursor="
    touched = [cursor[:-1], cursor[1:], cursor.swapcase(), cursor + "A", cursor[::-1]]
    for text in [*touched, "", "x", "W10", "W10%3A", "1", "%C3%A9:x", "=" * 5000]:
        assert "cursor" in refused(client, address + text)


def test_page_size_fields_and_facets_may_change_on_the_way(client, cursor):
    address = f"/api/v1/projects/?status=ongoing&ordering=title&cursor={cursor}&page_size=2&fields=title&facets=status"
    assert len(client.get(address).json()["results"]) == 2


def test_a_facet_ignores_its_own_selection(client):
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    place = make_region(title="Sheki", parent=country)
    for status in ("ongoing", "ongoing", "completed"):
        make_project(status=status, regions=[place], heritage_types=["site", "urban"])
    make_project(status="completed", state=State.DRAFT)
    body = client.get("/api/v1/projects/?status=ongoing&facets=status,country,heritage_type").json()
    assert body["count"] == 2 and list(body["facets"]) == ["status", "country", "heritage_type"]
    status = {found["value"]: (found["count"], found["selected"]) for found in body["facets"]["status"]}
    assert status == {"ongoing": (2, True), "completed": (1, False)}
    assert body["facets"]["country"] == [{"value": "AZ", "label": "Azerbaijan", "count": 2, "selected": False}]
    assert {found["value"]: found["count"] for found in body["facets"]["heritage_type"]} == {"site": 2, "urban": 2}


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_every_facet_counts_what_its_choice_finds(client, model):
    country = make_region(title="Kazakhstan", kind="country", iso_code="KZ")
    given = {"region": country} if model in {CountryBudget, Event} else {}
    MAKERS[model](**given)
    names = FILTERS[model].facets
    body = client.get(f"/api/v1/{model.slug}/?facets={','.join(names)}").json()
    assert list(body["facets"]) == list(names)
    for name, options in body["facets"].items():
        for option in options:
            assert client.get(f"/api/v1/{model.slug}/?{name}={option['value']}").json()["count"] == option["count"]


def test_everything_that_is_wrong_is_said_at_once(client):
    wrong = "status=x&year=20&colour=red&page_size=0&ordering=size&fields=a&facets=b"
    errors = refused(client, f"/api/v1/projects/?{wrong}")
    assert set(errors) == {"status", "year", "colour", "page_size", "ordering", "fields", "facets"}
    assert "completed" in errors["status"][0] and "status_group" in errors["colour"][0]
    assert "-updated_at" in errors["ordering"][0]
    assert "heritage_types" in errors["fields"][0] and "heritage_type" in errors["facets"][0]


@pytest.mark.parametrize("name", ["q", "year", "bbox", "updated_since", "ordering", "page_size", "fields", "facets"])
def test_what_takes_one_value_is_not_given_two(client, name):
    assert "once" in str(refused(client, f"/api/v1/projects/?{name}=2020&{name}=2021"))


def test_what_takes_several_values_finds_any_of_them(client):
    for status in ("ongoing", "completed", "proposed"):
        make_project(status=status)
    assert client.get("/api/v1/projects/?status=ongoing&status=completed").json()["count"] == 2
