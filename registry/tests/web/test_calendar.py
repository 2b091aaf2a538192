"""The calendar of sessions: which it shows, how it is asked, and what it costs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.models import Session
from registry.tests.make import make_initiative, make_programme, make_region
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


def day(distance: int) -> str:
    """A day so many days from today, in ISO 8601."""
    return (timezone.localdate() + timedelta(days=distance)).isoformat()


def course(*dates: str, **given):
    return make_programme(sessions=[Session(title=f"Day {date}", dates=date, seats=12) for date in dates], **given)


def test_an_empty_calendar_says_so_and_leads_to_what_was_proposed(client):
    make_programme(title="Without sessions")
    page = read(client, "/calendar/")
    assert "No session of any programme is recorded yet." in page.text
    kinds = {"training_capacity", "community_engagement", "joint_research"}
    assert {f"/initiatives/?kind={kind}" for kind in kinds} <= set(page.links)


def test_sessions_under_way_and_to_come_are_shown_first_and_past_ones_by_link(client):
    course(day(-9), day(-1), day(0), f"{day(-3)}/{day(3)}", day(40))
    page = read(client, "/calendar/")
    assert "3 sessions" in page.text and f"Day {day(-1)}" not in page.text
    assert page.text.index(f"Day {day(0)}") < page.text.index(f"Day {day(40)}")
    past = read(client, "/calendar/?when=past")
    assert "2 sessions" in past.text and past.text.index(f"Day {day(-1)}") < past.text.index(f"Day {day(-9)}")
    assert "/calendar/?when=past" in page.links


def test_a_month_holds_every_session_of_which_a_day_falls_into_it(client):
    course("2031-04-30/2031-05-02", "2031-05-31", "2031-06-01", "2031-05")
    page = read(client, "/calendar/?month=2031-05")
    assert "2 sessions" in page.text and "Day 2031-06-01" not in page.text
    assert page.text.index("Day 2031-05-31") < page.text.index("Day not settled")


def test_a_session_whose_day_is_not_settled_stands_apart_until_it_is_certainly_over(client):
    year = str(timezone.localdate().year)
    course("2019-05", "2019", year, day(0)[:7], "2031-05-03?", "2018/..")
    page = read(client, "/calendar/")
    apart = page.text.partition("Day not settled")[2]
    assert all(f"Day {date}" in apart for date in (year, day(0)[:7], "2031-05-03?", "2018/.."))
    assert "Day 2019" not in page.text
    assert "Day 2019-05" in read(client, "/calendar/?when=past").text


@pytest.mark.parametrize(
    "asked", ["month=2027-13", "month=%D9%A2027-05", "month=0000-01", "when=someday", "page=0", "kind=nothing", "x=1"]
)
def test_a_question_that_cannot_be_read_is_left_out_and_said(client, asked):
    course(day(5))
    page = read(client, f"/calendar/?{asked}")
    assert f"Day {day(5)}" in page.text and "notice" in page.html


def test_the_calendar_is_asked_as_the_list_of_programmes_is(client):
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    course(day(3), title="Near", kind="training", regions=[make_region(title="Sheki", parent=country)])
    course(day(4), title="Far", kind="outreach")
    assert "Far" not in read(client, "/calendar/?country=AZ&ordering=title&page=1").text
    page = read(client, "/calendar/?kind=outreach&when=coming")
    assert "Near" not in page.text and "/calendar.ics?kind=outreach" in page.links
    past = read(client, "/calendar/?kind=outreach&when=past")
    assert "/calendar/?when=past" in past.links and "/calendar/?kind=outreach" in past.links


def test_what_is_a_draft_shows_nowhere_in_the_calendar(client):
    hidden = make_region(title="Quxoprane", state="draft")
    course(day(2), title="Quxoprane school", state="draft")
    make_programme(title="Open school", regions=[hidden], sessions=[Session(dates=day(2), region=hidden)])
    make_programme(title="Gone school", sessions=[Session(dates=day(2))], state="withdrawn")
    for address in ("/calendar/", "/calendar.ics"):
        body = client.get(address).content.decode()
        assert "Open school" in body and "Quxoprane" not in body and "Gone school" not in body


def test_a_long_calendar_comes_in_pages_and_a_page_past_its_end_is_the_last(client):
    course(*[day(number) for number in range(60)])
    page = read(client, "/calendar/")
    assert page.text.count("12 seats") == 50 and "/calendar/?page=2" in page.links
    last = read(client, "/calendar/?page=9")
    assert last.text.count("12 seats") == 10 and "this is the last" in last.text


@pytest.mark.parametrize("address", ["/calendar/", "/calendar.ics"])
def test_the_calendar_costs_the_same_for_one_session_and_for_many(client, address):
    place = make_region(title="Baku", parent=make_region(title="Azerbaijan", kind="country", iso_code="AZ"))

    def one_more(number):
        rows = [Session(dates=date, region=place) for date in (day(number), "2031")]
        make_programme(regions=[place], initiative=make_initiative(), sessions=rows)

    def cost():
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one_more(1)
    one = cost()
    for number in range(2, 20):
        one_more(number)
    assert cost() == one
