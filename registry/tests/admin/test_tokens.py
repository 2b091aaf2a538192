"""Tokens of partners: hashed, scoped, with an end, and stopped at once."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from registry import ledger
from registry.api.tokens import PartnerToken, TokenOf
from registry.models import AccessToken
from registry.tests.admin.forms import fields, sign_in
from registry.tests.make import make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/registry/accesstoken/"


class Proposing(APIView):
    """An address that only a token with the scope opens."""

    authentication_classes = [PartnerToken]
    permission_classes = [TokenOf.PROPOSE]

    def get(self, request: Request) -> Response:
        return Response({"by": request.user.username})


@pytest.fixture
def museum():
    return sign_in("Partners", username="museum", is_superuser=False, is_staff=False).user


def issue(client, user, **given):
    return client.post(
        f"{LIST}add/", {"user": user.pk, "name": "Catalogue", "scopes": ["propose"], "days": "30"} | given
    )


def asked(header: str | None) -> Response:
    given = {} if header is None else {"HTTP_AUTHORIZATION": header}
    return Proposing.as_view()(APIRequestFactory().get("/api/v1/proposals/", **given)).render()


def test_an_editor_issues_a_token_sees_it_once_and_only_its_hash_is_kept(museum):
    client = sign_in("Editors")
    assert fields(client.get(f"{LIST}add/"), "accesstoken_form")["days"] == ["365"]
    page = issue(client, museum)
    secret, token = page.context["secret"], AccessToken.objects.get()
    assert secret.startswith("chr_") and len(secret) == 68 and secret in page.content.decode()
    assert "no-store" in page["Cache-Control"] and "chr_" not in str(page.cookies)
    assert secret not in str(token.__dict__) and token.made_by == client.user
    assert timedelta(days=29) < token.expiry - timezone.now() <= timedelta(days=30)
    for address in (LIST, f"{LIST}{token.pk}/change/", "/admin/"):
        assert secret not in client.get(address).content.decode()
    assert f"{secret[:8]}…" in client.get(LIST).content.decode()
    assert json.loads(asked(f"Token {secret}").content) == {"by": "museum"}


def test_a_revoked_token_stops_at_once_and_the_history_keeps_who_revoked_it(museum):
    client = sign_in("Editors")
    secret = issue(client, museum).context["secret"]
    assert asked(f"Token {secret}").status_code == 200
    client.post(f"{LIST}{AccessToken.objects.get().pk}/delete/", {"post": "yes"})
    answer = asked(f"Token {secret}")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Token" and "revoked" in json.loads(answer.content)["detail"]
    kept = LogEntry.objects.get(action_flag=DELETION, content_type__model="accesstoken")
    assert (kept.user, kept.object_repr) == (client.user, "Catalogue")


def test_what_an_editor_issued_reads_and_proposes_until_an_editor_revokes_it(museum):
    editor, partner = sign_in("Editors"), Client()
    secret = issue(editor, museum, scopes=["read", "propose"]).context["secret"]
    sent = {"HTTP_AUTHORIZATION": f"Token {secret}"}
    body = {"kind": "new", "noun": "regions", "values": {"title": "A quarter"}, "evidence": "A map"}
    proposing = {"content_type": "application/json", "HTTP_IDEMPOTENCY_KEY": "one", **sent}
    assert partner.get("/api/v1/projects/", **sent).status_code == 200
    assert partner.post("/api/v1/proposals/", json.dumps(body), **proposing).status_code == 201
    chosen = {"action": "delete_selected", "_selected_action": [AccessToken.objects.get().pk], "post": "yes"}
    sign_in("Editors").post(LIST, chosen)
    assert partner.get("/api/v1/projects/", **sent).status_code == 401
    assert partner.post("/api/v1/proposals/", json.dumps(body), **proposing).status_code == 401


@pytest.mark.parametrize("stop", ["end", "closed account", "no partner any more", "another scope"])
def test_a_token_works_for_its_time_its_account_and_its_scope_alone(museum, stop):
    secret = issue(sign_in("Editors"), museum, scopes=["read"] if stop == "another scope" else ["propose"]).context[
        "secret"
    ]
    if stop == "end":
        token = AccessToken.objects.get()
        token.expiry = timezone.now() - timedelta(seconds=1)
        ledger.put(token, only=["expiry"])
    elif stop == "closed account":
        museum.is_active = False
        museum.save()
    elif stop == "no partner any more":
        museum.groups.clear()
    expected = 401 if stop in {"end", "closed account"} else 403
    answer = asked(f"Token {secret}")
    assert (answer.status_code, answer["Content-Type"]) == (expected, "application/problem+json")
    assert AccessToken.objects.exists()


@pytest.mark.parametrize(
    "header", [None, "Token", "Token a b", "Token chr_", "Token \x00", "Token \xe9\xff", "Bearer x"]
)
def test_what_is_no_token_is_401_and_nothing_else(museum, header):
    assert asked(header).status_code == 401


@pytest.mark.parametrize(
    "given",
    [{"days": "0"}, {"days": "731"}, {"days": ""}, {"scopes": []}, {"scopes": ["write"]}, {"name": ""}],
    ids=["ended", "too long", "endless", "without scope", "unknown scope", "without name"],
)
def test_a_token_needs_a_name_a_scope_and_an_end_within_two_years(museum, given):
    assert issue(sign_in("Editors"), museum, **given).context["errors"]
    assert not AccessToken.objects.exists()


def test_tokens_are_for_partners_alone_and_issued_by_those_who_may(museum):
    editor = make_user(is_superuser=False)
    editor.groups.set(Group.objects.filter(name="Editors"))
    assert issue(sign_in("Editors"), editor).context["errors"]
    for group in ("Contributors", "Auditors"):
        assert issue(sign_in(group), museum).status_code == 403
    assert not AccessToken.objects.exists()
