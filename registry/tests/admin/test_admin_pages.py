"""Every page of the admin answers, for every noun, and a list costs the same for one row and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import ledger
from registry.admin.projects import ProjectAdmin
from registry.models import ENTRIES, Change, Project
from registry.tests.admin.forms import list_url, sign_in, url
from registry.tests.make import MAKERS, make_project, make_region, make_statement

pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model._meta.model_name)


@nouns
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_every_page_of_a_record_answers(model, page):
    entry = MAKERS[model]()
    assert sign_in().get(url(entry, page)).status_code == 200


@nouns
def test_every_list_and_empty_form_answers(model):
    client = sign_in()
    MAKERS[model]()
    assert client.get(list_url(model)).status_code == 200
    assert client.get(list_url(model) + "add/").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["", "registry/change/", "registry/user/", "registry/user/add/", "auth/group/", "password_change/", "login/"],
)
def test_every_other_page_answers(path):
    make_statement()
    assert sign_in().get(f"/admin/{path}").status_code in {200, 302}


@nouns
@pytest.mark.parametrize("group", [None, "Publishers"], ids=["administrator", "publisher of a region"])
def test_a_list_costs_the_same_for_one_row_and_for_ten(model, group):
    client = sign_in(group)
    client.user.regions.add(make_region())
    given = {"regions": [make_region()]} if "regions" in {f.name for f in model._meta.many_to_many} else {}
    MAKERS[model](**given)
    client.get(list_url(model))
    with CaptureQueriesContext(connection) as one:
        client.get(list_url(model))
    for _row in range(10):
        MAKERS[model](**given)
    with CaptureQueriesContext(connection) as ten:
        response = client.get(list_url(model))
    assert response.context["cl"].result_count > 10
    assert len(ten) == len(one), [q["sql"][:150] for q in ten][: len(ten)]


def test_every_page_of_a_long_list_goes_on_where_the_one_before_ended(monkeypatch):
    monkeypatch.setattr("registry.admin.lists.EntryLists.list_per_page", 3)
    projects = [make_project(title=f"Work {n}") for n in (5, 1, 7, 3, 6, 2, 4, 8)]
    in_order = [project.pk for project in sorted(projects, key=lambda project: project.title)]
    order = [str(ProjectAdmin.list_display.index("title") + 1)]
    for sign, expected in (("", in_order), ("-", in_order[::-1])):
        pages = [sign_in().get(list_url(Project), {"o": f"{sign}{order[0]}", "p": n}) for n in (1, 2, 3)]
        shown = [[entry.pk for entry in page.context["cl"].result_list] for page in pages]
        assert shown == [expected[:3], expected[3:6], expected[6:]]


def test_a_history_costs_the_same_for_four_changes_and_for_twenty_four():
    client, project, places = sign_in("Publishers"), make_project(), [make_region(), make_region()]
    client.user.regions.set(places)
    address = url(project, "history")
    spent = []
    for until in (4, 24):
        for number in range(Change.objects.of(project.pk).count(), until):
            with ledger.batch(by=client.user, reason="Another place") as batch:
                batch.save(project, expected=project.version, related={"regions": [places[number % 2]]})
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        assert page.count("Undo this change") == until
        spent.append(len(queries))
    assert spent[0] == spent[1], [q["sql"][:150] for q in queries]


@nouns
def test_the_list_finds_a_record_by_folded_words_and_by_its_code(model):
    entry = MAKERS[model](title="Şəki məbədi")
    MAKERS[model](title="Something else")
    for words in ("seki mebedi", entry.pk):
        shown = sign_in().get(list_url(model), {"q": words}).context["cl"].result_list
        assert [found.pk for found in shown] == [entry.pk]


def test_a_search_that_cannot_be_answered_says_why():
    response = sign_in().get("/admin/registry/project/", {"q": "word " * 30})
    assert response.status_code == 200
    assert "at most 16 words" in response.content.decode()
