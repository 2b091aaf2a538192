"""Who may do what in the admin: contributors draft and propose, editors publish and correct, and delete drafts."""

import pytest
from django.contrib.auth.models import Permission

from registry.models import ENTRIES, Change, Project, Proposal, Region, State, User
from registry.tests.admin.forms import edited, fields, list_url, sign_in, url
from registry.tests.make import make_draft, make_project, make_region, make_user

pytestmark = pytest.mark.django_db


def test_a_contributor_drafts_and_sends_for_review_but_cannot_publish():
    client, project = sign_in("Contributors"), make_draft()
    page = client.get(url(project))
    assert "_publish" not in page.content.decode()
    assert client.post(url(project), edited(page, _publish="1")).status_code == 403
    client.post(url(project), edited(page, title="Ready", _review="1"))
    project.refresh_from_db()
    assert (project.title, project.state) == ("Ready", State.IN_REVIEW)
    sent = {"action": "publish", "_selected_action": [project.pk], "confirmed": "1", f"version-{project.pk}": "2"}
    client.post(list_url(Project), sent)
    assert Project.objects.get(pk=project.pk).state == State.IN_REVIEW


def test_what_the_public_reads_changes_through_editors_and_of_contributors_becomes_a_proposal():
    client, project = sign_in("Contributors"), make_project(title="Public")
    page = client.get(url(project))
    assert "Propose the change" in page.content.decode()
    client.post(url(project), edited(page, title="Changed", _publish="1"))
    row = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-code": project.pk, "form-0-version": "1"}
    client.post(list_url(Project), row | {"form-0-title": "Changed", "form-0-status": "completed", "_save": "1"})
    assert Project.objects.get(pk=project.pk).version == 1
    editor = sign_in("Editors")
    editor.post(url(project), edited(editor.get(url(project)), title="Changed"))
    assert Project.objects.get(pk=project.pk).title == "Changed"


def test_editors_publish_and_of_regions_they_propose():
    client, project, region = sign_in("Editors"), make_draft(), make_region(title="Named")
    client.post(url(project), edited(client.get(url(project)), _publish="1"))
    assert Project.objects.get(pk=project.pk).is_public
    client.post(url(region), edited(client.get(url(region)), title="Otherwise"))
    assert Region.objects.get(pk=region.pk).title == "Named" and Proposal.objects.get().by == client.user


def test_a_conflict_page_does_not_publish_for_somebody_who_may_not():
    client, project = sign_in("Contributors"), make_draft(title="Before")
    values = edited(client.get(url(project)), title="Mine")
    publisher = sign_in("Publishers")
    publisher.post(url(project), edited(publisher.get(url(project)), title="Theirs", _publish="1"))
    client.post(url(project), values)
    assert Project.objects.get(pk=project.pk).title == "Theirs"
    assert Proposal.objects.get().proposed == {"title": "Mine"}


def test_only_editors_delete_and_undo_what_was_public():
    project, unwanted = make_project(title="Old"), make_draft()
    assert sign_in("Contributors").get(url(unwanted, "delete")).status_code == 403
    assert sign_in("Editors").get(url(unwanted, "delete")).status_code == 200
    publisher = sign_in("Publishers")
    publisher.post(url(project), edited(publisher.get(url(project)), title="New"))
    batch = Change.objects.of(project.pk).first().batch
    assert sign_in("Contributors").post(f"/admin/batches/{batch}/undo/").status_code == 403
    assert "Undo this change" not in sign_in("Contributors").get(url(project, "history")).content.decode()
    publisher.post(f"/admin/batches/{batch}/undo/")
    assert Project.objects.get(pk=project.pk).title == "Old"


def test_an_account_with_regions_changes_only_what_lies_within_them_or_nowhere():
    azerbaijan, iran = make_region(title="Azerbaijan", kind="country"), make_region(title="Iran", kind="country")
    baku = make_region(title="Baku", parent=azerbaijan)
    client = sign_in("Publishers")
    client.user.regions.add(azerbaijan)
    for place, changed in ((baku, "Changed"), (iran, ""), (None, "Changed")):
        project = make_draft(regions=[place] if place else [])
        page = sign_in().get(url(project))
        client.post(url(project), edited(page, summary="Changed"))
        assert Project.objects.get(pk=project.pk).summary == changed


def test_an_undo_deletes_nothing_in_a_region_that_the_account_does_not_look_after():
    here, there = make_region(title="Here"), make_region(title="There")
    client = sign_in("Editors")
    client.user.regions.add(here)
    for place, status, left in ((there, 403, True), (here, 302, False)):
        project = make_draft(regions=[place])
        batch = Change.objects.of(project.pk).get().batch
        assert ("Undo this change" in client.get(url(project, "history")).content.decode()) != left
        assert client.post(f"/admin/batches/{batch}/undo/").status_code == status
        assert Project.objects.filter(pk=project.pk).exists() == left


def test_somebody_without_an_account_or_a_role_sees_nothing():
    project = make_project()
    outsider = sign_in("Contributors", is_staff=False)
    assert outsider.get(url(project)).status_code == 302
    for model in ENTRIES:
        assert sign_in("Contributors").get(list_url(model)).status_code == 200
    roleless = sign_in(is_superuser=False)
    assert roleless.get(list_url(Project)).status_code == 403
    assert (
        roleless.get("/admin/autocomplete/?app_label=registry&model_name=project&field_name=event").status_code == 403
    )
    assert roleless.get("/admin/records/?term=restoration").json()["results"] == []
    assert "no role yet" in roleless.get("/admin/").content.decode()


def test_an_account_is_made_with_a_hashed_password_a_group_and_regions():
    client, region = sign_in(), make_region()
    form = fields(client.get("/admin/registry/user/add/"), "user_form")
    phrase = "three green waterlines"
    response = client.post(
        "/admin/registry/user/add/",
        form | {"username": "new", "usable_password": "true", "password1": phrase, "password2": phrase},
    )
    user = User.objects.get(username="new")
    assert response.status_code == 302 and user.check_password(phrase) and user.password != phrase
    values = fields(client.get(f"/admin/registry/user/{user.pk}/change/"), "user_form")
    client.post(f"/admin/registry/user/{user.pk}/change/", values | {"regions": [region.pk], "is_staff": "on"})
    assert list(user.regions.all()) == [region]


def test_only_an_administrator_makes_administrators():
    keeper = sign_in(is_superuser=False)
    keeper.user.user_permissions.set(Permission.objects.filter(content_type__model="user"))
    other, boss = make_user(is_superuser=False), make_user()
    values = fields(keeper.get(f"/admin/registry/user/{other.pk}/change/"), "user_form")
    keeper.post(f"/admin/registry/user/{other.pk}/change/", values | {"is_superuser": "on"})
    other.refresh_from_db()
    assert not other.is_superuser
    assert keeper.post(f"/admin/registry/user/{boss.pk}/change/", values).status_code == 403
