"""Numbers, money and dates stand on a page as its language writes them."""

import pytest

from registry.models import Citation
from registry.tests.make import make_budget, make_organisation, make_project, make_source
from registry.tests.web.page import read
from registry.web.digits import in_digits

pytestmark = pytest.mark.django_db

WRITTEN = {
    "": ("USD 1,234,567.50", "12.5 %", "20 Nov 2026"),
    "/az": ("1\u00a0234\u00a0567,50 USD", "12,5%", "20 noyabr 2026"),
    "/ru": ("1\u00a0234\u00a0567,50\u00a0USD", "12,5\u00a0%", "20 ноября 2026\u00a0г."),
    "/fa": ("۱٬۲۳۴٬۵۶۷٫۵۰ USD", "۱۲٫۵٪", "۲۰ نوامبر ۲۰۲۶"),
}


@pytest.mark.parametrize(("at", "written"), WRITTEN.items(), ids=lambda value: value if isinstance(value, str) else "")
def test_money_shares_and_days_stand_as_the_language_writes_them(client, at, written):
    budget = make_budget(amount="1234567.50", currency="USD", gap_percent="12.5", year=2020)
    project = make_project(dates="2026-11-20")
    amount, share, day = written
    page = " ".join(read(client, f"{at}/budgets/{budget.pk}/").text.replace("\u00a0", "~").split()).replace(
        "~", "\u00a0"
    )
    assert amount in page and share in page
    assert day.replace("\u00a0", " ") in read(client, f"{at}/projects/{project.pk}/").text.replace("\u00a0", " ")


def test_a_label_in_azerbaijani_begins_with_the_capital_of_its_own_alphabet(client):
    budget = make_budget(year=2020)
    assert "İl" in read(client, f"/az/budgets/{budget.pk}/").text.split()
    assert "Year" in read(client, f"/budgets/{budget.pk}/").text.split()


def test_persian_digits_stand_in_what_people_read_and_nowhere_else(client):
    source = make_source(title="Report 7 of 1999", url="https://example.org/2020/1")
    project = make_project(title="Mill 12", dates="2018", citations=[Citation(source=source, locator="page 44")])
    page = read(client, f"/fa/projects/{project.pk}/")
    assert "۲۰۱۸" in page.text and ">2018<" not in page.html
    assert project.pk in page.text and "Mill 12" in page.text and "page 44" in page.text
    assert f'href="/fa/sources/{source.pk}/"' in page.html
    assert f'value="{project.pk}"' not in page.html
    record = read(client, f"/fa/sources/{source.pk}/")
    assert "https://example.org/2020/1" in record.text
    body = make_organisation(title="Body 3", website="https://example.org/4")
    assert f"/api/v1/organisations/{body.pk}/" in read(client, f"/fa/organisations/{body.pk}/").html
    assert client.get(f"/api/v1/projects/{project.pk}/").json()["dates"]["edtf"] == "2018"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("12 at 10:30, 3%", "۱۲ at ۱۰:۳۰، ۳٪"),
        ("1,234.50 and PRJ-0001, UTC+4", "۱٬۲۳۴٫۵۰ and PRJ-0001, UTC+4"),
        ('<a href="/5/">5</a><br>6 &#x27;7&#39;', '<a href="/5/">۵</a><br>۶ &#x27;۷&#39;'),
        ('<bdi lang="en">1 <b>2</b></bdi> 3', '<bdi lang="en">1 <b>2</b></bdi> ۳'),
        ('<bdi lang="fa">1</bdi> <span class="muted code">2</span> <pre>3</pre>4', None),
        (
            "<textarea>\n1</textarea><script>2</script><title>3</title>",
            "<textarea>\n1</textarea><script>2</script><title>۳</title>",
        ),
        ("<i>نام</i>, نام, نام; a, b", "<i>نام</i>، نام، نام؛ a, b"),
        ('<bdi lang="en">A, b</bdi>, <bdi lang="en">C</bdi>', '<bdi lang="en">A, b</bdi>، <bdi lang="en">C</bdi>'),
        ('<svg><text x="1">2</text><path d="M1 2"/>3</svg>', '<svg><text x="1">۲</text><path d="M1 2"/>۳</svg>'),
    ],
)
def test_what_is_no_text_in_persian_keeps_its_digits(html, said):
    kept = said or '<bdi lang="fa">۱</bdi> <span class="muted code">2</span> <pre>3</pre>۴'
    assert in_digits(html, "fa") == kept
