"""Needs are set beside the offers that fit them, and money is counted by flow and currency only."""

from decimal import Decimal

import pytest

from registry import public
from registry.asked_and_found import money
from registry.models import Flow, Funding
from registry.needs_and_offers import HERITAGE, MECHANISM, PLACE, READ, matches, needs, newest, offers
from registry.tests.make import make_funding, make_initiative, make_project, make_region

pytestmark = pytest.mark.django_db


def lines():
    return public.records(Funding)


def matched():
    return matches(newest(needs(lines())), newest(offers(lines())))


@pytest.fixture
def places():
    """A city and its country, in a basin with another country."""
    basin = make_region(title="Basin", kind="basin")
    country = make_region(title="Azerbaijan", kind="country", parent=basin)
    city = make_region(title="Baku", parent=country)
    abroad = make_region(title="Kazakhstan", kind="country", parent=basin)
    return {"basin": basin, "country": country, "city": city, "abroad": abroad}


@pytest.mark.parametrize("status", ["completed", "cancelled", "finalising"])
def test_what_is_sought_for_work_that_is_over_is_no_need(status):
    make_funding(project=make_project(status=status))
    make_funding(initiative=make_initiative(status="abandoned"))
    assert newest(needs(lines())) == []


def test_what_is_sought_for_open_work_or_for_nothing_on_record_is_a_need():
    found = [make_funding(), make_funding(project=make_project()), make_funding(initiative=make_initiative())]
    assert {line.pk for line in newest(needs(lines()))} == {line.pk for line in found}


def test_an_offer_is_promised_and_for_nothing_yet():
    free = [make_funding(flow=flow) for flow in ("pledged", "committed")]
    make_funding(flow="disbursed")
    make_funding(flow="pledged", project=make_project())
    assert {line.pk for line in newest(offers(lines()))} == {line.pk for line in free}


def test_what_the_public_cannot_read_makes_neither_a_need_nor_an_offer_different():
    need = make_funding(project=make_project(status="completed", state="draft"))
    offer = make_funding(flow="pledged", project=make_project(state="draft"))
    make_funding(state="draft")
    assert [line.pk for line in newest(needs(lines()))] == [need.pk]
    assert [line.pk for line in newest(offers(lines()))] == [offer.pk]


def test_the_offer_that_agrees_in_most_comes_first_and_says_why(places):
    make_funding(mechanism="seed_grant", project=make_project(regions=[places["city"]], heritage_types=["urban"]))
    offered = {"flow": "pledged", "mechanism": "seed_grant"}
    elsewhere = make_funding(**offered, regions=[places["abroad"]], heritage_types=["museum"])
    open_to_all = make_funding(**offered)
    fits = make_funding(**offered, regions=[places["country"]], heritage_types=["museum", "urban"])
    make_funding(flow="pledged", mechanism="loan")
    best, unsaid, worst = matched()
    assert [match.offer.pk for match in (best, unsaid, worst)] == [fits.pk, open_to_all.pk, elsewhere.pk]
    assert best.agree == (MECHANISM, PLACE, HERITAGE) and best.heritage_types == ("urban",)
    assert [place.title for place in best.places] == ["Azerbaijan"]
    assert unsaid.unknown == (PLACE, HERITAGE) and unsaid.differ == ()
    assert worst.agree == (MECHANISM,) and worst.differ == (PLACE, HERITAGE)


def test_two_places_of_one_basin_are_not_the_same_place(places):
    make_funding(regions=[places["city"]])
    make_funding(flow="pledged", regions=[places["abroad"]])
    assert matched() == []
    make_funding(flow="pledged", regions=[places["basin"]])
    (match,) = matched()
    assert [place.title for place in match.places] == ["Basin"]


def test_how_a_country_lies_to_a_basin_without_limits_is_not_known(places):
    loose = make_region(title="Sea", kind="basin")
    make_funding(mechanism="loan", regions=[places["city"]])
    make_funding(flow="pledged", mechanism="loan", regions=[loose])
    (match,) = matched()
    assert match.unknown == (PLACE, HERITAGE) and match.differ == ()


def test_lines_that_both_say_nothing_do_not_agree_in_it():
    make_funding()
    make_funding(flow="pledged")
    assert matched() == []


def test_matching_costs_the_same_for_few_lines_and_for_many(places, django_assert_num_queries):
    for _number in range(4):
        make_funding(project=make_project(regions=[places["city"]]))
        make_funding(flow="pledged", regions=[places["country"]])
    wanted, offered = newest(needs(lines())), newest(offers(lines()))
    with django_assert_num_queries(1):
        assert len(matches(wanted, offered)) == 16
    assert READ == 150


def test_money_is_added_up_within_one_flow_and_one_currency_only():
    for flow, amount, currency in (
        ("sought", "0.10", "USD"),
        ("sought", "0.20", "USD"),
        ("sought", "5", "AZN"),
        ("pledged", "0", "USD"),
    ):
        make_funding(flow=flow, amount=amount, currency=currency)
    make_funding(flow="pledged")
    found = money(Funding.objects.public())
    assert [(f.flow, f.currency, f.total, f.lines) for f in found.figures] == [
        (Flow.SOUGHT, "AZN", Decimal("5.00"), 1),
        (Flow.SOUGHT, "USD", Decimal("0.30"), 2),
        (Flow.PLEDGED, "USD", Decimal("0.00"), 1),
    ]
    assert found.unstated == {Flow.PLEDGED: 1} and found.lines == 5
