"""Saved views of a list: one's own and those lent to everybody, holding nothing but the list's own parameters."""

import pytest

from registry.models import Project, SavedFilter, Site
from registry.tests.admin.forms import list_url, sign_in
from registry.tests.make import make_project

pytestmark = pytest.mark.django_db
LIST, VIEWS = list_url(Project), list_url(Project) + "views/"


def save(client, name="Mine", query="state__exact=draft&o=-1&q=mill", **given):
    return client.post(VIEWS, {"name": name, "query": query} | given)


def test_a_view_is_saved_shown_above_the_list_and_narrows_it():
    client = sign_in("Contributors")
    make_project(title="An old mill", state="draft")
    make_project(title="A published mill")
    said = client.get(LIST + "?state__exact=draft&q=mill&p=1").content.decode()
    assert 'value="q=mill&amp;state__exact=draft"' in said
    answer = save(client)
    assert answer.url == LIST + "?o=-1&q=mill&state__exact=draft"
    page = client.get(answer.url)
    assert [entry.title for entry in page.context["cl"].result_list] == ["An old mill"]
    assert 'aria-current="true">Mine' in page.content.decode()
    assert ">Mine" not in client.get(list_url(Site)).content.decode()


def test_a_view_keeps_the_lists_own_parameters_only_and_leads_nowhere_else():
    save(sign_in("Contributors"), query="https://evil.example/?x=1&regions__title=Baku&state__exact=draft&_popup=1&p=3")
    assert SavedFilter.objects.get().query == "state__exact=draft"


def test_a_view_is_for_oneself_unless_it_is_lent_and_only_its_owner_changes_it():
    owner, other = sign_in("Editors", username="owner"), sign_in("Contributors")
    save(owner, "Only mine")
    save(owner, "For all", shared="on")
    said = other.get(LIST).content.decode()
    assert "For all" in said and "owner" in said and "Only mine" not in said
    lent = SavedFilter.objects.get(name="For all")
    assert other.post(f"{VIEWS}{lent.pk}/", {"_delete": "1"}).status_code == 404
    owner.post(f"{VIEWS}{lent.pk}/", {"name": "Renamed"})
    assert "Renamed" not in other.get(LIST).content.decode() and "Renamed" in owner.get(LIST).content.decode()
    owner.post(f"{VIEWS}{lent.pk}/", {"_delete": "1"})
    assert SavedFilter.objects.get().name == "Only mine"


def test_a_name_is_used_once_and_what_cannot_be_kept_is_refused_in_words():
    client = sign_in("Editors")
    save(client)
    save(client, query="state__exact=published")
    assert SavedFilter.objects.get().query == "state__exact=published"
    for given in ({"name": ""}, {"name": "un\u202eseen"}, {"query": "q=" + "x" * 2000, "name": "Long"}):
        answer = save(client, **given)
        assert answer.status_code == 400 and "Nothing was stored" in answer.content.decode()
    save(client, "Other")
    other = SavedFilter.objects.get(name="Other")
    answer = client.post(f"{VIEWS}{other.pk}/", {"name": "Mine"})
    assert answer.status_code == 400 and "a filter with this name already" in answer.content.decode()
    assert client.get(VIEWS).status_code == 405
