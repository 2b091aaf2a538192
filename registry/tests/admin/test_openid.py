"""Signing in with an organisation's own account: the whole OpenID Connect flow against a small provider."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.contrib.auth import SESSION_KEY

from heritage import sign_in
from registry.models import User
from registry.tests.admin.test_second_factor import with_app
from registry.tests.make import make_user

pytestmark = pytest.mark.django_db
CALLBACK = "/accounts/oidc/login/callback/"


class Provider(BaseHTTPRequestHandler):
    """Says who is at the screen; what it was asked stays in `asked`."""

    def do_GET(self):
        host = f"http://127.0.0.1:{self.server.server_port}"
        here = {name: f"{host}/{name}" for name in ("authorize", "token", "userinfo", "jwks")}
        discovery = {"issuer": host, "jwks_uri": here["jwks"], "userinfo_endpoint": here["userinfo"]}
        discovery |= {"authorization_endpoint": here["authorize"], "token_endpoint": here["token"]}
        known = {"/.well-known/openid-configuration": discovery, "/userinfo": self.server.person, "/jwks": {"keys": []}}
        self.answer(known[self.path])

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append({name: values[0] for name, values in parse_qs(sent).items()})
        host = f"http://127.0.0.1:{self.server.server_port}"
        claims = self.server.person | {"iss": host, "aud": "register", "exp": 4102444800, "iat": 1700000000}
        token = jwt.encode(claims, "s" * 32, algorithm="HS256")
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args):
        """Nothing in the output of the tests."""


@pytest.fixture
def provider(settings):
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.asked, server.person = [], {"sub": "1", "email": "Anna@Example.org", "email_verified": True}
        issuer = f"http://127.0.0.1:{server.server_port}"
        variables = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "register", "OIDC_CLIENT_SECRET": "secret"}
        variables["OIDC_NAME"] = "the museum"
        for name, value in sign_in.settings_of(lambda key, default: variables.get(key, default), public_url="").items():
            if name in {"OIDC", "SOCIALACCOUNT_PROVIDERS"}:
                setattr(settings, name, value)
        yield server
        server.shutdown()


def come_back(client, also=""):
    """Follow the button to the provider, and return with its code."""
    there = urlsplit(client.get(f"/accounts/oidc/login/?next=/admin/registry/project/{also}").url)
    asked = {name: values[0] for name, values in parse_qs(there.query).items()}
    assert there.path == "/authorize" and asked["redirect_uri"] == f"http://testserver{CALLBACK}"
    return client.get(CALLBACK, {"code": "c", "state": asked["state"]})


def test_an_account_with_the_verified_address_is_signed_in_and_keeps_its_password(client, provider):
    anna = make_user(email="anna@example.org")
    assert "Sign in with the museum" in client.get("/accounts/login/").content.decode()
    assert come_back(client).url == "/admin/registry/project/"
    assert client.session[SESSION_KEY] == str(anna.pk)
    [asked] = provider.asked
    assert (asked["code"], asked["client_secret"], bool(asked["code_verifier"])) == ("c", "secret", True)
    assert User.objects.get().password == anna.password


def test_a_second_factor_is_asked_for_all_the_same(client, provider):
    with_app(make_user(email="anna@example.org"))
    assert come_back(client).url.startswith("/accounts/second-step/authenticate/")
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "person",
    [
        {"email": "nobody@example.org", "email_verified": True},
        {"email": "anna@example.org", "email_verified": False},
        {"email": "anna@example.org", "email_verified": "false"},
        {"email": "anna@example.org"},
        {},
    ],
    ids=["unknown", "not verified", "not verified, in words", "nothing said", "no address"],
)
def test_nobody_else_comes_in_and_no_account_is_made(client, provider, person):
    make_user(email="anna@example.org")
    provider.person = {"sub": "1"} | person
    page = come_back(client)
    assert page.status_code == 200 and "Accounts are given" in page.content.decode()
    assert SESSION_KEY not in client.session and User.objects.count() == 1


def test_an_address_of_two_accounts_and_a_closed_account_let_nobody_in(client, provider):
    first, second = make_user(email="anna@example.org"), make_user(email="ANNA@example.org")
    come_back(client)
    assert SESSION_KEY not in client.session
    first.is_active = second.is_active = False
    first.save()
    second.save()
    come_back(client)
    assert SESSION_KEY not in client.session


def test_another_identity_is_not_tied_to_an_account_that_is_signed_in(client, provider):
    provider.person = {"sub": "2", "email": "stranger@example.org", "email_verified": True}
    client.force_login(make_user(email="anna@example.org"))
    come_back(client, also="&process=connect")
    client.logout()
    come_back(client)
    assert SESSION_KEY not in client.session


def test_an_answer_nobody_asked_for_is_refused(client, provider):
    make_user(email="anna@example.org")
    client.get(CALLBACK, {"code": "c", "state": "made up"})
    assert SESSION_KEY not in client.session and provider.asked == []


def test_without_settings_there_is_no_button_and_no_address(client):
    assert "Sign in with" not in client.get("/accounts/login/").content.decode()
    for page in ("oidc/login/", "oidc/login/callback/", "provider/error/", "provider/cancelled/"):
        assert client.get(f"/accounts/{page}").status_code == 404
