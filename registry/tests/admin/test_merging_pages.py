"""Merging in the admin: the other record is found, both are seen side by side, one undo parts them again."""

import pytest

from registry.models import Change, Project, State
from registry.tests.admin.forms import fields, list_url, sign_in, url
from registry.tests.make import make_funding, make_project, make_region

pytestmark = pytest.mark.django_db


def page_of(client, lost, kept):
    return client.get(f"{list_url(type(lost))}merge/", {"lost": lost.pk, "kept": kept.pk})


def merge(client, lost, kept, **typed):
    sent = fields(page_of(client, lost, kept)) | typed
    return client.post(f"{list_url(type(lost))}merge/", sent, follow=True)


def test_two_records_chosen_in_a_list_become_one_with_the_chosen_values():
    client, kept, lost = sign_in("Stewards"), make_project(title="A"), make_project(title="B", summary="Words.")
    make_funding(project=lost)
    chosen = {"action": "merge", "_selected_action": [kept.pk, lost.pk]}
    page = client.post(list_url(Project), chosen, follow=True)
    html = page.content.decode()
    assert page.redirect_chain[0][0].endswith(f"merge/?kept={kept.pk}&lost={lost.pk}")
    assert f"1 record will point to {kept.pk} instead" in html and "Funding 1" in html
    assert fields(page)["take-summary"] == ["lost"] and fields(page)["take-title"] == ["kept"]
    html = merge(client, lost, kept, **{"take-title": "lost", "reason": "Entered twice"}).content.decode()
    assert f"{lost.pk} is now part of {kept.pk}. 1 record points to it now." in html
    kept.refresh_from_db()
    assert (kept.title, kept.summary, kept.other_names[0]["name"]) == ("B", "Words.", "A")
    assert Change.objects.of(kept.pk).first().by == client.user


def test_each_history_names_the_other_record_and_the_merged_one_is_read_only():
    client, kept, lost = sign_in("Stewards"), make_project(title="Alpha"), make_project(title="Beta")
    merge(client, lost, kept)
    assert url(lost, "history") in client.get(url(kept, "history")).content.decode()
    assert url(kept, "history") in client.get(url(lost, "history")).content.decode()
    page = client.get(url(lost))
    assert "stated" in page.context and 'name="_save"' not in page.content.decode()
    assert f"It is the same as {kept.pk}" in page.content.decode()


def test_the_other_record_is_found_by_its_likeness_and_by_words():
    client, lost = sign_in("Stewards"), make_project(title="Sheki Fortress Restoration")
    alike, other = make_project(title="Restoration of Şəki fortress"), make_project(title="A mill")
    address = f"{list_url(Project)}merge/"
    assert f'value="{alike.pk}"' in client.get(address, {"lost": lost.pk}).content.decode()
    assert f'value="{other.pk}"' in client.get(address, {"lost": lost.pk, "q": "mill"}).content.decode()
    assert client.get(address).status_code == 302


def test_a_record_that_was_changed_meanwhile_is_not_merged():
    client, kept, lost = sign_in("Stewards"), make_project(title="A"), make_project(title="B")
    page = merge(client, lost, kept, lost_version="7")
    assert page.status_code == 409 and "was changed by somebody else" in page.content.decode()
    assert Project.objects.get(pk=lost.pk).is_public


def test_what_cannot_become_one_says_why():
    client = sign_in("Stewards")
    country = make_region(kind="country")
    city = make_region(parent=country)
    assert "belongs to" in page_of(client, country, city).content.decode()
    assert "into itself" in page_of(client, city, city).content.decode()


@pytest.mark.parametrize("group", ["Contributors", "Editors", "Publishers", "Auditors"])
def test_only_those_with_the_right_merge(group):
    client, kept, lost = sign_in(group), make_project(title="A"), make_project(title="B")
    assert page_of(client, lost, kept).status_code == 403
    sent = {"lost": lost.pk, "kept": kept.pk, "lost_version": "1", "kept_version": "1"}
    assert client.post(f"{list_url(Project)}merge/", sent).status_code == 403
    assert Project.objects.get(pk=lost.pk).is_public


def test_a_record_of_other_regions_is_not_merged():
    mine, other = make_region(), make_region()
    kept, lost = make_project(regions=[mine]), make_project(regions=[other], state=State.DRAFT)
    client = sign_in("Stewards")
    client.user.regions.add(mine)
    assert page_of(client, lost, kept).status_code in {302, 403}


def test_one_undo_parts_the_two_again_for_those_who_may_merge():
    client, kept, lost = sign_in("Stewards"), make_project(title="A"), make_project(title="B")
    merge(client, lost, kept)
    undo = f"/admin/batches/{Change.objects.of(lost.pk).first().batch}/undo/"
    assert undo not in sign_in("Publishers").get(url(kept, "history")).content.decode()
    assert undo in client.get(url(kept, "history")).content.decode()
    client.post(undo, fields(client.get(undo)) | {"reason": "They are two"})
    assert {project.title for project in Project.objects.public()} == {"A", "B"}
    assert Project.objects.get(pk=kept.pk).other_names == []
