"""Which record a name means, and when that is so sure that nobody need look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Citation, ProjectParticipation
from registry.tests.api.reconciling import ask, called, matched, one
from registry.tests.api.test_query_counts import copy_of
from registry.tests.make import make_organisation, make_project, make_region, make_source

pytestmark = pytest.mark.django_db


TYPED = ["Şəki", "Sheki", "Shaki", "Шеки", "شکی", "ŞƏKİ", "sheki", "Shekii", "Shekhi"]


@pytest.mark.parametrize("known", ["Şəki", "Sheki", "Шеки"])
def test_a_name_is_found_in_each_of_its_scripts_and_spellings(client, known):
    place = make_region(title=known)
    make_region(title="Gədəbəy")
    answers = ask(client, **{typed: {"query": typed} for typed in TYPED})
    found = {typed: [each["id"] for each in candidates] for typed, candidates in answers.items()}
    assert found == {typed: [place.pk] for typed in TYPED}


@pytest.mark.parametrize(
    ("typed", "known"),
    [("Gəncə", "Ganja"), ("گنجه", "Ganja"), ("Гянджа", "Gəncə"), ("Nakhchivan", "Naxçıvan"), ("نخجوان", "Nakhchivan")],
)
def test_sounds_are_found_that_alphabets_write_otherwise(client, typed, known):
    place = make_region(title=known)
    assert [(found["id"], found["match"]) for found in one(client, typed)] == [(place.pk, False)]


@pytest.mark.parametrize("typed", ["Old Tower", "old  tower!", "Köhnə Qala", "Старая башня"])
def test_the_very_name_matches_by_itself_in_any_language_that_the_record_has(client, typed):
    names = {"other_names": called("Kohne Qala"), "translations": {"ru": {"title": "Старая башня"}}}
    tower = make_project(title="Old Tower", **names)
    make_project(title="Old Tower of the north")
    best, *others = one(client, typed)
    assert (best["id"], best["score"], best["match"]) == (tower.pk, 100.0, True)
    assert matched(others) == []


def test_two_of_one_name_match_only_by_what_else_is_known(client):
    here, there = (make_region(title=title, iso_code=code) for title, code in (("Here", "AZ"), ("There", "GE")))
    first, second = (make_project(title="Old mill", regions=[place]) for place in (here, there))
    assert matched(one(client, "Old mill")) == []
    by_region = {"pid": "regions", "v": [{"id": there.pk}]}
    assert matched(one(client, "Old mill", properties=[by_region])) == [second.pk]
    assert matched(one(client, "Old mill", properties=[{"pid": "regions", "v": "here"}])) == [first.pk]
    assert matched(one(client, "Old mill", properties=[{"pid": "regions", "v": "Elsewhere"}])) == []
    make_project(title="Old mill")  # says of no region that it is elsewhere
    assert matched(one(client, "Old mill", properties=[by_region])) == []


@pytest.mark.writes_around_the_ledger
def test_a_rival_by_another_name_is_seen_behind_many_that_only_mention_it(client):
    place = make_region(title="Sheki")
    copy_of(make_project(title="Work", regions=[place]), 65)
    assert matched(one(client, "Sheki")) == [place.pk]
    long = " ".join(f"word{n}" for n in range(300))
    hidden = make_project(title="Zzz", summary=long, other_names=called("Şheki"), regions=[place])
    assert matched(one(client, "Sheki")) == [] and matched(one(client, "Sheki", type=["region"])) == [place.pk]
    assert hidden.pk in [found["id"] for found in one(client, "Sheki", limit=5)]


def test_titles_that_begin_alike_are_not_taken_for_the_same(client):
    beginning = " ".join(f"word{n}" for n in range(20))
    make_project(title=f"{beginning} one")
    assert [found["match"] for found in one(client, f"{beginning} two")] == [False]


def test_a_code_names_its_record(client):
    project = make_project(title="A mill")
    assert matched(one(client, project.pk)) == [project.pk]
    assert one(client, project.pk, type="region") == []


@pytest.mark.parametrize(
    ("strict", "types", "found"),
    [
        ("any", ["region", "project"], 2),
        ("should", "region", 1),
        ("all", "region", 1),
        ("all", ["region", "project"], 0),
    ],
)
def test_types_narrow_the_search(client, strict, types, found):
    make_region(title="Lahij"), make_project(title="Lahij"), make_source(title="Lahij")
    assert len(one(client, "Lahij", type=types, type_strict=strict)) == found
    assert len(one(client, "Lahij")) == 3 and len(one(client, "Lahij", limit=1)) == 1


@pytest.mark.parametrize(
    ("pid", "agreeing", "other"),
    [
        ("status", ["ongoing", "Ongoing"], "planned"),
        ("dates.earliest", ["2018", "2018-03-01T00:00:00Z"], "2019"),
        ("participations.organisation", ["A ministry", "Nazirlik"], "Another"),
        ("citations.locator", ["Page 7"], "page 8"),
    ],
)
def test_properties_are_compared_as_the_record_states_them(client, pid, agreeing, other):
    body = make_organisation(title="A ministry", other_names=called("Nazirlik"))
    work = {"participations": [ProjectParticipation(organisation=body, role="funding")], "status": "ongoing"}
    cited = [Citation(source=make_source(), locator="page 7")]
    make_project(title="Old mill", dates="2018-03-01/2020", citations=cited, **work)

    def score(value):
        return one(client, "Old mill", properties=[{"pid": pid, "v": value}])[0]["score"]

    assert {score(value) for value in agreeing} == {100.0} and score(other) == 70.0


def test_records_are_found_by_what_is_known_of_them_alone(client):
    place = make_region(title="Lahij")
    made = make_project(title="A mill", regions=[place], status="ongoing")
    make_project(title="Another")
    known = [{"pid": "regions", "v": {"id": place.pk}}, {"pid": "status", "v": "planned"}]
    found = ask(client, q={"properties": known})["q"]
    assert [(each["id"], each["score"], each["match"]) for each in found] == [(made.pk, 50.0, False)]
    assert ask(client, q={"properties": [{"pid": "regions", "v": "lahij"}]})["q"][0]["id"] == made.pk


@pytest.mark.writes_around_the_ledger
def test_a_query_asks_the_database_a_few_times_however_much_there_is(client):
    place = make_region(title="Lahij")
    known = [{"pid": "regions", "v": "Lahij"}, {"pid": "participations.organisation", "v": "A ministry"}]

    def cost(text):
        with CaptureQueriesContext(connection) as asked:
            one(client, text, properties=known)
        return len(asked)

    school = make_project(title="Lahij school", regions=[place])
    few = [cost("Lahij school"), cost("Lahidj scool")]
    copy_of(school, 70)
    assert max(*few, cost("Lahij school"), cost("Lahidj scool")) <= 9
