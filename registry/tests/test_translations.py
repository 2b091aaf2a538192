"""Titles and summaries in the languages of the site: edited, proposed, merged, found, and told to programs."""

import pytest

from registry import ledger
from registry.models import Change, Project
from registry.tests.admin.forms import edited, url
from registry.tests.make import make_project
from registry.tests.sheets import counted, imported, problems
from registry.tests.web.page import read
from registry.tests.web.proposing import correct, one, said

pytestmark = pytest.mark.django_db

FORTRESS, WORDS = "دژ شکی", "مرمت دیوارها"


def test_an_editor_translates_a_record_in_its_form(editor):
    project = make_project(title="Sheki Fortress", translations={"az": {"title": "Köhnə"}})
    form = editor.get(url(project))
    assert 'lang="fa" dir="rtl"' in form.content.decode() and 'lang="az" dir="ltr"' in form.content.decode()
    typed = {"translations-fa-title": f" {FORTRESS} ", "translations-fa-summary": WORDS, "translations-az-title": ""}
    assert editor.post(url(project), edited(form, **typed)).status_code == 302
    project.refresh_from_db()
    assert project.translations == {"fa": {"title": FORTRESS, "summary": WORDS}}
    assert Change.objects.of(project.pk).first().after == {"translations": project.translations}
    assert FORTRESS in editor.get(url(project)).content.decode()
    assert FORTRESS in editor.get(url(project, "history")).content.decode()


def test_a_form_without_translations_leaves_them_as_they_are(editor):
    project = make_project(translations={"fa": {"title": FORTRESS}})
    sent = {n: v for n, v in edited(editor.get(url(project)), title="New").items() if not n.startswith("translations-")}
    assert editor.post(url(project), sent).status_code == 302
    project.refresh_from_db()
    assert (project.title, project.translations) == ("New", {"fa": {"title": FORTRESS}})


def test_anybody_proposes_a_translation_from_the_page_in_their_language(client):
    project = make_project(title="Sheki Fortress", summary="Walls.", translations={"az": {"title": "Şəki qalası"}})
    page = f"/fa/projects/{project.pk}/"
    address = f"{page}correct/?field=translations"
    assert address in read(client, page).links
    assert address.replace("/fa/", "/az/") not in read(client, page.replace("/fa/", "/az/")).links
    form = read(client, address)
    assert 'name="translations-fa-title"' in form.html and ("translations-az-title", "Şəki qalası") in form.hidden
    typed = {"translations-fa-title": FORTRESS, "translations-fa-summary": "", **dict(form.hidden)}
    sent = client.post(address, typed | {"where": "-", "consent": "on"}, REMOTE_ADDR="198.51.100.7")
    assert sent.status_code == 302, said(sent)
    assert one().proposed == {"translations": {"az": {"title": "Şəki qalası"}, "fa": {"title": FORTRESS}}}
    assert FORTRESS in read(client, sent["Location"]).text


def test_an_empty_or_too_long_translation_is_told(client):
    project = make_project()
    long = correct(client, project, "translations", **{"translations-ru-title": "ж" * 301})
    assert long.status_code == 400 and "longer than 300 characters" in said(long)


def test_what_was_accepted_stands_on_the_page_and_is_found(client):
    project = make_project(title="Sheki Fortress")
    project.translations = {"fa": {"title": FORTRESS, "summary": WORDS}}
    with ledger.batch(by=None, reason="For a test") as batch:
        batch.save(project, expected=project.version)
    for address in (f"/search/?q={FORTRESS}", f"/fa/projects/?q={WORDS}", "/ru/search/?q=دیوارها"):
        assert any(link.endswith(f"/projects/{project.pk}/") for link in read(client, address).links), address


def test_programs_read_translations_by_language_and_only_what_there_is(client):
    project = make_project(translations={"fa": {"title": FORTRESS}})
    given = client.get(f"/api/v1/projects/{project.pk}/").json()
    assert given["translations"] == {"fa": {"title": FORTRESS}}
    assert list(given).index("translations") == list(given).index("other_names") + 1
    bare = make_project()
    assert client.get(f"/api/v1/projects/{bare.pk}/").json()["translations"] == {}


def test_a_merged_record_keeps_the_translations_of_both():
    kept = make_project(title="One", translations={"fa": {"title": FORTRESS}, "az": {"title": "Bir"}})
    lost = make_project(title="Two", translations={"fa": {"title": "دو", "summary": WORDS}, "ru": {"title": "Два"}})
    seen = (lost.version, kept.version)
    ledger.merge(lost, into=kept, by=None, reason="The same", expected=seen, taken=set())
    kept = Project.objects.get(pk=kept.pk)
    assert kept.translations == {
        "az": {"title": "Bir"},
        "fa": {"title": FORTRESS, "summary": WORDS},
        "ru": {"title": "Два"},
    }


def test_a_sheet_brings_translations_and_says_what_is_wrong_with_them():
    sheet = imported(f"title,translations\nFort,fa | {FORTRESS} | {WORDS}\n".encode())
    assert counted(sheet) == {"new": 1}, problems(sheet)
    assert Project.objects.get().translations == {"fa": {"title": FORTRESS, "summary": WORDS}}
    refused = imported(b"title,translations\nMill,de | Turm\nTower,fa\n")
    assert counted(refused) == {"refused": 2}
    assert "is not a language of the site" in str(problems(refused)) and "three parts" in str(problems(refused))
