"""The page of a record: what was said about it, what is around it, what it lacks, and how to add it."""

import pytest

from registry.models import ENTRIES, Citation, State, Statement
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_event,
    make_funding,
    make_organisation,
    make_project,
    make_region,
    make_source,
    make_statement,
)
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db
SECRET = "Quxoprane"
POINT = {"longitude": "47.17", "latitude": "41.19", "precision": "exact"}


@pytest.mark.parametrize("model", [m for m in ENTRIES if m is not Statement], ids=lambda model: model.slug)
def test_what_was_said_about_a_record_stands_on_its_page_under_the_name_of_whoever_said_it(client, model):
    entry, body = MAKERS[model](), make_organisation(title="A body")
    words = {"about": [entry.pk], "speaker": "A speaker", "speaker_role": "Chair", "affiliation": body}
    said = make_statement(summary="That the roof was lost.", verification="alleged", **words)
    page = read(client, entry.get_absolute_url())
    assert said.get_absolute_url() in page.inside() and body.get_absolute_url() in page.inside()
    for words in ("What was said about it", "That the roof was lost.", "Said by A speaker, Chair", "Alleged"):
        assert words in page.text.replace("\n", " ")


def test_a_statement_that_is_not_public_or_about_something_else_is_on_no_page(client):
    project, other = make_project(), make_project()
    make_statement(title=SECRET, summary=SECRET, about=[project.pk], state=State.DRAFT)
    make_statement(summary="About another one.", about=[other.pk])
    hidden = {"title": SECRET, "state": State.DRAFT}
    make_statement(about=[other.pk], affiliation=make_organisation(**hidden), event=make_event(**hidden))
    assert "What was said about it" not in read(client, project.get_absolute_url()).text
    assert SECRET not in read(client, other.get_absolute_url()).html


def test_only_the_latest_statements_stand_on_the_page_and_the_rest_behind_a_link(client):
    project = make_project()
    for year in range(2010, 2018):
        make_statement(summary=f"Words of {year}.", dates=str(year), about=[project.pk])
    page = read(client, project.get_absolute_url())
    assert "Words of 2017." in page.text and "Words of 2011." not in page.text
    assert f"/statements/?about={project.pk}" in page.inside()


def test_a_project_is_set_beside_the_budget_of_its_country_and_says_that_no_cost_is_published(client):
    country = make_region(title="Azerbaijan", kind="country")
    project = make_project(regions=[make_region(title="Sheki", parent=country)])
    page = read(client, project.get_absolute_url())
    assert "No cost is published for this project." in page.text
    assert "No heritage budget of its country is on record" in page.text
    make_budget(region=country, amount="4200000.00", currency="USD", gap_percent="30")
    page = read(client, project.get_absolute_url())
    assert "the annual heritage budget of Azerbaijan was shown as USD 4.20M with a gap of 30 %." in page.text
    make_funding(project=project, amount="90000.00", currency="USD")
    page = read(client, project.get_absolute_url())
    assert "No cost is published" not in page.text and "its whole cost is not on record" in page.text


def test_what_a_record_lacks_leads_to_where_anybody_proposes_it(client):
    project = make_project()
    page = client.get(project.get_absolute_url()).context_data
    lacking = {link.title: link.url for link in page["missing"]}
    assert tuple(lacking) == page["completeness"].missing and lacking["Status"].endswith("/correct/?field=status")
    assert client.get(lacking["Status"]).status_code == 200


def test_a_record_that_rests_on_one_source_says_so_and_one_on_two_does_not(client):
    first = make_source(url="https://example.org/report", retrieved_on="2026-01-02")
    cited = [Citation(source=first, locator="page 1"), Citation(source=first, locator="page 2")]
    alone = make_project(citations=cited)
    page = read(client, alone.get_absolute_url())
    assert "One source supports this record." in page.text
    assert "https://example.org/report" in page.links and "read there on 2 Jan 2026" in page.text
    second = [*(Citation(source=source, locator="page 1") for source in (first, make_source()))]
    assert "One source supports" not in read(client, make_project(citations=second).get_absolute_url()).text


def test_a_record_leads_to_its_place_and_to_others_of_its_kind_nearby(client):
    country = make_region(title="Azerbaijan", kind="country")
    place = make_region(title="Sheki", parent=country, **POINT)
    project, other = make_project(title="Here", regions=[place]), make_project(title="Near", regions=[place])
    page = read(client, project.get_absolute_url())
    assert place.get_absolute_url() in page.inside() and f"/projects/?region={country.pk}" in page.inside()
    (nearby,) = [link for link, words in page.links.items() if words == "Others of this kind nearby"]
    assert other.get_absolute_url() in read(client, nearby).inside()
    wide = make_project(regions=[make_region(title="Elsewhere", kind="country", **POINT)])
    assert "Others of this kind nearby" not in read(client, wide.get_absolute_url()).text


def test_a_record_is_downloaded_in_every_form_from_one_menu_and_printed_only_with_a_script(client):
    project = make_project()
    page = read(client, project.get_absolute_url())
    address = project.get_absolute_url()
    forms = {f"/api/v1{address}", f"{address}jsonld/", f"{address}cite/bibtex/", f"{address}cite/ris/"}
    assert forms <= page.inside()
    assert 'id="print" hidden' in page.html


def test_the_steps_of_a_project_deny_no_dates_that_it_states(client):
    dated, undated = make_project(status="ongoing", dates="2018/2021"), make_project(status="ongoing")
    assert "Dates not stated" not in client.get(dated.get_absolute_url()).text
    assert "Dates not stated" in client.get(undated.get_absolute_url()).text
