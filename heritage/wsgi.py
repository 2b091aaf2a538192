"""The entry point for gunicorn."""

import os
from collections.abc import Callable, Iterable

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from gunicorn.errors import AppImportError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings")


class Utf8Request(WSGIRequest):
    """Reads everything as UTF-8, whichever charset the head of the body names.

    Django reads the query in that charset too, and fails before anybody can answer where Python knows the name and
    cannot read text in it: undefined, base64, idna.
    """

    @property
    def encoding(self) -> None:
        """None: UTF-8."""

    @encoding.setter
    def encoding(self, _named: str) -> None:
        """What the request names is let be; bytes that are not UTF-8 are refused later."""


try:
    _django = get_wsgi_application()
except ImproperlyConfigured as error:
    raise AppImportError(str(error)) from error  # the server says its words alone, and ends
_django.request_class = Utf8Request


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Django, whose answer to HEAD loses its body: the server would warn of it each time."""
    answer = _django(environ, start_response)
    if environ["REQUEST_METHOD"] != "HEAD":
        return answer
    answer.close()
    return []
