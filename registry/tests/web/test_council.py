"""The page of the council: every block has its count, the list that has as many, and honest words when empty."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import InitiativeParticipation, Session
from registry.tests.make import (
    make_budget,
    make_funding,
    make_initiative,
    make_mission,
    make_organisation,
    make_programme,
    make_project,
    make_protocol,
    make_region,
)
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


def text_of(page):
    return " ".join(page.text.split())


def test_an_empty_register_says_in_every_block_that_nothing_is_recorded(client):
    text = text_of(read(client, "/council/"))
    for said in (
        "No such council is recorded",
        "No budget with an amount is recorded.",
        "No need and no offer is recorded yet",
        "No two projects are known to overlap.",
        "No programme that people can join is recorded.",
        "No protocol in force is recorded.",
        "No draft of a protocol is recorded.",
        "No mission is proposed, agreed, under way or blocked on record.",
        "No initiative is recorded as proposed.",
    ):
        assert said in text


def test_the_council_is_what_the_register_says_and_has_no_member_while_it_is_proposed(client):
    council = make_initiative(title="A council", kind="coordination_body", status="proposed", objective="To meet.")
    page = read(client, "/council/")
    assert council.get_absolute_url() in page.links and "To meet." in page.text
    assert "None yet: it is proposed." in page.text
    assert "/council/" in read(client, council.get_absolute_url()).links


def test_members_are_the_organisations_of_the_council(client):
    body = make_organisation(title="A ministry")
    rows = [InitiativeParticipation(organisation=body, role="convenor")]
    make_initiative(kind="coordination_body", status="active", participations=rows)
    page = read(client, "/council/")
    assert body.get_absolute_url() in page.links and "Convenor" in page.text
    assert "None yet" not in page.text


def test_every_count_is_the_count_of_the_list_it_leads_to(client):
    make_budget()
    for status in ("in_force", "under_review", "draft", "agreed", "retired"):
        make_protocol(status=status)
    for status in ("proposed", "under_way", "blocked", "completed", "cancelled"):
        make_mission(status=status)
    for status in ("open", "full", "planned"):
        make_programme(status=status)
    for kind, status in (("campaign", "proposed"), ("campaign", "active"), ("documentation", "proposed")):
        make_initiative(kind=kind, status=status)
    context = client.get("/council/").context_data
    blocks = {name: context[name] for name in ("budgets", "programmes", "in_force", "prepared", "missions", "proposed")}
    assert {name: block.count for name, block in blocks.items()} == {
        "budgets": 1,
        "programmes": 1,
        "in_force": 2,
        "prepared": 2,
        "missions": 3,
        "proposed": 2,
    }
    assert [(kind.label, kind.count) for kind in context["kinds"]] == [("Campaign", 1), ("Documentation", 1)]
    for block in [*blocks.values(), *context["kinds"]]:
        assert client.get(block.url).context_data["count"] == block.count, block.url


def test_projects_that_may_overlap_stand_apart_from_those_that_do_and_say_what_is_not_known(client):
    place = make_region(title="Baku")
    for title, dates in (("Gates", "2024/2027"), ("Towers", "2026/.."), ("Lanes", "")):
        make_project(title=title, regions=[place], heritage_types=["urban"], dates=dates)
    pairs = client.get("/council/").context_data["pairs"]
    assert [{pair.one.title, pair.other.title} for pair in pairs.certain] == [{"Gates", "Towers"}]
    assert (pairs.certain_count, pairs.possible_count) == (1, 2)
    text = text_of(read(client, "/council/"))
    assert "Lanes (dates not stated)" in text and "Not known: whether the dates meet" in text


def test_an_open_programme_shows_the_sessions_that_are_not_over(client):
    sessions = [Session(dates="2001-05-03"), Session(dates="2998-05-04"), Session(dates="2997-05-03", title="First")]
    make_programme(title="School", sessions=sessions)
    make_programme(title="Walls")
    text = text_of(read(client, "/council/"))
    assert "3 May 2997 · First" in text and "2001" not in text
    assert text.index("2997") < text.index("2998") and "No session ahead is recorded." in text


def test_the_page_costs_the_same_for_a_few_records_and_for_many(client):
    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read(client, "/council/")
        return len(queries)

    def add(times):
        for _number in range(times):
            make_budget(region=place)
            make_funding(project=make_project(regions=[place]))
            make_funding(flow="pledged", regions=[place], funder=body)
            make_programme(regions=[place], sessions=[Session(dates="2998", region=place)])
            for make in (make_protocol, make_mission, make_initiative):
                make(regions=[place], status={make_protocol: "draft"}.get(make, "proposed"))
            make_protocol(regions=[place])

    place, body = make_region(), make_organisation()
    add(1)
    cost()
    few = cost()
    add(4)
    assert cost() == few
