"""The page of a programme: whether one can join, how to ask, and its sessions."""

import pytest

from registry.models import Session
from registry.tests.make import make_initiative, make_programme, make_region
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db
JOIN = "Ask to join"


@pytest.mark.parametrize(
    ("status", "said", "takes"),
    [
        ("planned", "has not opened yet", True),
        ("open", "one can ask to join", True),
        ("full", "Every place is taken", True),
        ("closed", "one can no longer join", False),
        ("cancelled", "It was cancelled", False),
    ],
)
def test_a_page_says_in_words_whether_one_can_join(client, status, said, takes):
    school = make_programme(
        status=status, how_to_join="Write first.\n\nThen wait.", website="https://example.org/school"
    )
    page = read(client, school.get_absolute_url())
    assert said in page.text and "Then wait." in page.text and "https://example.org/school" in page.links
    assert (page.links.get(f"{school.get_absolute_url()}join/") == JOIN) is takes


def test_a_session_tells_its_day_time_zone_venue_place_and_seats(client):
    place = make_region(title="Sheki")
    at = {"starts_at": "10:00", "ends_at": "12:30", "time_zone": "Asia/Baku"}
    first = Session(title="Opening", dates="2031-05-03", venue="Library", region=place, seats=20, **at)
    school = make_programme(sessions=[first, Session(dates="2031-06")])
    page = read(client, school.get_absolute_url())
    for words in ("Saturday", "2031", "10:00 to 12:30, Asia/Baku (UTC+4)", "Library", "20 seats", "day not settled"):
        assert words in page.text
    assert {place.get_absolute_url(), f"{school.get_absolute_url()}calendar.ics"} <= set(page.links)


def test_a_programme_without_sessions_says_so(client):
    assert "No session is recorded yet." in read(client, make_programme().get_absolute_url()).text


def test_related_programmes_are_those_of_the_initiative_and_of_the_kind(client):
    idea = make_initiative(title="An idea")
    school = make_programme(title="School", initiative=idea)
    make_programme(title="Sister", initiative=idea, kind="outreach")
    make_programme(title="Alike")
    make_programme(title="Quxoprane", initiative=idea, state="draft")
    make_programme(title="Other", kind="research")
    page = read(client, school.get_absolute_url())
    assert {"Sister", "Alike", "An idea"} <= set(page.links.values())
    assert "Quxoprane" not in page.text and "Other" not in page.links.values()
