"""The headers that every answer carries, pages, programs, files and errors alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


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
