"""Where the surfaces hang: pages, API and admin; an error answers in the manner of the surface it happened on."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from registry.admin import errors as desk
from registry.admin.accounts import guesses
from registry.api import problems
from registry.web import errors

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("registry.admin.accounts.addresses")),
    path("api/", include("registry.api.urls")),
    path("", include("registry.api.ogc.urls")),
    path("iati/", include("registry.api.iati")),
    path("oai/", include("registry.api.oai.urls")),
    path("", include("registry.api.reconcile.urls")),
    path("", include("registry.web.for_machines")),
    # English at the root, the other languages under their code.
    *i18n_patterns(path("", include("registry.web.urls")), prefix_default_language=False),
]

# Where programs read: the first part of an address.
FOR_PROGRAMS = {"api", "iati", "oai", "ogc", "reconcile"}


def _surface(request: HttpRequest) -> object:
    return problems if request.path_info.split("/")[1] in FOR_PROGRAMS else errors


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be understood."""
    return _surface(request).bad_request(request, exception)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request is not allowed."""
    return _surface(request).forbidden(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at this address."""
    return _surface(request).not_found(request, exception)


def handler429(request: HttpRequest) -> HttpResponse:
    """Too many requests about accounts; what else has a pace of its own answers for itself."""
    return guesses.too_many(request)


def handler500(request: HttpRequest) -> HttpResponse:
    """The register failed."""
    return _surface(request).server_error(request)


def no_cookie(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without the cookie that proves where it was filled in; editors hear where their text is."""
    surface = desk if request.path_info.startswith("/admin/") else errors
    return surface.no_cookie(request, reason)
