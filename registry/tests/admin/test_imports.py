"""The pages of an import, from the file to the batch, and the lists that leave the desk as sheets."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry import jobs
from registry.models import ENTRIES, Import, ImportState, Job, Project
from registry.tests.admin.forms import fields, list_url, sign_in
from registry.tests.make import make_project, make_region
from registry.tests.sheets import as_csv, as_xlsx

pytestmark = pytest.mark.django_db
PAGES = ("", "progress/", "problems.csv", "problems.xlsx", "refused.csv", "refused.xlsx")


def upload(client, content: bytes, noun: str = "project", name: str = "list.csv"):
    return client.post("/admin/imports/", {"noun": noun, "file": SimpleUploadedFile(name, content)})


def page_of(response) -> str:
    assert response.status_code == 302, response.context["problem"]
    return response["Location"]


def status_of(client, address: str) -> int:
    """Of an answer that was read to its end."""
    response = client.get(address)
    assert b"".join(response)
    return response.status_code


def work() -> None:
    """Do what waits."""
    for job in Job.objects.filter(state="waiting"):
        jobs.work.call(job.pk)


def sent(client, page: str, form: str, **more) -> None:
    """Send a form of the page as it stands, with some fields chosen anew."""
    values = fields(client.get(page), form) | more
    assert client.post(page, values).status_code == 302
    work()


def rows_of(response) -> list[list[str]]:
    return [*csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline=""))]


def test_from_the_file_to_the_batch():
    client, old = sign_in("Stewards"), make_project(title="Old tower", summary="Words")
    content = as_csv(
        ["code", "Name", "status", "Colour"], [old.pk, "New tower", "Active", ""], ["", "Other", "H", "red"]
    )
    page = page_of(upload(client, content))
    sent(client, page, "columns-form", check="1")
    assert "Say what these columns mean" in client.get(page).content.decode()
    sent(client, page, "columns-form", **{"check": "1", "to-1": "title", "to-3": "-"})
    shown = client.get(page).content.decode()
    assert "“Active” is none of" in shown and "Values of Status that are on no list" in shown
    sent(client, page, "values-form", **{"value-status": ["ongoing", "completed"], "deed": "values"})
    shown = client.get(page).content.decode()
    assert "Old tower" in shown and "New tower" in shown and Project.objects.count() == 1
    sent(client, page, "import-form", reason="List of the ministry", deed="import")
    old.refresh_from_db()
    assert (old.title, old.status, old.summary) == ("New tower", "ongoing", "Words")
    sheet = Import.objects.get()
    assert sheet.state == ImportState.IMPORTED and f"/admin/batches/{sheet.batch}/" in client.get(page).content.decode()
    assert client.get(f"/admin/batches/{sheet.batch}/").status_code == 200
    again = client.post("/admin/imports/", {"noun": "project", "file": SimpleUploadedFile("x", content)}, follow=True)
    assert "imported on" in again.content.decode() and "as chosen before" in again.content.decode()


def test_the_bar_says_how_far_it_is_and_an_import_begins_once():
    client = sign_in("Stewards")
    page = page_of(upload(client, b"title\nTower\n"))
    values = fields(client.get(page), "columns-form") | {"check": "1"}
    client.post(page, values)
    assert "<progress" in client.get(page).content.decode()
    assert client.get(f"{page}progress/").json() == {"done": 0, "of": 0, "over": False}
    client.post(page, values)
    assert Job.objects.count() == 1
    work()
    confirmed = fields(client.get(page), "import-form") | {"reason": "New", "deed": "import"}
    for _twice in range(2):
        client.post(page, confirmed)
    work()
    assert Project.objects.count() == 1 and client.get(f"{page}progress/").json()["over"]


def test_an_import_without_a_reason_is_not_begun():
    client = sign_in("Stewards")
    page = page_of(upload(client, b"title\nTower\n"))
    sent(client, page, "columns-form", check="1")
    sent(client, page, "import-form", reason=" ", deed="import")
    assert "Say why the records change" in client.get(page).content.decode() and not Project.objects.exists()


def test_how_a_file_is_read_can_be_corrected():
    client = sign_in("Stewards")
    page = page_of(upload(client, "Annex 1;\ntitle;status\nКрепость;ongoing\n".encode("cp1251")))
    sent(client, page, "reading-form", header_row="2", encoding="cp1252", deed="read")
    assert Import.objects.get().headers == ["title", "status"] and "Êðåïîñòü" in client.get(page).content.decode()
    sent(client, page, "reading-form", encoding="cp1251", deed="read")
    assert "Крепость" in client.get(page).content.decode()
    sent(client, page, "reading-form", header_row="99", deed="read")
    assert "holds no headers" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"PK\x03\x04damaged", "damaged"), (None, "Choose a file")],
    ids=["empty", "damaged", "none"],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(content, says):
    client = sign_in("Stewards")
    file = {} if content is None else {"file": SimpleUploadedFile("list.xlsx", content)}
    response = client.post("/admin/imports/", {"noun": "project"} | file)
    assert response.status_code == 400 and says in response.content.decode()
    assert not Import.objects.exists()


def test_the_reasons_and_the_refused_rows_can_be_taken_home():
    client = sign_in("Stewards")
    content = as_csv(["title", "Status"], ["=Tower", "Active"], ["Fine", "ongoing"], ["Third", "H"])
    page = page_of(upload(client, content))
    sent(client, page, "columns-form", check="1")
    reasons = rows_of(client.get(f"{page}problems.csv"))
    assert [row[:3] for row in reasons[1:]] == [["2", "Status", "Active"], ["4", "Status", "H"]]
    refused = rows_of(client.get(f"{page}refused.csv"))
    assert refused[1][:2] == ["'=Tower", "Active"] and "is none of" in refused[1][2] and len(refused) == 3
    for name in ("problems.xlsx", "refused.xlsx"):
        assert b"".join(client.get(f"{page}{name}")).startswith(b"PK")
    assert client.get(f"{page}problems.pdf").status_code == 404


def test_an_import_is_seen_by_its_editor_and_those_who_keep_or_audit_the_register_alone():
    owner = sign_in("Stewards")
    page = page_of(upload(owner, b"title\nTower\n"))
    there = make_region(title="There")
    narrow = sign_in("Stewards")
    narrow.user.regions.add(there)
    readers = {
        "Stewards": 200,
        "Auditors": 200,
        "Administrators": 200,
        "Publishers": 404,
        "Editors": 404,
        "Contributors": 404,
    }
    for group, status in readers.items():
        client = sign_in(group)
        assert {status_of(client, f"{page}{name}") for name in PAGES} == {status}
        assert client.get("/admin/imports/").status_code == (403 if status == 404 else 200)
        assert client.post(page, {"deed": "columns", "check": "1"}).status_code == (404 if status == 404 else 403)
    assert narrow.get(page).status_code == 404  # it may hold drafts of places that are not theirs
    assert sign_in("Auditors").post("/admin/imports/", {"noun": "project"}).status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.noun)
def test_every_list_leaves_the_desk_as_a_sheet(model, form):
    response = sign_in("Auditors").get(f"{list_url(model)}export/{form}/")
    assert response.status_code == 200 and len(b"".join(response)) > 50
    assert "attachment" in response["Content-Disposition"]


def test_an_export_holds_what_the_list_shows_and_nothing_its_reader_may_not_see():
    mine, theirs = make_region(title="Mine"), make_region(title="Theirs")
    seen = make_project(title="Seen tower", status="ongoing", regions=[mine], state="draft")
    make_project(title="Other tower", status="completed", regions=[mine])
    make_project(title="Hidden tower", status="ongoing", regions=[theirs], state="draft")
    client = sign_in("Editors")
    client.user.regions.add(mine)
    export = f"{list_url(Project)}export/csv/"
    assert [row[0] for row in rows_of(client.get(f"{export}?status__exact=ongoing&q=tower"))] == ["code", seen.pk]
    assert len(rows_of(client.get(export))) == 3
    assert (
        f"{export}?status__exact=ongoing" in client.get(f"{list_url(Project)}?status__exact=ongoing").content.decode()
    )
    assert client.get(f"{export}?summary__contains=x").status_code == 400
    assert sign_in(is_superuser=False).get(export).status_code == 403


def test_chosen_records_leave_the_desk_as_a_sheet():
    chosen, _other = make_project(title="Chosen"), make_project(title="Other")
    client = sign_in("Contributors")
    response = client.post(list_url(Project), {"action": "export_csv", "_selected_action": [chosen.pk]})
    assert [row[3] for row in rows_of(response)] == ["title", "Chosen"]


def test_a_workbook_of_another_noun_says_which_columns_nobody_knows():
    client = sign_in("Stewards")
    page = page_of(upload(client, as_xlsx(["title", "speaker"], ["Tower", "Somebody"]), name="list.xlsx"))
    sent(client, page, "columns-form", check="1")
    assert "Say what these columns mean, or that they are left out: speaker" in client.get(page).content.decode()
