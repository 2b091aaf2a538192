"""Money asked and found stands side by side and is never added up; needs stand beside the offers that fit them."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.tests.make import make_funding, make_initiative, make_organisation, make_project, make_region
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[make_project, make_initiative], ids=["project", "initiative"])
def work(request):
    """Something that money can be for."""
    return request.param()


def money_of(client, work):
    return client.get(work.get_absolute_url()).context_data["money"]


def test_work_without_funding_says_so_and_leads_to_the_needs(client, work):
    page = read(client, work.get_absolute_url())
    assert "No funding is recorded for this work" in page.text
    assert "/funding/#needs" in page.links


def test_each_flow_and_each_currency_is_its_own_figure(client, work):
    for flow, amount, currency in (
        ("sought", "300000", "USD"),
        ("pledged", "100000", "USD"),
        ("committed", "100000.50", "USD"),
        ("committed", "1", "USD"),
        ("spent", "7", "AZN"),
    ):
        make_funding(flow=flow, amount=amount, currency=currency, **{work.noun: work})
    make_funding(flow="sought", amount="999", currency="USD")
    azn, usd = money_of(client, work).tables
    assert [(row.label, row.amount_text, row.bar, row.asked) for row in usd.rows] == [
        ("Sought", "USD 300,000", 100.0, True),
        ("Pledged", "USD 100,000", 33.333, False),
        ("Committed", "USD 100,001.50", 33.334, False),
    ]
    assert [row.amount_text for row in azn.rows] == ["AZN 7"]
    page = read(client, work.get_absolute_url())
    assert "holds no exchange rates" in page.text and "USD 500,001.50" not in page.text


def test_a_line_without_an_amount_is_counted_and_is_not_zero(client, work):
    make_funding(flow="pledged", **{work.noun: work})
    make_funding(flow="committed", amount="0", currency="USD", **{work.noun: work})
    money = money_of(client, work)
    assert [(row.label, row.lines) for row in money.unstated] == [("Pledged", 1)]
    assert [row.amount_text for table in money.tables for row in table.rows] == ["USD 0"]


def test_every_figure_leads_to_exactly_the_lines_behind_it(client, work):
    for flow in ("sought", "pledged"):
        for given in ({"amount": "5", "currency": "USD"}, {"amount": "5", "currency": "AZN"}, {}):
            make_funding(flow=flow, **given, **{work.noun: work})
            make_funding(flow=flow, **given)
    money = money_of(client, work)
    rows = [row for table in money.tables for row in table.rows] + money.unstated
    assert money.lines == 6 and len(rows) == 6
    for url, lines in [(money.url, 6), *((row.url, row.lines) for row in rows)]:
        assert client.get(url).context_data["count"] == lines, url
    shown = client.get(money.url).context_data["money"]
    assert [table.rows for table in shown.tables] == [table.rows for table in money.tables]


def test_an_empty_register_says_that_no_line_is_recorded_and_where_ways_were_proposed(client):
    page = read(client, "/funding/")
    assert "No need and no offer is recorded yet" in page.text
    assert "/initiatives/?kind=funding_mechanism" in page.links


def test_a_need_shows_the_offer_that_fits_and_why_and_one_that_none_fits_says_so(client):
    place = make_region(title="Baku")
    need = make_funding(title="A roof", mechanism="seed_grant", project=make_project(regions=[place]))
    offer = make_funding(title="A call", flow="pledged", mechanism="seed_grant", regions=[place])
    other = make_funding(title="A wall", mechanism="loan")
    page = read(client, "/funding/")
    assert "Agrees in: mechanism (Seed grant), place (Baku)." in " ".join(page.text.split())
    assert "No offer fits it yet." in page.text
    board = client.get("/funding/").context_data["board"]
    assert [need.line.title for need in board.needs] == ["A roof", "A wall"]
    assert (board.sought, board.offered, board.unmet) == (2, 1, 1)
    for url, count in ((board.sought_url, 2), (board.offered_url, 1)):
        assert client.get(url).context_data["count"] == count
    assert offer.get_absolute_url() in read(client, need.get_absolute_url()).links
    assert need.get_absolute_url() in read(client, offer.get_absolute_url()).links
    assert "No offer on record agrees with it" in read(client, other.get_absolute_url()).text


def test_a_line_says_what_it_is_for_by_whom_and_what_its_flow_means(client):
    work, funder = make_project(title="Gate towers"), make_organisation(title="A foundation")
    line = make_funding(flow="committed", amount="5", currency="USD", project=work, funder=funder)
    page = read(client, line.get_absolute_url())
    text = " ".join(page.text.split())
    assert "It is for Gate towers. The funder is A foundation." in text and "outgoing commitment" in text
    assert "Offers that fit it" not in text and "Needs that it fits" not in text
    row = " ".join(read(client, "/funding/").text.split())
    assert "Committed USD 5" in row and "From A foundation, for Gate towers" in row


def test_needs_and_offers_cost_the_same_for_few_and_for_many(client):
    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read(client, "/funding/")
        return len(queries)

    def add(times):
        for _number in range(times):
            make_funding(mechanism="loan", regions=[place], project=None)
            make_funding(flow="pledged", mechanism="loan", regions=[place], funder=body)

    place, body = make_region(), make_organisation()
    add(1)
    cost()
    few = cost()
    add(8)
    assert cost() == few
