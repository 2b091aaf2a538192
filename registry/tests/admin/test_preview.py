"""A preview: the public page of what is not public, for its editor alone, and nothing of it stays."""

import pytest
from django.db import connection

from registry.models import Change, Citation, Project, Site, State
from registry.tests.admin.forms import edited, fields, list_url, sign_in, url
from registry.tests.make import MAKERS, make_project, make_region, make_site, make_source

pytestmark = pytest.mark.django_db


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value, is_called FROM registry_project_code")
        return cursor.fetchone(), Change.objects.count(), list(Project.objects.order_by("pk").values())


def preview(client, entry, **typed):
    return client.post(url(entry, "preview"), edited(client.get(url(entry)), **typed))


def test_what_is_typed_is_shown_on_the_public_page_and_nothing_is_stored():
    client, place = sign_in("Editors"), make_region(title="Sheki")
    draft = make_project(state=State.DRAFT, title="Old", citations=[Citation(source=make_source(), locator="row 7")])
    before = stored()
    page = preview(client, draft, title="A new title", regions=[place.pk])
    html = page.content.decode()
    assert page.status_code == 200 and "A new title" in html and "Sheki" in html and "row 7" in html
    assert "Nobody but you sees this page." in html and 'class="masthead"' in html
    assert "no-store" in page["Cache-Control"] and not page.has_header("ETag")
    assert stored() == before
    assert client.get(f"/projects/{draft.pk}/").status_code == 404


def test_a_new_record_is_previewed_before_it_has_a_code():
    client, before = sign_in("Contributors"), stored()
    add = f"{list_url(Project)}add/"
    typed = fields(client.get(add), "project_form") | {"title": "Not there yet"}
    page = client.post(f"{add}preview/", typed)
    assert page.status_code == 200 and "Not there yet" in page.content.decode()
    assert stored() == before


def test_a_published_record_is_previewed_with_what_is_typed():
    client, project = sign_in("Editors"), make_project(title="Old")
    assert "New words" in preview(client, project, title="New words").content.decode()
    assert "New words" not in client.get(f"/projects/{project.pk}/").content.decode()


def test_mistakes_are_said_in_words_and_previewed_by_nobody():
    client, draft = sign_in("Editors"), make_project(state=State.DRAFT)
    page = preview(client, draft, dates="not a date", title="")
    html = page.content.decode()
    assert page.status_code == 400 and "Title: This field is required." in html and "is not a date" in html


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.noun)
def test_the_stored_draft_of_every_noun_is_shown_to_those_who_may_read_it(model):
    draft = MAKERS[model](state=State.DRAFT, title="Only a draft")
    page = sign_in("Auditors").get(f"{url(draft, 'preview')}?language=en-gb")
    assert page.status_code == 200 and "Only a draft" in page.content.decode()
    assert sign_in("Partners").get(url(draft, "preview")).status_code in {302, 403}
    assert model.objects.get(pk=draft.pk).state == State.DRAFT


def test_nobody_previews_the_draft_of_a_region_they_do_not_look_after():
    mine, other = make_region(), make_region()
    draft, client = make_project(state=State.DRAFT, regions=[other]), sign_in("Editors")
    client.user.regions.add(mine)
    assert client.get(url(draft, "preview")).status_code == 302
    assert client.post(url(draft, "preview"), {"title": "x"}).status_code == 302


def test_a_preview_leaves_nothing_in_the_caches_of_the_public():
    region, client = make_region(title="Sheki"), sign_in("Editors")
    project = make_project(regions=[region], state=State.DRAFT, title="Secret work")
    preview(client, project)
    for address in (f"/regions/{region.pk}/", "/projects/", "/", "/api/v1/projects/"):
        assert "Secret work" not in client.get(address).content.decode()


def test_the_point_of_a_previewed_site_is_as_exact_as_the_rule_has_it():
    site, client = (
        make_site(title="Mound", heritage_types=["archaeological_site"], exact=("47.1234", "41.2345")),
        sign_in(),
    )
    before = Site.objects.values().get(pk=site.pk)
    page = preview(client, site, title="Mound again").content.decode()
    assert "Mound again" in page and "47.1234" not in page
    assert Site.objects.values().get(pk=site.pk) == before
