"""The address that is harvested: every answer is XML, also the protocol's own errors."""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.generic import View

from registry.api import problems

from . import arguments
from .places import place_of
from .refusals import Refused
from .verbs import ANSWERS
from .writing import answer, element

_XML, _WORDS = "text/xml; charset=utf-8", "text/plain; charset=utf-8"


class Harvest(View):
    """OAI-PMH 2.0; reads only, whichever way it is asked, and answers in English."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The arguments stand in the query."""
        return self._answer(request, {name: request.GET.getlist(name) for name in request.GET})

    def post(self, request: HttpRequest) -> HttpResponse:
        """The arguments stand in a form; what stands in the query as well counts with it."""
        names = {*request.POST, *request.GET}
        return self._answer(request, {name: request.POST.getlist(name) + request.GET.getlist(name) for name in names})

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Open to the scripts of other sites; 503 with Retry-After while the database is away."""
        try:
            with override(settings.LANGUAGE_CODE):
                found = super().dispatch(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            again = {"Retry-After": problems.RETRY_AFTER, "Cache-Control": "no-store"}
            found = HttpResponse("The register cannot be reached at the moment.\n", _WORDS, 503, headers=again)
        for name, value in problems.OPEN_TO_SCRIPTS.items():
            found.headers[name] = value
        return found

    def _answer(self, request: HttpRequest, given: dict[str, list[str]]) -> HttpResponse:
        place, at, asked = place_of(request), arguments.stamp(timezone.now()), {}
        try:
            verb, values = arguments.read(given.items())
            asked = {"verb": verb, **values}
            content = ANSWERS[verb](place, values)
        except Refused as error:
            content = element("error", str(error), code=error.code)
        # Each answer says when it was given, so nobody keeps it.
        return HttpResponse(answer(place, at, asked, content), _XML, headers={"Cache-Control": "no-store"})
