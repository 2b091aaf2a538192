"""The calendars to follow, parsed back as a calendar program reads them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from registry import ledger
from registry.models import Programme, Session
from registry.tests.make import make_programme, make_region

pytestmark = pytest.mark.django_db
SCHOOL = "Şəki yay məktəbi, 1-ci il; «برنامه آموزشی»"
LONG = "Sənətkarlıq dərsləri, \\ ayrıca: " + "میراث فرهنگی، " * 30 + "\nİkinci sətir"


def feed(client, address="/calendar.ics"):
    """The events of a feed by title, and the feed as it was sent."""
    response = client.get(address)
    assert response.status_code == 200 and response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}, response


def edit(programme, **changed):
    """Save a programme, with its sessions if they are given."""
    programme = Programme.objects.get(pk=programme.pk)
    related = {"sessions": changed.pop("sessions")} if "sessions" in changed else {}
    for name, value in changed.items():
        setattr(programme, name, value)
    with ledger.batch(by=None, reason="Moved") as batch:
        batch.save(programme, expected=programme.version, related=related)
    return Programme.objects.get(pk=programme.pk)


def test_text_in_any_script_survives_escaping_and_folding(client):
    place = make_region(title="Şəki", parent=make_region(title="Azerbaijan", kind="country"))
    rows = [Session(title="Giriş; 1, 2", dates="2031-05-03", venue="Xan sarayı, zal 1", region=place)]
    school = make_programme(title=SCHOOL, summary=LONG, sessions=rows)
    events, response = feed(client)
    event = events[f"{SCHOOL}: Giriş; 1, 2"]
    assert (event["DESCRIPTION"], event["LOCATION"]) == (LONG, f"Xan sarayı, zal 1, {place.full_name}")
    assert event["URL"] == f"http://testserver{school.get_absolute_url()}"
    lines = response.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75 and not any(b"\n" in line or b"\r" in line for line in lines)


def test_whole_days_end_before_the_day_after_the_last(client):
    make_programme(title="A", sessions=[Session(dates="2031-05-30/2031-06-01"), Session(title="b", dates="9999-12-31")])
    events, _response = feed(client)
    assert (events["A"].decoded("DTSTART"), events["A"].decoded("DTEND")) == (date(2031, 5, 30), date(2031, 6, 2))
    assert events["A: b"].decoded("DTSTART") == date(9999, 12, 31) and "DTEND" not in events["A: b"]


def test_a_time_of_day_is_told_in_its_zone_with_the_rules_of_the_zone(client):
    times = {"starts_at": "10:00", "ends_at": "12:30", "time_zone": "Asia/Baku"}
    rows = [
        Session(title="One", dates="2031-05-03", **times),
        Session(title="Five", dates="2031-05-05/2031-05-09", **times),
    ]
    make_programme(title="A", sessions=rows)
    events, response = feed(client)
    baku = ZoneInfo("Asia/Baku")
    one, five = events["A: One"], events["A: Five"]
    assert b"DTSTART;TZID=Asia/Baku:20310503T100000" in response.content
    assert one.decoded("DTSTART") == datetime(2031, 5, 3, 10, tzinfo=baku)
    assert one.decoded("DTEND") == datetime(2031, 5, 3, 12, 30, tzinfo=baku)
    assert five["RRULE"] == {"FREQ": ["DAILY"], "COUNT": [5]} and "RRULE" not in one
    zones = Calendar.from_ical(response.content).walk("VTIMEZONE")
    assert [zone["TZID"] for zone in zones] == ["Asia/Baku"]
    assert zones[0].to_tz().utcoffset(datetime(2031, 5, 3)) == timedelta(hours=4)


def test_a_session_keeps_its_identity_when_it_is_moved_and_counts_up(client):
    rows = [Session(title="Opening", dates="2031-05-03"), Session(dates="2031-05-04"), Session(dates="2031-05-05")]
    school = make_programme(title="A", sessions=rows)
    before = [event["UID"] for event in Calendar.from_ical(feed(client)[1].content).walk("VEVENT")]
    moved = [Session(title="Opening", dates="2031-06-03"), Session(dates="2031-05-08"), Session(dates="2031-05-09")]
    school = edit(school, sessions=moved)
    events, response = feed(client)
    after = [event["UID"] for event in Calendar.from_ical(response.content).walk("VEVENT")]
    assert len(set(before)) == 3 and sorted(before) == sorted(after)
    opening = events["A: Opening"]
    assert opening["UID"] == before[0] and opening["SEQUENCE"] == school.version == 2
    assert opening.decoded("DTSTAMP") == school.updated_at.replace(microsecond=0)


def test_a_cancelled_programme_cancels_its_sessions(client):
    school = make_programme(title="A", sessions=[Session(dates="2031-05-03")])
    assert "STATUS" not in feed(client)[0]["A"]
    edit(school, status="cancelled")
    assert feed(client)[0]["A"]["STATUS"] == "CANCELLED"


def test_only_settled_days_are_in_a_feed_and_an_empty_one_is_still_a_calendar(client):
    school = make_programme(
        sessions=[Session(dates=dates) for dates in ("2031", "2031-05", "2031-05-03?", "2031-05-03/..")]
    )
    events, response = feed(client, f"/programmes/{school.pk}/calendar.ics")
    assert events == {} and len(Calendar.from_ical(response.content).subcomponents) == 1


def test_a_feed_holds_the_programmes_that_were_asked_for(client):
    near = make_programme(title="Near", kind="training", sessions=[Session(dates="2031-05-03")])
    make_programme(title="Far", kind="outreach", sessions=[Session(dates="2031-05-03")])
    assert set(feed(client, "/calendar.ics?kind=training&ordering=title&month=2031-05")[0]) == {"Near"}
    assert set(feed(client, f"/programmes/{near.pk}/calendar.ics")[0]) == {"Near"}


@pytest.mark.parametrize("asked", ["kind=nothing", "country=ZZ", "colour=red"])
def test_a_feed_refuses_what_it_cannot_be_asked(client, asked):
    response = client.get(f"/calendar.ics?{asked}")
    assert response.status_code == 400 and response["Content-Type"] == "text/plain; charset=utf-8"


def test_the_feed_of_what_is_not_public_answers_as_its_page_does(client):
    draft, gone = make_programme(state="draft"), make_programme(state="withdrawn")
    answers = {
        code: client.get(f"/programmes/{code}/calendar.ics").status_code for code in (draft.pk, gone.pk, "PGM-9")
    }
    assert answers == {draft.pk: 404, gone.pk: 410, "PGM-9": 404}


def test_a_feed_is_sent_again_only_after_the_register_changed(client):
    school = make_programme(title="A", sessions=[Session(dates="2031-05-03")])
    address = f"/programmes/{school.pk}/calendar.ics"
    first = client.get(address)
    held = first["ETag"]
    assert client.get(address).content == first.content
    again = client.get(address, headers={"If-None-Match": f'"other", {held}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", held)
    make_programme(title="Quxoprane", state="draft")
    assert client.get(address, headers={"If-None-Match": held}).status_code == 304
    edit(school, summary="More.")
    assert client.get(address, headers={"If-None-Match": held}).status_code == 200
