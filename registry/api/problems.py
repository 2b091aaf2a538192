"""Every error as RFC 9457 problem details: type, title, status, detail, and errors by parameter."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from registry import public
from registry.models import Entry

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "5"  # seconds, while the database is away
OPEN_TO_SCRIPTS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, Allow",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Withdrawn(exceptions.APIException):
    """The record was public once; the detail is the reason that was given."""

    status_code = status.HTTP_410_GONE


class Moved(exceptions.APIException):
    """The record became part of another one, to whose address the answer leads."""

    status_code = status.HTTP_301_MOVED_PERMANENTLY

    def __init__(self, address: str, code: str) -> None:
        self.address = address
        super().__init__(_("This record is now part of %(code)s.") % {"code": code})


def not_public(model: type[Entry], code: str, address_of: Callable[[Entry], str]) -> Exception:
    """Why a record cannot be read: it was merged, and `address_of` says where the other one is; or it was withdrawn.

    A draft is as unknown as what never was.
    """
    found = public.gone(model, code)
    if found is None:
        return Http404(str(_("There is no record with this code.")))
    return Moved(address_of(found.now), found.now.pk) if found.now else Withdrawn(found.reason)


class Unavailable(exceptions.APIException):
    """The database does not answer."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = _("The register cannot be reached at the moment. Try again in a few seconds.")


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception of a view; None for what is no fault of the request, which Django makes a 500."""
    if isinstance(error, OperationalError | InterfaceError):
        error = Unavailable()
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        answer.data = problem(
            answer.status_code, str(_("The request asks for something this address does not know.")), answer.data
        )
    else:
        detail = str(answer.data.get("detail", "")) if isinstance(answer.data, dict) else ""
        answer.data = problem(answer.status_code, detail)
    if isinstance(error, Moved):
        answer["Location"] = error.address
    if isinstance(error, Unavailable):
        answer["Retry-After"] = RETRY_AFTER
    answer.content_type = MEDIA_TYPE
    return answer


def problem(code: int, detail: str, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The body of an answer with this status."""
    body = {"type": "about:blank", "title": HTTPStatus(code).phrase, "status": code, "detail": detail}
    return body | {"errors": errors} if errors else body


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """400: the request cannot be read at all; what the register itself says about it is passed on."""
    said = str(exception) if type(exception) is BadRequest else ""
    return answer(400, said or str(_("The request cannot be read.")))


def forbidden(request: HttpRequest, exception: Exception) -> JsonResponse:
    """403: not allowed."""
    return answer(403, str(_("This is not allowed.")))


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """404: no such address."""
    start = "/ogc/" if request.path_info.startswith("/ogc/") else "/api/v1/"
    return answer(404, str(_("There is nothing at this address. %(start)s lists what there is.") % {"start": start}))


def server_error(request: HttpRequest) -> JsonResponse:
    """500: our fault."""
    return answer(500, str(_("The register failed to answer; the request is not at fault.")))


def answer(code: int, detail: str) -> JsonResponse:
    """A problem outside any view."""
    headers = OPEN_TO_SCRIPTS | {"Cache-Control": "no-store"}
    return JsonResponse(problem(code, detail), status=code, content_type=MEDIA_TYPE, headers=headers)
