"""Spreadsheets as people send them: each kind of dirt is taken rightly, or refused with what to do."""

import io

import pytest
from openpyxl import Workbook

from registry import sheets
from registry.models import CountryBudget, Event, JobKind, Project, Region, Source
from registry.sheets.mapping import IGNORED, Mapping
from registry.tests.make import make_event, make_organisation, make_project, make_region, make_user
from registry.tests.sheets import as_csv, as_xlsx, checked, counted, imported, problems, run, take_in

pytestmark = pytest.mark.django_db


def only_problem(content: bytes, model=Project, **told) -> str:
    """What the one problem of the one row says."""
    found = problems(checked(content, model, **told))
    assert len(found) == 1, found
    return found[0][2]


@pytest.mark.parametrize("typed", ["Active", "A", "H", "ongoing, completed"])
def test_a_status_that_is_on_no_list_is_refused_with_the_list(typed):
    message = only_problem(as_csv(["title", "status"], ["Tower", typed]))
    assert "Ongoing (ongoing)" in message and typed in message


@pytest.mark.parametrize("typed", ["ongoing", " Ongoing\u00a0", "ONGOING"])
def test_a_status_is_known_by_its_code_and_its_label(typed):
    imported(as_csv(["title", "status"], ["Tower", typed]))
    assert Project.objects.get().status == "ongoing"


def test_what_an_editor_says_a_value_means_is_taken_and_remembered():
    content = as_csv(["Name of the work", "status"], ["Tower", "Active"])
    sheet = take_in(content)
    assert [meaning.to for meaning in Mapping.of(sheet).meanings] == [IGNORED, "status"]  # nothing was guessed
    mapping = Mapping.of(sheet)
    first, second = mapping.meanings
    said = [type(first)(to="title"), type(second)(to="status", values={"active": "ongoing"})]
    sheets.keeping.say(sheet, type(mapping)(said))
    run(sheet, JobKind.CHECK)
    assert counted(sheet) == {"new": 1}
    again = sheets.keeping.take_in(Project, "next", content, by=sheet.by)
    assert [(m.to, m.values) for m in Mapping.of(again).meanings] == [("title", {}), ("status", {"active": "ongoing"})]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("20,854.00", "20854.00"),
        ("20 854,00", "20854.00"),
        ("20\u00a0854", "20854.00"),
        ("1.234.567,5", "1234567.50"),
        ("12,5", "12.50"),
    ],
)
def test_a_number_that_can_mean_one_thing_is_taken(typed, amount):
    imported(as_csv(["title", "amount", "currency"], ["Budget", typed, "USD"]), CountryBudget)
    assert str(CountryBudget.objects.get().amount) == amount


def test_a_number_that_can_mean_two_is_refused_until_somebody_says_how_it_is_written():
    content = as_csv(["title", "amount", "currency"], ["Budget", "1.234", "USD"])
    assert "may be 1.234 or 1234" in only_problem(content, CountryBudget)
    imported(content, CountryBudget, amount={"numbers": "comma"})
    assert str(CountryBudget.objects.get().amount) == "1234.00"


@pytest.mark.parametrize("typed", ["$20,854", "4.2 million", "~5", "٢٠"])
def test_a_number_with_words_is_refused_with_what_to_write(typed):
    message = only_problem(as_csv(["title", "amount", "currency"], ["Budget", typed, "USD"]), CountryBudget)
    assert "Write digits alone" in message


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("2019", "2019"),
        ("2018/..", "2018/.."),
        ("13.05.2019", "2019-05-13"),
        ("05/13/2019", "2019-05-13"),
        ("2019.05.12", "2019-05-12"),
        ("05.2019", "2019-05"),
        ("2020~", "2020~"),
    ],
)
def test_a_date_that_can_mean_one_thing_is_taken(typed, dates):
    imported(as_csv(["title", "dates"], ["Tower", typed]))
    assert Project.objects.get().dates == dates


@pytest.mark.parametrize(
    ("typed", "written", "dates"),
    [("12.05.2019", "dmy", "2019-05-12"), ("12.05.2019", "mdy", "2019-12-05"), ("43597", "serial", "2019-05-12")],
)
def test_a_date_that_can_mean_two_is_refused_until_somebody_says_how_it_is_written(typed, written, dates):
    content = as_csv(["title", "dates"], ["Tower", typed])
    assert "Say beside the column how its dates are written" in only_problem(content)
    imported(content, dates={"dates": written})
    assert Project.objects.get().dates == dates


@pytest.mark.parametrize("typed", ["31.02.2019", "May 2019", "yesterday", "2019-13"])
def test_what_is_no_date_is_refused_with_examples(typed):
    assert "Write it like" in only_problem(as_csv(["title", "dates"], ["Tower", typed]))


def test_dates_numbers_and_percents_of_a_workbook_are_what_its_cells_show():
    book = Workbook()
    sheet, file = book.active, io.BytesIO()
    sheet.append(["title", "amount", "currency", "gap_percent", "year"])
    sheet.append(["Budget", 0.1 + 0.2, "USD", 0.305, 2020])
    sheet["D2"].number_format = "0.0%"
    book.save(file)
    imported(file.getvalue(), CountryBudget)
    found = CountryBudget.objects.get()
    assert (str(found.amount), str(found.gap_percent), found.year) == ("0.30", "30.50", 2020)


def test_a_month_that_a_workbook_keeps_as_a_day_stays_a_month():
    book = Workbook()
    sheet, file = book.active, io.BytesIO()
    sheet.append(["title", "kind", "dates", "retrieved_on"])
    for row, shown in ((2, "mmm-yy"), (3, "dd.mm.yyyy"), (4, "yyyy")):
        sheet.append([f"Source {row}", "report", 43597, 43598])
        sheet.cell(row, 3).number_format, sheet.cell(row, 4).number_format = shown, "yyyy-mm-dd"
    book.save(file)
    imported(file.getvalue(), Source)
    assert [*Source.objects.order_by("title").values_list("dates", flat=True)] == ["2019-05", "2019-05-12", "2019"]


def test_a_text_that_a_program_has_made_a_date_is_refused():
    book = Workbook()
    file = io.BytesIO()
    book.active.append(["title", "dates_as_reported"])
    book.active.append(["Tower", 43597])
    book.active["B2"].number_format = "d-mmm"
    book.save(file)
    assert "Format the column as text" in only_problem(file.getvalue())


def test_html_is_refused_or_taken_out_when_somebody_says_so():
    content = as_csv(["title"], ["<b>Tower</b>&nbsp;of &amp; walls"])
    assert "holds HTML (<b>)" in only_problem(content)
    imported(content, take_html_out=True)
    assert Project.objects.get().title == "Tower of & walls"


def test_spaces_around_a_text_are_no_change():
    project = make_project(title="Tower", summary="Words")
    sheet = checked(as_csv(["code", "title", "summary"], [f" {project.pk} ", "\u00a0Tower ", " Words\u00a0"]))
    assert counted(sheet) == {"unchanged": 1}


def test_a_blank_cell_changes_nothing_unless_somebody_says_that_it_empties_the_field():
    project = make_project(title="Tower", summary="Words", dates="2019")
    content = as_csv(["code", "summary", "dates"], [project.pk, "", "—"])
    sheet = checked(content)
    assert problems(sheet)[0][1] == "dates" and counted(sheet) == {"refused": 1}  # a dash is no magic
    content = as_csv(["code", "summary", "dates"], [project.pk, "", ""])
    assert counted(checked(content)) == {"unchanged": 1}
    imported(content, summary={"clear": True})
    project.refresh_from_db()
    assert (project.summary, project.dates) == ("", "2019")


def test_records_are_named_by_code_or_by_a_title_that_only_one_has():
    sheki, twins = make_region(title="Şəki"), [make_region(title="Baku") for _ in range(2)]
    imported(as_csv(["title", "regions"], ["Tower", f"seki; {twins[0].pk.lower()}"]))
    assert {*Project.objects.get().regions.all()} == {sheki, twins[0]}
    assert twins[1].pk in only_problem(as_csv(["title", "regions"], ["Second", "Baku"]))
    assert "No record is called" in only_problem(as_csv(["title", "regions"], ["Third", "Nowhere"]))
    assert "another noun" in only_problem(as_csv(["title", "regions"], ["Fourth", "PRJ-0001"]))
    assert "There is no record" in only_problem(as_csv(["title", "regions"], ["Fifth", "REG-99999"]))


def test_rows_in_a_cell_are_read_part_by_part():
    body = make_organisation(title="Ministry")
    imported(as_csv(["title", "participations"], ["Tower", "Ministry | Funding\nministry | partner"]))
    roles = Project.objects.get().participations.values_list("organisation", "role").order_by("role")
    assert [*roles] == [(body.pk, "funding"), (body.pk, "partner")]
    message = only_problem(as_csv(["title", "participations"], ["Second", "Ministry | payer"]))
    assert "role" in message and "funding" in message.lower()


def test_headers_that_stand_twice_or_say_nothing_wait_for_somebody():
    sheet = sheets.keeping.take_in(Project, "x", b"title,status,Status,,Colour\nTower,,,x,red\n", by=make_user())
    assert [meaning.to for meaning in Mapping.of(sheet).meanings] == ["title", "", "", "", ""]
    assert "Colour" in " ".join(sheets.keeping.may_check(sheet))


def test_a_header_is_known_by_its_label():
    imported(as_csv(["Title", "Status as reported", "Geographic scope"], ["Tower", "In work", "national"]))
    assert Project.objects.get().scope == "national"


def test_thirty_records_with_titles_that_are_there_are_asked_about():
    make_project(title="Tower")
    rows = [[f"Şəki {n}"] for n in range(29)]
    content = as_csv(["title"], *rows, ["TOWER"], ["Seki 3"])
    sheet = checked(content)
    assert counted(sheet) == {"new": 29, "refused": 2} and sheet.counts["kinds"] == {"duplicate": 2}
    assert "title already" in problems(sheet)[0][2] and "Row 5" in problems(sheet)[1][2]
    assert counted(checked(content, new_rows=(31,))) == {"new": 30, "refused": 1}
    assert counted(checked(content, new_anyway=True)) == {"new": 31}


def test_a_code_twice_in_a_sheet_is_refused_in_both_rows():
    project = make_project(title="Tower")
    sheet = checked(as_csv(["code", "title"], [project.pk, "One"], [project.pk, "Other"]))
    assert counted(sheet) == {"refused": 2} and {row for row, *_ in problems(sheet)} == {2, 3}


def test_an_unknown_code_is_refused_and_an_older_version_is_not_written_over_a_newer_one():
    project = make_project(title="Tower")
    sheet = checked(
        as_csv(
            ["code", "title", "version"],
            ["PRJ-99999", "New", "1"],
            [project.pk, "New", "0"],
            [project.pk, "Tower", "0"],
        )
    )
    assert {(row, column) for row, column, _message in problems(sheet)} >= {(2, "code"), (3, "version")}


def test_what_the_register_keeps_is_not_taken_from_a_sheet():
    project = make_project(title="Tower")
    message = only_problem(as_csv(["code", "title", "state"], [project.pk, "New", "withdrawn"]))
    assert "does not change the state" in message


def test_every_error_of_every_row_is_said_with_its_column():
    rows = (["", "nowhere", "1.234", "ZZZ", "12.05.2019"], ["Good", "", "5", "USD", ""])
    sheet = checked(as_csv(["title", "region", "amount", "currency", "year"], *rows), CountryBudget)
    assert {column for row, column, _message in problems(sheet) if row == 2} >= {
        "region",
        "amount",
        "currency",
        "year",
        "title",
    }
    assert counted(sheet) == {"new": 1, "refused": 1}


def test_the_rules_of_the_register_hold_for_a_sheet():
    part = make_region(title="Part")
    whole = make_region(title="Whole", parent=part)
    found = problems(checked(as_csv(["code", "parent"], [part.pk, whole.pk]), Region))
    assert found == [(2, "parent", "A place cannot lie within itself or within one of its parts.")]
    found = problems(checked(as_csv(["title", "amount"], ["Budget", "5"]), CountryBudget))
    assert "An amount needs its currency" in found[0][2]


def test_an_event_takes_a_number_that_a_workbook_keeps_with_a_fraction():
    event = make_event()
    imported(as_xlsx(["code", "number_in_series"], [event.pk, 17.0]), Event)
    assert Event.objects.get().number_in_series == 17
