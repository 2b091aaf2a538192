"""Errors in our own words, each with a way on."""

import sys

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse
from django.utils.translation import gettext

from registry import public
from registry.models import Entry

RETRY_AFTER = "5"  # seconds, while the database is away


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the form cannot be understood."""
    if isinstance(exception, DisallowedHost):  # a page says its own address, and this one is not the register's
        words = gettext("This register does not answer to the name that was asked for.")
        return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not allowed."""
    return render(request, "403.html", status=403)


def no_cookie(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came back without the cookie that proves where it was filled in."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that is public."""
    return render(request, "404.html", status=404)


def gone(request: HttpRequest, code: str, reason: str) -> HttpResponse:
    """410: the record was withdrawn, for a reason that is said."""
    return render(request, "410.html", {"code": code, "reason": reason}, status=410)


def not_public(request: HttpRequest, model: type[Entry], code: str) -> HttpResponse:
    """301 to the record that this one became part of, or 410 with the reason for what was withdrawn.

    Http404 for what was never public, as for what never was.
    """
    found = public.gone(model, code)
    if found is None:
        raise Http404
    if found.now:
        return redirect(_same_page(request, code, found.now), permanent=True)
    return gone(request, code, found.reason)


def _same_page(request: HttpRequest, code: str, now: Entry) -> str:
    """The page asked for, of the other record: its file, its calendar or its form as well."""
    at = request.resolver_match
    kwargs = {name: now.pk if value == code else value for name, value in at.kwargs.items()}
    query = request.META.get("QUERY_STRING", "")
    return reverse(at.view_name, kwargs=kwargs) + (f"?{query}" if query else "")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; a static page that needs nothing. While the database is away: 503, and when to ask again."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        away = render(request, "503.html", status=503)
        away["Retry-After"] = RETRY_AFTER
        return away
    return HttpResponse(loader.render_to_string("500.html"), status=500)
