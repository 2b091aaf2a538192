"""Refuses requests whose bytes cannot be text, before anything reads them."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

_NUL = "\x00"
_REPLACED = "\ufffd"  # what Django reads in place of bytes that are not UTF-8


class RefuseMalformedRequests:
    """A NUL byte or broken UTF-8 is a 400 that says where it stands, and a 404 in a path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check everything that is cheap to read; uploaded files are checked where they are used."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: list, kwargs: dict) -> None:
        """After routing, so that a broken path has had its chance to be nobody's address.

        A form that itself refuses such text, and gives back all that was typed, says so: `says_what_is_broken`.
        """
        if _NUL in request.path_info:
            raise Http404
        if _broken_query(request):
            raise BadRequest(_("The query holds a NUL byte or bytes that are not UTF-8."))
        if any(_NUL in value for key, value in request.META.items() if key.startswith("HTTP_")):
            raise BadRequest(_("A header holds a NUL byte."))
        if any(_NUL in key + value for key, value in request.COOKIES.items()):
            raise BadRequest(_("A cookie holds a NUL byte."))
        if not getattr(view, "says_what_is_broken", False) and _broken_form(request):
            raise BadRequest(_("The form holds a NUL byte or bytes that are not UTF-8."))


def _broken_query(request: HttpRequest) -> bool:
    raw = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    try:
        return _NUL in raw.decode("utf-8")
    except UnicodeDecodeError:
        return True


def _broken_form(request: HttpRequest) -> bool:
    if request.method != "POST":
        return False
    texts = (text for key, values in request.POST.lists() for text in (key, *values))
    return any(_NUL in text or _REPLACED in text for text in texts)
