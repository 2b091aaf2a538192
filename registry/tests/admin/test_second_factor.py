"""The second step of signing in: who has to have one, that it is asked for, and how it goes away."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as real
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group
from django.test import Client

from registry.models import User
from registry.tests.admin.forms import sign_in
from registry.tests.make import make_project, make_user

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = "/accounts/second-step/"


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = "required"


def code(offset: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1] + offset))


def with_app(user: User) -> Authenticator:
    return TOTP.activate(user, SECRET).instance


def by_password(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": "a good pass phrase"})
    return client


def starting(**given: str) -> subprocess.CompletedProcess:
    """What the register says when it starts with these variables."""
    variables = os.environ | {"SECRET_KEY": "k" * 60} | given
    run = [sys.executable, "-c", "from heritage import settings; print(settings.SECOND_FACTOR)"]
    return subprocess.run(run, env=variables, cwd=real.BASE_DIR, capture_output=True, text=True)  # noqa: S603


def test_facing_the_public_a_second_factor_is_required_and_cannot_be_switched_off():
    public = {"PUBLIC_URL": "https://register.example", "SECOND_FACTOR": ""}
    assert starting(**public).stdout.strip() == "required"
    refused = starting(**public | {"SECOND_FACTOR": "asked"})
    assert refused.returncode and "With PUBLIC_URL a second factor is required" in refused.stderr
    assert starting(PUBLIC_URL="", SECOND_FACTOR="").stdout.strip() == "asked"
    assert starting(PUBLIC_URL="", SECOND_FACTOR="required").stdout.strip() == "required"


@pytest.mark.parametrize("group", ["Publishers", "Stewards", "Auditors", "Administrators", None])
def test_a_role_that_needs_one_sees_no_page_of_the_desk_before_it_is_set_up(required, group):
    client, project = sign_in(group), make_project()
    pages = ["", "registry/project/", f"registry/project/{project.pk}/change/", "records/?term=a", "jsi18n/"]
    pages += ["duty/", "registry/user/", "autocomplete/?app_label=registry&model_name=project&field_name=event"]
    for page in pages:
        assert client.get(f"/admin/{page}").url == STEP, page
    assert "needs a second step" in client.get(STEP).content.decode()
    with_app(client.user)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("group", ["Contributors", "Editors"])
def test_a_role_that_needs_none_goes_on_without(required, group):
    assert sign_in(group).get("/admin/").status_code == 200


def test_while_it_is_lacking_one_can_still_sign_out(required):
    client = sign_in("Publishers")
    client.post("/admin/logout/")
    assert SESSION_KEY not in client.session


def test_recovery_codes_alone_are_no_second_factor(required):
    client = sign_in("Publishers")
    Authenticator.objects.create(user=client.user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert client.get("/admin/").url == STEP


def test_on_this_machine_alone_the_desk_asks_for_it_and_lets_work_go_on():
    assert "set up a second step" in sign_in("Publishers").get("/admin/").content.decode()
    assert "set up a second step" not in sign_in("Editors").get("/admin/").content.decode()


def test_an_app_is_set_up_right_after_signing_in_and_then_asked_for(required):
    user = make_user()
    client = by_password(user)
    page = client.get(f"{STEP}app/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    typed = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
    assert client.post(f"{STEP}app/activate/", {"code": typed}).url == f"{STEP}recovery-codes/"
    assert client.get("/admin/").status_code == 200
    again = by_password(user)
    assert SESSION_KEY not in again.session and again.get("/admin/").url.startswith("/admin/login/")
    assert "one of your recovery codes instead" in again.get(f"{STEP}authenticate/").content.decode()


def test_a_code_lets_in_once_and_a_recovery_code_as_well():
    user = make_user()
    with_app(user)
    given, client, copied = code(), by_password(user), by_password(user)
    assert client.post(f"{STEP}authenticate/", {"code": given}).url == "/admin/"
    assert copied.post(f"{STEP}authenticate/", {"code": given}).status_code == 200
    assert SESSION_KEY in client.session and SESSION_KEY not in copied.session
    client.post(f"{STEP}recovery-codes/generate/")
    recovery = client.get(f"{STEP}recovery-codes/").context["unused_codes"]
    assert copied.post(f"{STEP}authenticate/", {"code": recovery[0]}).url == "/admin/"


def test_guessing_codes_ends_in_waiting_also_for_the_right_one():
    user = make_user()
    with_app(user)
    client = by_password(user)
    answers = [client.post(f"{STEP}authenticate/", {"code": code(90 + n)}) for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    late = client.post(f"{STEP}authenticate/", {"code": code()})
    assert (late.status_code, late["Retry-After"]) == (429, "900") and SESSION_KEY not in client.session


def test_the_last_factor_of_a_role_that_needs_one_stays(required):
    user = make_user()
    only = with_app(user)
    client = by_password(user)
    client.post(f"{STEP}authenticate/", {"code": code()})
    refused = client.post(f"{STEP}app/deactivate/")
    assert "add another way first" in refused.content.decode() and Authenticator.objects.filter(pk=only.pk).exists()
    key = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    only.delete()
    client.post(f"{STEP}webauthn/keys/{key.pk}/remove/")
    assert Authenticator.objects.filter(pk=key.pk).exists()
    user.is_superuser = False
    user.save()
    user.groups.set(Group.objects.filter(name="Editors"))
    client.post(f"{STEP}webauthn/keys/{key.pk}/remove/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_an_administrator_takes_the_factors_of_somebody_away_and_the_history_keeps_it():
    boss, publisher = sign_in("Administrators"), make_user(is_superuser=False)
    publisher.groups.set(Group.objects.filter(name="Publishers"))
    with_app(publisher)
    address = f"/admin/registry/user/{publisher.pk}/factors/"
    assert boss.get(address).status_code == 200 and Authenticator.objects.count() == 1
    assert sign_in("Editors").post(address).status_code == 403 and Authenticator.objects.count() == 1
    boss.post(address)
    assert not Authenticator.objects.exists()
    entry = LogEntry.objects.get(object_id=str(publisher.pk))
    assert (entry.user, "second step" in entry.get_change_message()) == (boss.user, True)


@pytest.mark.parametrize("who", ["superuser", "administrator"])
def test_an_administrator_does_not_reach_the_factors_of_those_who_manage_accounts(who):
    boss, other = sign_in("Administrators"), make_user(is_superuser=who == "superuser")
    other.groups.set(Group.objects.filter(name="Administrators") if who == "administrator" else [])
    with_app(other)
    assert boss.post(f"/admin/registry/user/{other.pk}/factors/").status_code == 403
    assert Authenticator.objects.count() == 1
