"""Bad input to the admin: an answer in the 400s or a way back, never a 500."""

import pytest

from registry.models import CountryBudget, Project
from registry.tests.admin.forms import list_url, sign_in, url
from registry.tests.make import MAKERS, make_project

pytestmark = pytest.mark.django_db
HUGE = "1" + "0" * 30
CODES = [HUGE, "٣", "prj-0001", "PRJ-9999", "PRJ_5F", "%00", "..", "PRJ-0001" * 40]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "page", ["change", "delete", "history", "undo/0b9c6d5e-0000-4000-8000-000000000000", "conflict"]
)
def test_an_unknown_code_leads_back_or_is_not_found(code, page):
    client = sign_in()
    address = f"{list_url(Project)}{code}/{page}/"
    for response in (client.get(address), client.post(address, {"version": "1"})):
        assert response.status_code in {302, 400, 404, 405}


@pytest.mark.parametrize("number", [HUGE, "٣", "abc", "-1", "0"])
@pytest.mark.parametrize("noun", ["registry/change", "registry/user", "auth/group"])
def test_an_odd_number_leads_back_or_is_not_found(noun, number):
    assert sign_in().get(f"/admin/{noun}/{number}/change/").status_code in {302, 404}


@pytest.mark.parametrize(
    "query",
    [
        "title__regex=.*",
        "title__startswith=a",
        "state__in=draft",
        "search_text__contains=a",
        "citations__source__title__contains=a",
        "changes__by__password__startswith=a",
        "regions__title=a",
        "nothing=1",
        "version=1",
        f"_to_field={HUGE}",
    ],
)
def test_only_the_filters_that_are_shown_are_answered(query):
    make_project()
    client = sign_in()
    assert client.get(f"{list_url(Project)}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["password__startswith=p", "username__regex=.", "groups__name=a"])
def test_accounts_cannot_be_asked_for_what_the_list_does_not_show(query):
    assert sign_in().get(f"/admin/registry/user/?{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        f"p={HUGE}",
        "p=-1",
        "p=٣",
        "p=abc",
        f"o={HUGE}.-2.abc",
        "all=",
        "e=1",
        "state__exact=nonsense",
        f"region={HUGE}",
        "region=reg-0001",
        "missing=nonsense",
        "q=%25_%27%22%3A%26%7C%21%28%29",
        "q=" + "x" * 5000,
        "q=" + "+".join(["word"] * 300),
        "q=🙂",
        "state__exact=draft&state__exact=published",
    ],
)
@pytest.mark.parametrize("model", [Project, CountryBudget], ids=["project", "countrybudget"])
def test_odd_values_in_a_list_never_break_it(model, query):
    MAKERS[model]()
    assert sign_in().get(f"{list_url(model)}?{query}", follow=True).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["term=" + "x" * 5000, "page=abc", f"page={HUGE}", "field_name=title", "field_name=nothing", "model_name=user"],
)
def test_finding_while_typing_never_breaks(query):
    known = {"app_label": "registry", "model_name": "project", "field_name": "event"}
    asked = known | dict([query.split("=", 1)])
    assert sign_in().get("/admin/autocomplete/", asked).status_code in {200, 403, 404}
    assert sign_in().get("/admin/records/", asked).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"registry-citation-entry_type-entry_code-TOTAL_FORMS": "-1"},
        {"participations-INITIAL_FORMS": "٣"},
        {"participations-0-organisation": HUGE, "participations-TOTAL_FORMS": "1"},
        {"event": "evt-0001"},
        {"regions": [HUGE, "x"]},
        {"other_names-language": ["zz"], "other_names-name": ["A name"], "other_names-note": [""]},
        {"heritage_types": ["nonsense"]},
        {"dates": "2025-02-30"},
        {"title": "\u202eabc"},
        {"title": "x" * 5000},
    ],
    ids=lambda sent: next(iter(sent)),
)
def test_an_odd_form_is_shown_again_and_stores_nothing(sent):
    client, project = sign_in(), make_project(title="Kept")
    empty = {"participations-TOTAL_FORMS": "0", "participations-INITIAL_FORMS": "0"}
    rows = "registry-citation-entry_type-entry_code"
    empty |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    response = client.post(url(project), empty | {"version": "1", "title": "Changed", "status": "ongoing"} | sent)
    assert response.status_code in {200, 400}
    assert Project.objects.get(pk=project.pk).title == "Kept"


def test_a_form_that_claims_more_rows_than_a_record_can_have_is_refused_unread():
    client, project = sign_in(), make_project(title="Kept")
    rows = "registry-citation-entry_type-entry_code"
    sent = {f"{rows}-TOTAL_FORMS": HUGE, f"{rows}-INITIAL_FORMS": "0", "participations-TOTAL_FORMS": "0"}
    response = client.post(
        url(project), sent | {"participations-INITIAL_FORMS": "0", "version": "1", "title": "Changed"}
    )
    assert "Please submit at most 150 forms." in response.content.decode()
    listed = {"form-TOTAL_FORMS": HUGE, "form-INITIAL_FORMS": "0", "_save": "1"}
    assert "Please submit at most" in client.post(list_url(Project), listed).content.decode()
    assert Project.objects.get(pk=project.pk).title == "Kept"


def test_the_desk_links_lists_that_show_as_many_as_it_counts():
    make_project(state="draft", title="Without a source")
    make_project(state="in_review", title="Somebody waits for it")
    client = sign_in()
    desk = client.get("/admin/").context
    counts = [*desk["reviews"], *(count for lacking in desk["gaps"] for count in lacking.counts)]
    assert len(counts) > 3
    for count in counts:
        assert client.get(count.url).context["cl"].result_count == count.number
