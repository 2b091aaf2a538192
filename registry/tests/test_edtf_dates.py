"""Dates as sources give them: what can be written, which days it can mean, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.models import Project
from registry.models.edtf_dates import parse, validate
from registry.tests.make import make_project
from registry.web.dates import words

unhurried = settings(deadline=None)

GOOD = {
    "2025-12-05": ("2025-12-05", "2025-12-05", "5 Dec 2025"),
    "2025-12": ("2025-12-01", "2025-12-31", "December 2025"),
    "2025": ("2025-01-01", "2025-12-31", "2025"),
    "0001": ("0001-01-01", "0001-12-31", "0001"),
    "2020-11-20?": ("2020-11-20", "2020-11-20", "20 Nov 2020 (uncertain)"),
    "2019~": ("2019-01-01", "2019-12-31", "about 2019"),
    "2019%": ("2019-01-01", "2019-12-31", "about 2019 (uncertain)"),
    "2024-02-29": ("2024-02-29", "2024-02-29", "29 Feb 2024"),
    "2018/2021": ("2018-01-01", "2021-12-31", "2018 to 2021"),
    "2018-05/2018-07-02": ("2018-05-01", "2018-07-02", "May 2018 to 2 Jul 2018"),
    "2018/..": ("2018-01-01", None, "since 2018"),
    "../2018": (None, "2018-12-31", "until 2018"),
    "2018/": ("2018-01-01", None, "2018 to an unknown date"),
    "/2018": (None, "2018-12-31", "an unknown date to 2018"),
    "201X": ("2010-01-01", "2019-12-31", "the 2010s"),
    "19XX": ("1900-01-01", "1999-12-31", "between 1900 and 1999"),
    "2004-XX": ("2004-01-01", "2004-12-31", "2004"),
    "2004-02-XX": ("2004-02-01", "2004-02-29", "February 2004"),
    "2004-XX-XX": ("2004-01-01", "2004-12-31", "2004"),
    "2010-21": ("2010-03-01", "2010-05-31", "spring 2010"),
    "2010-22": ("2010-06-01", "2010-08-31", "summer 2010"),
    "2010-23": ("2010-09-01", "2010-11-30", "autumn 2010"),
    "2010-24": ("2010-01-01", "2010-12-31", "winter 2010"),
}
BAD = [
    *(
        "",
        " ",
        "2025 ",
        " 2025",
        "2025-13",
        "2025-00",
        "2025-02-30",
        "2023-02-29",
        "2025-04-31",
        "2025-1",
        "25",
        "20255",
    ),
    *("0000", "0000-01-01", "10000", "-0044", "+2025", "2025-12-5", "2025/12/05", "05.12.2025", "5 Dec 2025"),
    *("now", "today", "unknown", "..", "/", "../..", "../", "/..", "2018/2019/2020", "2018/x", "2018..2020"),
    *("2021/2018", "2018-05-02/2018-05-01", "2025-W07", "2025-047", "20251205", "2025-12-05T10:00", "Y20255"),
    *(
        "٢٠٢٥",
        "２０２５",
        "2025\\u200b",
        "2025\\x00",
        "2025\\n",
        "2025-12-05?~",
        "?2025",
        "[2018,2019]",
        "{2018}",
        "2018-25",
    ),
    *(
        "XXXX",
        "2XXX",
        "2025-1X",
        "2025-12-1X",
        "1e3",
        "0x7e9",
        "2025-XX-05",
        "201X-12",
        "19XX-XX",
        "2018-20",
        "2018-21-05",
        "2018-41",
    ),
]


@pytest.mark.parametrize("text", GOOD)
def test_a_date_can_mean_these_days(text):
    earliest, latest, _words = GOOD[text]
    assert parse(text) == (earliest and date.fromisoformat(earliest), latest and date.fromisoformat(latest))


@pytest.mark.parametrize("text", GOOD)
def test_a_date_reads_as_these_words(text):
    with translation.override("en-gb"):
        assert words(text) == GOOD[text][2]


@pytest.mark.parametrize("text", BAD, ids=ascii)
def test_what_is_no_date_is_refused_in_words(text):
    with pytest.raises(ValidationError) as refused:
        validate(text)
    assert "2018/.." in str(refused.value) or "cannot end before it starts" in str(refused.value)


def test_a_refusal_repeats_no_more_than_the_beginning_of_what_was_typed():
    with pytest.raises(ValidationError) as refused:
        validate("9" * 10_000)
    assert len(refused.value.messages[0]) < 250


ALIKE = r"[0-9X]{4}(-[0-2X][0-9X](-[0-3X][0-9X])?)?[?~%]?(/([0-9X]{4}(-[01][0-9])?|\.\.)?)?"
days = st.dates(min_value=date(1, 1, 1))


@unhurried
@given(days)
def test_a_day_means_itself(day):
    assert parse(day.isoformat()) == (day, day)


@unhurried
@given(days, days)
def test_an_interval_reaches_from_its_first_to_its_last_day(first, last):
    text = f"{first.isoformat()}/{last.isoformat()}"
    if first <= last:
        assert parse(text) == (first, last)
    else:
        with pytest.raises(ValidationError, match="cannot end before"):
            parse(text)


@unhurried
@given(days, st.sampled_from(["", "?", "~", "%"]), st.sampled_from([4, 7, 10]))
def test_a_shorter_date_holds_every_day_in_it_whatever_its_mark(day, mark, length):
    earliest, latest = parse(day.isoformat()[:length] + mark)
    assert earliest <= day <= latest <= earliest + timedelta(days=365)


@unhurried
@given(st.one_of(st.text(max_size=45), st.from_regex(ALIKE, fullmatch=True)))
def test_any_text_has_bounds_in_order_or_is_refused(text):
    try:
        earliest, latest = parse(text)
    except ValidationError:
        return
    assert earliest is None or latest is None or earliest <= latest
    assert "X" not in words(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "years"),
    [
        ("2020", [2020]),
        ("2018/2020", [2018, 2019, 2020]),
        ("2019/..", [2019, 2020, 2021]),
        ("../2019", [2018, 2019]),
        ("2019-06~", [2019]),
        ("", []),
    ],
)
def test_a_record_falls_into_the_years_that_its_date_can_mean(dates, years):
    make_project(dates=dates)
    assert [year for year in range(2018, 2022) if Project.objects.in_year(year).exists()] == years


@pytest.mark.django_db
def test_the_text_is_kept_as_it_was_given():
    project = make_project(dates="2020-11-20?", dates_as_reported="20 November")
    assert (project.dates, project.dates_as_reported) == ("2020-11-20?", "20 November")
    assert project.dates_earliest == project.dates_latest == date(2020, 11, 20)


@pytest.mark.django_db
def test_a_bad_date_is_refused_once_and_by_its_field():
    with pytest.raises(ValidationError) as refused:
        make_project(dates="2025-02-30")
    assert list(refused.value.message_dict) == ["dates"] and len(refused.value.messages) == 1
