"""Files as people send them: every encoding and separator, ragged rows, formulas."""

import io

import pytest
from openpyxl import Workbook

from registry import sheets
from registry.models import JobKind, Organisation, Project
from registry.tests.make import make_user
from registry.tests.sheets import as_csv, as_xlsx, checked, counted, imported, problems, run

pytestmark = pytest.mark.django_db
ŞƏKİ = "title,region_as_reported\nŞəki qalası,Şəki\nКрепость,Шеки\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_found(encoding):
    imported(ŞƏKİ.encode(encoding))
    found = Project.objects.values_list("title", "region_as_reported")
    assert {*found} == {("Şəki qalası", "Şəki"), ("Крепость", "Шеки")}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1251", "Реставрация крепости"), ("cp1252", "Église fortifiée du Caucase"), ("cp1254", "Eski şehir ışıkları")],
)
def test_an_old_encoding_is_found_and_said(encoding, text):
    sheet = imported(f"title,status\n{text},ongoing\n".encode(encoding))
    assert sheet.reading["encoding"] == encoding and Project.objects.get().title == text


def test_lines_in_another_encoding_are_named_refused_and_read_once_somebody_says_how():
    lines = [b"title", "Şəki".encode(), "Шеки".encode(), "Крепость".encode("cp1251")]
    sheet = checked(b"\n".join(lines))
    assert sheet.reading["odd_lines"] == [4] and counted(sheet) == {"new": 2, "refused": 1}
    assert "cannot be read" in problems(sheet)[0][2]
    reading = sheets.reading.Reading(**sheet.reading | {"odd": "cp1251"})
    sheets.keeping.read_otherwise(sheet, Project, reading)
    assert [row.cells for row in sheets.reading.rows(bytes(sheet.content), reading)][2] == ["Крепость"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_every_separator_is_found(separator):
    content = as_csv(
        ["title", "status", "summary"], ['A "tower"; old', "ongoing", "Words, and more | words"], separator=separator
    )
    imported(content)
    found = Project.objects.get()
    assert (found.title, found.status, found.summary) == ('A "tower"; old', "ongoing", "Words, and more | words")


def test_marks_within_cells_are_not_taken_for_the_separator_of_a_sheet_saved_again():
    cited = "SRC-0001 | table, row 1 | status; title | One reading.\nSRC-0001 | table, row 2 | summary | Another."
    heads = ["code", "title", "status", "summary", "citations"]
    lines = [["", f"Tower {number}", "ongoing", "Words", cited] for number in range(3)]
    for separator in (",", ";", "\t"):
        content = as_csv(heads, ["", "Wall", "ongoing", "", ""], *lines, separator=separator)
        assert sheets.csv_files.find_separator(content, "utf-8") == separator


def test_a_separator_that_a_program_has_said_is_believed():
    imported(b"sep=;\ntitle;status\nTower;ongoing\n")
    assert Project.objects.get().status == "ongoing"


def test_ragged_rows_are_read_as_far_as_they_go_and_refused_when_they_go_too_far():
    sheet = checked(b"title,status,summary\nShort\nLong,ongoing,Words,more\n\n,,\nWhole,ongoing,Words\n")
    assert counted(sheet) == {"new": 2, "refused": 1}
    assert problems(sheet)[0][:2] == (3, "") and "beyond the last header" in problems(sheet)[0][2]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (b'"never closed,ongoing\n', "never closed"),
        (b'"one" two,ongoing\n', "Write it twice"),
        (b"A\x00B,ongoing\n", "NUL byte"),
        (b"x" * 140_000 + b",ongoing\n", "longer than any cell may be"),
        (b"\xe2\x80\x8b,ongoing\n", "invisible character"),
        (b"=1+1,ongoing\n", ""),
    ],
    ids=["quote", "quote-within", "nul", "huge", "zero-width", "formula-as-text"],
)
def test_a_row_that_cannot_be_read_says_why_and_the_others_go_on(row, says):
    sheet = checked(b"title,status\nFirst,ongoing\n" + row)
    assert sheet.counts["new"] == (2 if not says else 1)
    assert not says or says in " ".join(message for _row, _column, message in problems(sheet))


def test_formulas_and_errors_of_a_workbook_are_refused_by_row_and_column():
    sheet = checked(as_xlsx(["title", "summary"], ["=A1&B1", "Words"], ["Second", "#N/A"], ["Third", "Words"]))
    assert counted(sheet) == {"new": 1, "refused": 2}
    assert [(row, column) for row, column, _message in problems(sheet) if column == "title"] == [(2, "title")]
    assert "contains a formula" in problems(sheet)[0][2] and "shows an error" in problems(sheet)[-1][2]


def test_a_workbook_is_read_from_the_sheet_that_is_chosen():
    book, file = Workbook(), io.BytesIO()
    book.active.title = "Cover"
    book.active.append(["A report", "of 2020"])
    table = book.create_sheet("Data")
    for row in (["Annex 1"], ["title", "organisation_type"], ["Ministry", 10]):
        table.append(row)
    book.save(file)
    found = sheets.reading.look(file.getvalue())
    assert found.sheets == ["Cover", "Data"]
    sheet = sheets.keeping.take_in(Organisation, "x", file.getvalue(), by=make_user())
    sheets.keeping.read_otherwise(
        sheet, Organisation, sheets.reading.Reading(**found.as_json() | {"sheet": "Data", "header_row": 2})
    )
    run(sheet, JobKind.CHECK)
    assert counted(sheet) == {"new": 1} and sheet.rows.get().after["organisation_type"] == "10"
