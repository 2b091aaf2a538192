"""Comparing: up to four records that anybody can read, each figure beside its definition, nothing made up."""

import pytest

from registry import ledger
from registry.models import Citation, Project, State
from registry.tests.make import (
    make_budget,
    make_event,
    make_initiative,
    make_project,
    make_region,
    make_source,
    make_user,
)
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


def compare(client, *codes, query=""):
    address = "/compare/?" + "&".join([*(f"code={code}" for code in codes), query])
    response = client.get(address)
    assert response.status_code == 200
    return response.context_data


def compared(context):
    return [column.entry.pk for column in context["columns"]]


def line(context, label):
    return next(line for line in context["lines"] if line.label == label)


def values(context, label):
    return [cell.fact.value if cell.fact else "not asked" for cell in line(context, label).cells]


def test_records_stand_side_by_side_in_the_order_of_the_address_with_what_differs_marked(client):
    place = make_region(title="Sheki")
    first = make_project(title="Fortress", status="ongoing", scope="single", regions=[place])
    second = make_project(title="Caravanserai", status="completed", scope="single", regions=[place])
    context = compare(client, second.pk, first.pk)
    assert compared(context) == [second.pk, first.pk]
    assert values(context, "Status") == ["Completed", "Ongoing"]
    told = {line.label: line.differs for line in context["lines"]}
    assert (told["Status"], told["Geographic scope"], told["Regions"], told["Dates"]) == (True, False, False, False)
    page = read(client, f"/compare/?code={second.pk}&code={first.pk}")
    assert "≠ differs" in page.text and "= the same" in page.text


def test_what_no_source_says_is_not_stated_and_is_never_left_blank(client):
    stated, silent = make_project(dates="2020"), make_project()
    cells = line(compare(client, stated.pk, silent.pk), "Dates").cells
    assert [(cell.fact.value, cell.fact.missing) for cell in cells] == [("2020", False), (None, True)]
    assert "Not stated" in read(client, f"/compare/?code={stated.pk}&code={silent.pk}").text


def test_only_what_differs_can_be_asked_for_by_address(client):
    first, second = make_project(status="ongoing"), make_project(status="completed")
    context = compare(client, first.pk, second.pk, query="only=differences")
    assert [line.label for line in context["lines"]] == ["Status"] and context["same"] > 1
    assert len(compare(client, first.pk, second.pk)["lines"]) == 1 + context["same"]


def test_records_of_two_nouns_show_the_fields_of_both_and_say_which_are_not_asked_of_one(client):
    project, initiative = make_project(status="ongoing"), make_initiative(objective="To meet")
    context = compare(client, project.pk, initiative.pk)
    assert values(context, "Kind of record") == ["Project", "Initiative"]
    assert values(context, "Objective") == ["not asked", "To meet"]


def test_money_stands_beside_what_it_is_the_money_of_and_its_gap_under_both_readings(client):
    known = make_budget(amount="4200000", currency="USD", gap_percent="30", gap_basis="of_need", year=2025)
    unknown = make_budget(amount="1800000", currency="USD", gap_percent="45", gap_basis="unknown")
    context = compare(client, known.pk, unknown.pk)
    amounts = [cell.detail for cell in line(context, "Amount").cells]
    assert "2025" in amounts[0] and amounts[1].startswith("Annual heritage budget · Year not stated")
    gaps = [cell.detail for cell in line(context, "Gap, in percent").cells]
    assert gaps[0].endswith("in money USD 1.80M")
    assert gaps[1] == "Of what is not stated; in money USD 0.81M to 1.47M, by both readings"
    assert (
        "The source gives a percentage and does not say of what." in read(client, f"/compare/?code={unknown.pk}").text
    )


def test_the_sources_are_numbered_through_so_that_a_footnote_means_one(client):
    entries = [
        make_project(status="ongoing", citations=[Citation(source=make_source(), locator="row 1", fields=["status"])])
        for _number in range(2)
    ]
    context = compare(client, *(entry.pk for entry in entries))
    assert [cell.fact.notes for cell in line(context, "Status").cells] == [[1], [2]]
    assert [[note.number for note in column.footnotes] for column in context["columns"]] == [[1], [2]]


def test_a_fifth_record_is_left_out_and_named_and_the_way_to_make_room_is_said(client):
    codes = [make_project(title=f"Work {number}").pk for number in range(5)]
    context = compare(client, *codes)
    assert compared(context) == codes[:4]
    assert [codes[4] in notice and "Drop one" in notice for notice in context["notices"]] == [True]
    assert "Take one out above to make room" in read(client, "/compare/?" + "&".join(f"code={c}" for c in codes)).text


def test_a_draft_is_answered_like_a_code_that_was_never_given(client):
    shown, draft = make_project(), make_project(state=State.DRAFT)
    for code in (draft.pk, "PRJ-9999", "XYZ-0001", "nonsense"):
        context = compare(client, shown.pk, code)
        assert compared(context) == [shown.pk]
        assert context["notices"] == [f"There is no “{code.upper()}” in the register."]


def test_a_withdrawn_record_gives_its_reason_and_a_merged_one_the_record_it_became_part_of(client):
    gone = make_project(state=State.WITHDRAWN)
    lost, kept = make_project(title="A mill"), make_project(title="The mill")
    ledger.merge(lost, into=kept, by=make_user(), reason="The same mill", expected=(lost.version, kept.version))
    context = compare(client, gone.pk, lost.pk)
    assert compared(context) == [kept.pk]
    said = [str(notice) for notice in context["notices"]]
    assert "A duplicate" in said[0] and f"{lost.pk} is now part of {kept.pk}" in said[1]


def test_nothing_chosen_leads_to_lists_and_to_a_search(client):
    mill = make_project(title="Old mill")
    page = read(client, "/compare/")
    assert "Choose up to four records" in page.text and {"/projects/", "/sites/"} <= page.inside()
    found = compare(client, query="add=mill")
    assert [(entry.pk, url) for entry, _noun, url in found["offers"]] == [(mill.pk, f"/compare/?code={mill.pk}")]
    assert "Nothing was found" in compare(client, query="add=bridge")["notices"][0]


def test_one_record_alone_offers_others_of_its_kind_and_each_can_be_taken_out(client):
    alone, other, event = make_project(), make_project(), make_event()
    context = compare(client, alone.pk)
    assert [entry.pk for entry, _noun, _url in context["offers"]] == [other.pk]
    assert all(not line.differs for line in context["lines"])
    assert [column.without_url for column in context["columns"]] == ["/compare/"]
    added = compare(client, alone.pk, query=f"add={event.pk.lower()}")
    assert compared(added) == [alone.pk, event.pk]
    assert [column.without_url for column in added["columns"]] == [
        f"/compare/?code={event.pk}",
        f"/compare/?code={alone.pk}",
    ]


def test_the_boxes_of_a_list_lead_to_the_comparison_without_a_script(client):
    project = make_project()
    page = read(client, "/projects/").html
    assert f'<input type="checkbox" name="code" value="{project.pk}" form="compare">' in page
    assert 'id="compare" class="compare-bar" action="/compare/"' in page
    assert Project.objects.public().count() == 1
