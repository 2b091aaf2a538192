"""Accounts: complete in one form, chosen passwords by mail, and no role that is not the giver's to give."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client

from registry.models import User
from registry.tests.admin.forms import fields, groups, sign_in
from registry.tests.make import make_region, make_user

pytestmark = pytest.mark.django_db
USERS = "/admin/registry/user/"


def role(name: str) -> int:
    return groups().get(name=name).pk


def add(client, **given):
    form = fields(client.get(f"{USERS}add/"), "user_form")
    return client.post(f"{USERS}add/", form | {"username": "berta", "email": "Berta@Example.org"} | given)


def member_of(name: str, **given) -> User:
    user = make_user(is_superuser=False, **given)
    user.groups.set([role(name)])
    return user


def test_somebody_new_is_complete_at_once_and_chooses_the_password_by_mail(django_capture_on_commit_callbacks):
    boss, region = sign_in("Administrators"), make_region()
    with django_capture_on_commit_callbacks(execute=True):
        add(boss, first_name="Berta", groups=[role("Editors")], regions=[region.pk])
    berta = User.objects.get(username="berta")
    assert (berta.is_staff, berta.email, berta.role) == (True, "berta@example.org", "Editors")
    assert list(berta.regions.all()) == [region] and not berta.has_usable_password()
    [message] = mail.outbox
    [link] = re.findall(r"http://testserver(\S+)", message.body)
    stranger, phrase = Client(), "three green waterlines"
    form = stranger.get(link, follow=True)
    stranger.post(form.redirect_chain[-1][0], {"password1": phrase, "password2": phrase})
    answer = stranger.post("/accounts/login/", {"login": "berta", "password": phrase})
    assert answer.url == "/admin/" and stranger.get("/admin/").status_code == 200
    assert LogEntry.objects.get(object_id=str(berta.pk)).user == boss.user


def test_a_mail_without_an_address_is_refused_and_a_partner_needs_neither():
    boss = sign_in("Administrators")
    refused = add(boss, email="", groups=[role("Editors")])
    assert "Without an address" in refused.content.decode() and not User.objects.filter(username="berta")
    add(boss, email="", groups=[role("Partners")])
    partner = User.objects.get(username="berta")
    assert not partner.is_staff and not partner.has_usable_password() and mail.outbox == []


def test_the_desk_can_be_withheld():
    form = fields(sign_in().get(f"{USERS}add/"), "user_form")
    assert form["is_staff"] == ["on"]
    client = sign_in()
    client.post(f"{USERS}add/", {k: v for k, v in form.items() if k != "is_staff"} | {"username": "berta"})
    assert not User.objects.get(username="berta").is_staff


@pytest.mark.parametrize("given", [{"is_superuser": "on"}, {"user_permissions": "all"}, {"groups": "Administrators"}])
def test_an_administrator_gives_neither_superpowers_nor_single_permissions_nor_the_own_role(given):
    boss, editor = sign_in("Administrators"), member_of("Editors")
    sent = dict(given)
    if "groups" in sent:
        sent["groups"] = [role("Editors"), role("Administrators")]
    if "user_permissions" in sent:
        sent["user_permissions"] = list(Permission.objects.values_list("pk", flat=True)[:3])
    form = fields(boss.get(f"{USERS}{editor.pk}/change/"), "user_form")
    boss.post(f"{USERS}{editor.pk}/change/", form | sent)
    add(boss, **sent)
    for user in User.objects.exclude(pk=boss.user.pk):
        assert not user.is_superuser and not user.user_permissions.exists() and user.role != "Administrators"


@pytest.mark.parametrize("page", ["change/", "password/", "factors/", "invitation/", "delete/"])
@pytest.mark.parametrize("other", ["superuser", "administrator"])
def test_those_who_manage_accounts_are_out_of_each_others_reach(page, other):
    boss = sign_in("Administrators")
    user = (
        make_user(email="c@example.org") if other == "superuser" else member_of("Administrators", email="c@example.org")
    )
    before = User.objects.values().get(pk=user.pk)
    phrase = {"password1": "three green waterlines", "password2": "three green waterlines", "usable_password": "true"}
    sent = phrase | {"username": "taken", "email": "boss@example.org", "post": "yes"}
    assert boss.post(f"{USERS}{user.pk}/{page}", sent).status_code == 403
    assert User.objects.values().get(pk=user.pk) == before and mail.outbox == []


def test_an_administrator_changes_the_own_name_and_not_the_own_role():
    boss = sign_in("Administrators")
    form = fields(boss.get(f"{USERS}{boss.user.pk}/change/"), "user_form")
    boss.post(f"{USERS}{boss.user.pk}/change/", form | {"first_name": "Cleo", "groups": [role("Editors")]})
    found = User.objects.get(pk=boss.user.pk)
    assert (found.first_name, found.role, found.is_active) == ("Cleo", "Administrators", True)


def test_only_a_superuser_puts_somebody_into_the_administrators_and_out_of_them():
    client, editor = sign_in(), member_of("Editors")
    for name in ("Administrators", "Editors"):
        form = fields(client.get(f"{USERS}{editor.pk}/change/"), "user_form")
        client.post(f"{USERS}{editor.pk}/change/", form | {"groups": [role(name)]})
        assert User.objects.get(pk=editor.pk).role == name


def test_the_invitation_is_sent_again_from_the_account():
    boss, editor = sign_in("Administrators"), member_of("Editors", email="e@example.org")
    assert "Send the mail to choose a password" in boss.get(f"{USERS}{editor.pk}/change/").content.decode()
    boss.post(f"{USERS}{editor.pk}/invitation/")
    assert [message.to for message in mail.outbox] == [["e@example.org"]]


def test_the_desk_has_no_list_of_a_library_but_of_the_groups():
    """There the secrets of signing in could be read and set, and work in the background be changed."""
    libraries = {model._meta.label for model in admin.site._registry if model._meta.app_label != "registry"}
    assert libraries == {"auth.Group"}
