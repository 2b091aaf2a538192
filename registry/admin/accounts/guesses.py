"""Whoever guesses passwords or codes has to wait: counted for the account and for the network, in the database."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cache_timeout, get_credentials
from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registry.models import User

# Many people may sit behind one network.
NETWORK_TO_ACCOUNT = 4
A_MINUTE = 60


class Guesses(AxesDatabaseHandler):
    """Counts wrong guesses; a network may make some times as many as one account bears."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """How many guesses count against the limit of an account."""
        by_account, by_network = (
            attempts.aggregate(made=Sum("failures_since_start"))["made"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(by_account, by_network // NETWORK_TO_ACCOUNT)


def account_of(request: HttpRequest, credentials: dict | None = None) -> str | None:
    """The account that a name or an e-mail address means, in one spelling; what means none, as it was typed."""
    given = credentials or {}
    typed = given.get("username") or given.get("email") or request.POST.get("login") or ""
    typed = typed.strip().replace("\0", "")[:150]
    if not typed:
        return None
    found = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("pk")
    return found.values_list("username", flat=True).first() or typed.casefold()


def refuse_if_locked(request: HttpRequest, user: User, problem: ValidationError) -> None:
    """Raise the problem when too many guesses were made; the answer is then the page that says so."""
    if not AxesProxyHandler.is_allowed(request, get_credentials(user.get_username())):
        request.axes_locked_out = True
        raise problem


def note_failure(request: HttpRequest, user: User) -> None:
    """Count a wrong code like a wrong password."""
    AxesProxyHandler.user_login_failed(sender=User, credentials=get_credentials(user.get_username()), request=request)


def locked_out(request: HttpRequest, original: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """429, and when to try again."""
    return _wait(request, get_cache_timeout(request))


def too_many(request: HttpRequest) -> HttpResponse:
    """429 for too many requests of any kind about accounts."""
    return _wait(request, A_MINUTE)


def _wait(request: HttpRequest, seconds: int) -> HttpResponse:
    page = render(request, "account/locked.html", {"minutes": -(-seconds // 60)}, status=429)
    page["Retry-After"] = str(seconds)
    page["Cache-Control"] = "no-store"
    return page
