"""What is exported and brought in again changes nothing; one cell changes one record."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registry import sheets
from registry.models import ENTRIES, Change, Import, Project
from registry.sheets import lists, texts
from registry.sheets.columns import columns
from registry.sheets.values import shown
from registry.sheets.writing import Notes, as_csv, as_xlsx, table
from registry.tests.make import make_project, make_region
from registry.tests.rows import filled
from registry.tests.sheets import checked, counted, imported, problems

pytestmark = pytest.mark.django_db
AWKWARD = '=SUM(A1) "quoted"; half | bar \\ back\nsecond line\tand a tab'


def written(model, form: str) -> bytes:
    rows = table(model, model.objects.order_by("pk"))
    if form == "csv":
        return b"".join(as_csv(rows))
    with as_xlsx(model, rows, Notes(datetime(2026, 1, 2, tzinfo=UTC))) as file:
        return file.read()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.noun)
def test_an_exported_sheet_changes_nothing_when_it_comes_back(model, form):
    names = [
        {"name": "Qala; | \\", "language": "az", "note": "+ old"},
        {"name": "Крепость", "language": "", "note": ""},
    ]
    filled(model, title="-1 tower", summary=AWKWARD, other_names=names)
    sheet = checked(written(model, form), model)
    assert counted(sheet) == {"unchanged": model.objects.count()}, problems(sheet)


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.noun)
def test_a_sheet_of_new_records_makes_the_same_records_again(model):
    """Without their codes the rows are new; what they say is what the first ones said."""
    entry = filled(model, title="@ tower", summary=AWKWARD, state="draft")
    rows = list(table(model, model.objects.filter(pk=entry.pk)))
    kept = [name for name, column in columns(model).items() if column.kept]
    own = {"code", "version", *kept}
    rows[1] = ["" if name in own else cell for name, cell in zip(*rows, strict=True)]
    with sheets.writing.plain_xlsx("Table", rows) as file:
        sheet = imported(file.read(), model, new_anyway=True)
    assert counted(sheet) == {"new": 1}, problems(sheet)
    made = model.objects.get(pk=sheet.rows.get().code)
    again = list(table(model, model.objects.filter(pk=made.pk)))
    for name, before, after in zip(rows[0], rows[1], again[1], strict=True):
        assert name in own or texts.same(before, after)


def test_one_changed_cell_changes_one_record_and_nothing_else_of_it():
    first, second = make_project(title="Old", regions=[make_region()]), make_project(title="Other")
    content = written(Project, "csv").replace(b"Old", b"New")
    sheet = imported(content)
    assert counted(sheet) == {"changed": 1, "unchanged": 1}
    change = Change.objects.of(first.pk).first()
    assert (change.before, change.after) == ({"title": "Old"}, {"title": "New"})
    assert Change.objects.of(second.pk).count() == 1 and change.batch == sheet.batch


def test_the_same_file_once_more_changes_nothing_and_says_so():
    content = b"title,status\nFirst,ongoing\nSecond,completed\n"
    first = imported(content)
    again = checked(content)
    assert counted(first) == {"new": 2} and counted(again) == {"unchanged": 2}
    assert again.counts["earlier"] == first.pk


class AnyText(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")), min_size=2), min_size=1
        )
    )
    def test_rows_in_a_cell_come_back_as_they_were(self, rows):
        kept = [[part.strip() for part in row] for row in rows]
        kept = [row for row in kept if any(row)]
        back = lists.rows(lists.join_rows(kept))
        for row, found in zip(kept, back, strict=True):
            assert found + [""] * (len(row) - len(found)) == row

    @settings(max_examples=100, deadline=None)
    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_a_text_is_never_a_formula_and_comes_back_as_it_was(self, text):
        safe = texts.safe(text)
        number = safe.lstrip("-").replace(".", "", 1).isdigit()
        assert number or not safe.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"))
        row = next(csv.reader(io.StringIO(b"".join(as_csv([[safe and text, "x"]])).decode("utf-8-sig"), newline="")))
        assert shown(row[0]) == text


def test_exports_name_no_private_field():
    for model in ENTRIES:
        assert "precision_chosen" not in columns(model) and "withdrawn_reason" not in columns(model)
    assert Import.objects.count() == 0
