"""The time line puts each record where its date says, and nowhere more exactly than that."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import State
from registry.tests.make import make_event, make_project, make_region, make_source, make_statement
from registry.tests.web.page import Page
from registry.web import bands, timeline_parts

pytestmark = pytest.mark.django_db
DATES = ("2021-05-03", "2021", "2021-11?", "202X", "20XX", "2018/2021", "2019/..", "../1998", "2020/", "1987~", "198X")


@pytest.fixture
def dated():
    """One event for each kind of date, and one that states none."""
    return {given: make_event(title=f"Held {given}", dates=given) for given in (*DATES, "")}


def headed(client, query=""):
    """By decade, the headings of its years with the dates below each."""
    decades = client.get(f"/timeline/?noun=event&{query}").context_data["decades"]
    return {d.title: {y.title: [row.entry.dates for row in y.rows] for y in d.years} for d in decades}


def test_records_stand_under_their_decade_and_year_newest_first(client, dated):
    shown = headed(client)
    assert list(shown) == [
        "The 2020s",
        "The 2010s",
        "Between 2000 and 2099, decade not stated",
        "The 1990s",
        "The 1980s",
    ]
    assert shown["The 2020s"] == {
        "2021": ["2021-11?", "2021-05-03", "2021"],
        "2020": ["2020/"],
        "Year not stated": ["202X"],
    }
    assert shown["The 1980s"] == {"1987": ["1987~"], "Year not stated": ["198X"]}
    assert shown["The 1990s"] == {"1998": ["../1998"]}


def test_oldest_first_is_the_same_turned_round(client, dated):
    newest = [date for years in headed(client).values() for dates in years.values() for date in dates]
    oldest = [date for years in headed(client, "order=oldest").values() for dates in years.values() for date in dates]
    assert oldest == newest[::-1] and len(newest) == len(DATES)


@pytest.mark.parametrize(
    ("period", "dates"),
    [
        ("202X", {"2021-05-03", "2021", "2021-11?", "202X", "2020/"}),
        ("2021", {"2021-05-03", "2021", "2021-11?"}),
        ("20XX", {"20XX"}),
        ("1950", set()),
    ],
)
def test_a_period_shows_what_begins_in_it(client, dated, period, dates):
    shown = headed(client, f"period={period}")
    assert {date for years in shown.values() for found in years.values() for date in found} == dates


def test_every_decade_of_the_overview_finds_as_many_as_it_says(client, dated):
    page = client.get("/timeline/").context_data
    assert sum(period.count for period in page["periods"]) == page["count"] >= len(DATES)
    for period in page["periods"]:
        assert client.get(f"/timeline/{period.url}").context_data["count"] == period.count


def test_what_states_no_date_is_counted_beside_with_the_way_to_it(client, dated):
    make_project(title="Some day", regions=[make_region(kind="country", iso_code="AZ")])
    page = client.get("/timeline/?country=AZ&q=some").context_data
    [(noun, count, url)] = page["undated_lists"]
    assert (noun.name, count, page["undated"]) == ("project", 1, 1)
    assert client.get(url).context_data["count"] == 1


def test_a_date_is_said_in_words_and_drawn_as_what_it_leaves_open(client, dated):
    page = Page(client.get("/timeline/?noun=event"))
    for words in ("about 1987", "November 2021 (uncertain)", "since 2019", "until 1998", "2020 to an unknown date"):
        assert words in page.text
    along = bands.scale([entry for given, entry in dated.items() if given])
    drawn = {given: bands.band(entry, along) for given, entry in dated.items() if given}
    assert {given: band.kind for given, band in drawn.items() if band.kind != "within"} == {
        "2021-05-03": "day", "2018/2021": "span", "2019/..": "span", "../1998": "span", "2020/": "span",
    }  # fmt: skip
    assert (drawn["2019/.."].after, drawn["2020/"].after, drawn["../1998"].before) == ("open", "unknown", "open")
    assert drawn["1987~"].approximate and drawn["2021-11?"].uncertain and not drawn["2021"].uncertain
    assert drawn["202X"].width > 5 * drawn["2021"].width
    for shape in ("band-day", "band-within", "band-span", "band-open", "band-unknown", "band--about"):
        assert f'class="{shape}' in page.html or f" {shape}" in page.html, shape


def test_a_long_time_line_is_read_by_pages_that_leave_nothing_out(client, dated, monkeypatch):
    whole = [row.entry.pk for row in rows(client, "")]
    monkeypatch.setattr(timeline_parts, "PER_PAGE", 4)
    monkeypatch.setattr("registry.web.timeline.PER_PAGE", 4)
    cache.clear()
    total = client.get("/timeline/").context_data["pages"].total
    paged = [row.entry.pk for number in range(1, total + 1) for row in rows(client, f"page={number}")]
    assert paged == whole and total > 2
    assert "the last" in client.get("/timeline/?page=99").context_data["notices"][0]


def rows(client, query):
    decades = client.get(f"/timeline/?{query}").context_data["decades"]
    return [row for decade in decades for year in decade.years for row in year.rows]


def test_words_and_nouns_and_all_questions_of_a_noun_narrow_the_time_line(client, dated):
    make_statement(title="Words of 1987", dates="1987")
    assert {row.entry.title for row in rows(client, "q=1987")} == {"Words of 1987", "Held 1987~"}
    assert {row.entry.title for row in rows(client, "q=1987&noun=statement")} == {"Words of 1987"}
    assert rows(client, "noun=event&kind=conference") == []
    assert "“kind”" in client.get("/timeline/?kind=conference").context_data["notices"][0]
    assert "“19”" in client.get("/timeline/?period=19").context_data["notices"][0]


def test_a_draft_moves_nothing_and_more_records_ask_no_more(client, dated):
    def read():
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/timeline/")
        return answer.content, len(asked)

    make_source(dates="1899")
    before = read()
    make_event(title="Secret", dates="1066", state=State.DRAFT)
    assert read() == before
    for year in range(1900, 1910):
        make_source(dates=str(year))
    make_event(dates="2001")
    assert read()[1] == before[1]
