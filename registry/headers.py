"""The headers that every answer carries, pages, programs, files and errors alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

_WORDS = ("text/html", "application/xml", "text/xml", "application/atom+xml", "text/plain", "text/calendar")


class SafeHeaders:
    """Nobody keeps what may change, and nothing here asks for a camera, a place or a payment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What a view says of caching stands; a browser asks again for anything else, errors and redirects too."""
        response = self.get_response(request)
        private = request.path_info.startswith(("/admin/", "/accounts/"))
        response.headers.setdefault("Cache-Control", "no-store, private" if private else "no-cache")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
        )
        return response


class CompressedPages(GZipMiddleware):
    """Pages and feeds travel compressed, with a filler of random length against guessing (BREACH).

    Answers to programs keep their strong ETag, and files are compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The same words in fewer bytes, for those who take them so."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind not in _WORDS or request.path_info.startswith(("/api/", "/iati/")):
            return response
        return super().process_response(request, response)
