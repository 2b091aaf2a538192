"""Workbooks and files that are made to do harm: refused before they fill the memory, with what to do."""

import io
import zipfile

import pytest

from registry import sheets
from registry.models import Project
from registry.sheets import reading
from registry.tests.make import make_user
from registry.tests.sheets import as_xlsx

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET, STYLES, TEXTS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"


def workbook(**parts: str) -> bytes:
    """A small workbook in which some of the parts are others."""
    source, made = zipfile.ZipFile(io.BytesIO(as_xlsx(["title"], ["Tower"]))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in {*source.namelist(), *parts}:
            target.writestr(name, parts[name] if name in parts else source.read(name))
    return made.getvalue()


def table(rows: str) -> bytes:
    return workbook(**{SHEET: f"{HEAD}{rows}</sheetData></worksheet>"})


def read(content: bytes) -> int:
    """How many rows can be read."""
    found = reading.look(content)
    reading.headers(content, found)
    return sum(1 for _row in reading.rows(content, found))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: workbook(**{STYLES: f"<styleSheet><cellXfs>{'<xf/>' * 900_000}</cellXfs></styleSheet>"}), "far more"),
        (lambda: workbook(**{TEXTS: f"<sst>{'<si/>' * 3_000_000}</sst>"}), "far more"),
        (lambda: workbook(**{TEXTS: f"{ENTITY}<sst><si><t>&a;</t></si></sst>"}), "no spreadsheet program writes"),
        (lambda: workbook(**{SHEET: f"{ENTITY}{HEAD}</sheetData></worksheet>"}), "no spreadsheet program writes"),
        (lambda: table('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "far away"),
        (lambda: table(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 90_000}</t></is></c></row>'), "more text"),
        (lambda: table('<row r="2"><c r="A2"><v>1</v></c></row>' * 2), "out of order"),
        (lambda: table("<row><c><v>1</v></c>"), "damaged"),
        (lambda: as_xlsx(["title"])[:2000], "damaged"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "without a password"),
        (lambda: b"title\n" + b"A\n" * 200_001, "more than 200000 rows"),
        (lambda: b"title\n" + b"," * 200_000, "columns"),
        (lambda: b"\n \n", "empty"),
        (lambda: b"x" * (sheets.MOST_BYTES + 1), "larger than 20 MB"),
    ],
    ids=[
        *("styles", "texts", "entity-in-texts", "entity-in-cells", "far-cell", "huge-cell", "rows-twice", "broken-xml"),
        *("cut-off", "old-excel", "rows", "columns", "blank", "size"),
    ],
)
def test_a_file_that_is_made_to_do_harm_is_refused(content, says):
    with pytest.raises(sheets.Unreadable, match=says):
        read(content())


def test_empty_cells_far_away_are_nothing():
    far = '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c><c r="XFD1" s="0"/></row>'
    assert (
        read(table(f'{far}<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="0"/></row>')) == 1
    )


@pytest.mark.django_db
def test_the_file_name_is_kept_as_far_as_it_can_be_shown():
    for name, kept in (("C:\\old\\list.csv", "list.csv"), ("../../etc/\u202efdp.csv", "fdp.csv"), ("\x00", "sheet")):
        assert sheets.keeping.take_in(Project, name, b"title\nTower\n", by=make_user()).file_name == kept
