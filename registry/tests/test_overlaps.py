"""Projects overlap when place, heritage and time are stated and agree; what is not stated is said and not guessed."""

import pytest

from registry import public
from registry.models import Project
from registry.overlaps import DATES, HERITAGE, meeting, overlaps
from registry.tests.make import make_project, make_region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        pytest.param("2018/2021", "2021-06", True, id="inside"),
        pytest.param("2018/2021", "2021-12-31/2023", True, id="on one day"),
        pytest.param("2018/2021", "2022", False, id="one after the other"),
        pytest.param("2018/..", "2035", True, id="open end"),
        pytest.param("../2018", "1990/..", True, id="both open"),
        pytest.param("../2018", "2019", False, id="open start, too late"),
        pytest.param("2018/..", "2010/2017", False, id="open end, too early"),
        pytest.param("2018/", "2035", None, id="unknown end may reach it"),
        pytest.param("2018/", "2018-05", True, id="unknown end, and the known part meets"),
        pytest.param("2018/", "2017", False, id="unknown end, too early"),
        pytest.param("/2018", "2010", None, id="unknown start may reach it"),
        pytest.param("2018?", "2018", None, id="uncertain"),
        pytest.param("2018~/2020", "2019", None, id="approximate"),
        pytest.param("201X", "2015", None, id="a year of the decade"),
        pytest.param("201X", "2025", False, id="another decade"),
        pytest.param("", "2018", None, id="not stated"),
        pytest.param("", "", None, id="neither stated"),
    ],
)
def test_when_two_dates_meet(one, other, said):
    assert meeting(one, other) is said
    assert meeting(other, one) is said


def found():
    return overlaps(public.records(Project))


@pytest.fixture
def city():
    """A city in a country."""
    return make_region(title="Baku", parent=make_region(title="Azerbaijan", kind="country"))


def test_projects_that_share_place_heritage_and_time_overlap(city):
    one = make_project(regions=[city], heritage_types=["urban", "museum"], dates="2018/2021")
    other = make_project(regions=[city], heritage_types=["museum"], dates="2020/..")
    (pair,) = found().certain
    assert {pair.one.pk, pair.other.pk} == {one.pk, other.pk}
    assert pair.heritage_types == ("museum",) and [place.title for place in pair.places] == ["Baku"]
    assert found().possible == ()


def test_what_is_not_stated_makes_an_overlap_possible_and_is_named(city):
    make_project(regions=[city], heritage_types=["urban"], dates="2018/2021")
    make_project(regions=[city], dates="2020")
    (pair,) = found().possible
    assert pair.open == (HERITAGE,)
    make_project(regions=[city])
    assert found().certain == () and [set(pair.open) for pair in found().possible] == [
        {DATES, HERITAGE},
        {DATES, HERITAGE},
        {HERITAGE},
    ]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"heritage_types": ["museum"]}, id="another kind of heritage"),
        pytest.param({"dates": "2030"}, id="another time"),
        pytest.param({"regions": []}, id="no place named"),
        pytest.param({"status": "cancelled"}, id="cancelled"),
        pytest.param({"state": "draft"}, id="not public"),
    ],
)
def test_what_speaks_against_it_leaves_no_overlap(city, other):
    given = {"regions": [city], "heritage_types": ["urban"], "dates": "2018/2021"}
    make_project(**given)
    make_project(**given | other)
    assert (found().certain, found().possible) == ((), ())


def test_two_cities_of_a_country_are_no_meeting_and_the_country_itself_is(city):
    beside = make_region(title="Sheki", parent=city.parent)
    given = {"heritage_types": ["urban"], "dates": "2018/2021"}
    make_project(regions=[city], **given)
    make_project(regions=[beside], **given)
    assert found().certain == ()
    make_project(regions=[city.parent], **given)
    assert len(found().certain) == 2


def test_projects_without_a_place_are_counted_and_the_cost_does_not_grow(city, django_assert_num_queries):
    for _number in range(5):
        make_project(regions=[city])
    make_project(region_as_reported="Various")
    with django_assert_num_queries(3):
        answer = overlaps(Project.objects.public())
    assert (answer.read, answer.placeless, answer.unread, len(answer.possible)) == (6, 1, 0, 10)
