"""The front door: who comes in, who has to wait, and what a stranger learns from the answers."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client

from registry.models import User
from registry.tests.admin.forms import fields, sign_in
from registry.tests.make import make_user

pytestmark = pytest.mark.django_db
PHRASE, WRONG = "a good pass phrase", "another one"
LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"


def attempt(client, login, password=WRONG, **given):
    return client.post(LOGIN, {"login": login, "password": password, **given.pop("also", {})}, **given)


def signed_in(client) -> bool:
    return SESSION_KEY in client.session


@pytest.mark.parametrize("login", ["anna", "ANNA", "anna@example.org", "Anna@Example.org"])
def test_an_editor_signs_in_by_name_or_address_and_the_session_is_a_new_one(client, login):
    make_user(username="anna", email="anna@example.org")
    client.get("/admin/", follow=True)
    client.session.save()
    before = client.cookies["sessionid"].value
    answer = attempt(client, login, PHRASE, also={"next": "/admin/registry/project/"})
    assert (answer.status_code, answer.url) == (302, "/admin/registry/project/")
    assert signed_in(client) and client.cookies["sessionid"].value != before


def test_the_desk_leads_to_signing_in_and_back(client):
    answer = client.get("/admin/registry/project/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/registry/project/"
    assert fields(answer)["next"] == ["/admin/registry/project/"]


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_signing_in_leads_nowhere_but_to_the_register(client, elsewhere):
    make_user(username="anna")
    assert attempt(client, "anna", PHRASE, also={"next": elsewhere}).url == "/admin/"
    assert client.get(f"/admin/login/?next={elsewhere}").url == "/admin/"
    assert client.post("/accounts/logout/", {"next": elsewhere}).url == LOGIN


def test_a_wrong_password_and_an_unknown_account_sound_the_same(client):
    make_user(username="anna", email="anna@example.org")
    pages = [attempt(client, login) for login in ("anna", "nobody", "anna@example.org", "nobody@example.org")]
    said = {re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages}
    assert len(said) == 1 and {page.status_code for page in pages} == {200}


def test_asking_for_a_new_password_tells_nobody_whether_the_account_exists(client):
    make_user(username="anna", email="anna@example.org")
    known = client.post(RESET, {"email": "anna@example.org"}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain and known.content == unknown.content
    assert [message.to for message in mail.outbox] == [["anna@example.org"]]


def test_a_mail_server_that_is_away_tells_nothing_either(client, settings, caplog):
    make_user(username="anna", email="anna@example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert client.post(RESET, {"email": "anna@example.org"}).url == f"{RESET}done/"
    assert "could not be sent" in caplog.text and "anna" not in caplog.text


def test_the_mail_leads_to_the_public_address_and_a_new_password_ends_other_sessions(client, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = (
        "https://register.example",
        ["register.example", "www.register.example"],
    )
    anna = make_user(username="anna", email="anna@example.org")
    elsewhere = Client()
    elsewhere.force_login(anna)
    refused = client.post(RESET, {"email": anna.email}, HTTP_HOST="evil.example")
    assert refused.status_code == 400 and mail.outbox == []
    client.post(RESET, {"email": anna.email}, HTTP_HOST="www.register.example", HTTP_X_FORWARDED_HOST="evil.example")
    [link] = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert link.startswith("https://register.example/accounts/password/reset/key/")
    host = {"HTTP_HOST": "register.example"}
    form = client.get(link.removeprefix("https://register.example"), follow=True, **host)
    phrase = "another pass phrase"
    client.post(form.redirect_chain[-1][0], {"password1": phrase, "password2": phrase}, **host)
    assert User.objects.get().check_password(phrase)
    assert elsewhere.get("/admin/", **host).status_code == 302
    again = Client().get(link.removeprefix("https://register.example"), **host)
    assert "works no longer" in again.content.decode()


def test_five_wrong_passwords_lock_the_account_under_all_its_names_and_from_everywhere(client):
    make_user(username="anna", email="anna@example.org")
    names = ["anna", "Anna", "anna@example.org", "ANNA@example.org", "anna"]
    answers = [attempt(client, name, REMOTE_ADDR=f"198.51.{n}.7") for n, name in enumerate(names)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    right = attempt(client, "anna", PHRASE, REMOTE_ADDR="203.0.113.9")
    assert (right.status_code, right["Retry-After"]) == (429, "900") and not signed_in(client)
    assert "15 minutes" in right.content.decode()
    make_user(username="berta")
    assert attempt(client, "berta", PHRASE, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_twenty_guesses_lock_a_network_whatever_the_visitor_claims_to_be(client):
    make_user(username="anna")
    for n in range(20):
        answer = attempt(client, f"guess{n}", REMOTE_ADDR=f"198.51.100.{n}", HTTP_X_FORWARDED_FOR=f"192.0.{n}.1")
    assert answer.status_code == 429
    assert attempt(client, "anna", PHRASE, REMOTE_ADDR="198.51.100.99").status_code == 429
    assert attempt(client, "anna", PHRASE, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_nobody_signs_up(client):
    page = client.get("/accounts/signup/")
    assert page.status_code == 200 and "Accounts are given" in page.content.decode()
    given = {
        "username": "new",
        "email": "n@example.org",
        "password1": "a long pass phrase",
        "password2": "a long pass phrase",
    }
    client.post("/accounts/signup/", given)
    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "login/code/", "3rdparty/", "oidc/login/", "nowhere/"])
def test_what_the_register_has_no_use_for_is_not_there(client, address):
    assert client.get(f"/accounts/{address}").status_code == 404


def test_signing_out_and_changing_the_password_work_from_the_desk():
    client = sign_in("Editors")
    assert client.get("/admin/password_change/").url == "/accounts/password/change/"
    phrase = {"password1": "another pass phrase", "password2": "another pass phrase"}
    client.post("/accounts/password/change/", {"oldpassword": PHRASE} | phrase)
    assert User.objects.get(pk=client.user.pk).check_password("another pass phrase") and signed_in(client)
    assert client.post("/admin/logout/").url == LOGIN and not signed_in(client)


def test_an_account_without_the_desk_is_told_so_and_not_sent_in_a_circle():
    client = sign_in("Partners", is_staff=False)
    assert client.get("/admin/", follow=True).status_code == 403
