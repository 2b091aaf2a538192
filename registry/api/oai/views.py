"""The address that is harvested: every answer is XML, also the protocol's own errors."""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from registry.api import limits, problems

from . import arguments
from .places import place_of
from .refusals import Refused
from .verbs import ANSWERS
from .writing import answer as written
from .writing import element

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
            found = _later("The register cannot be reached at the moment.", problems.RETRY_AFTER)
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
        return HttpResponse(written(place, at, asked, content), _XML, headers={"Cache-Control": "no-store"})


def _later(words: str, seconds: str) -> HttpResponse:
    headers = problems.OPEN_TO_SCRIPTS | {"Retry-After": seconds, "Cache-Control": "no-store"}
    return HttpResponse(f"{words}\n", _WORDS, 503, headers=headers)


_paced = limits.paced(Harvest.as_view())


@csrf_exempt
def harvest(request: HttpRequest) -> HttpResponse:
    """At the pace of the API; a POST reads as a GET does, so it needs no cookie.

    Too fast is a 503 here, as the protocol has it (section 3.1.2.2): harvesters wait on that and fail on a 429.
    """
    answer = _paced(request)
    if answer.status_code == 429:
        return _later("Much was asked for from here within a minute.", answer["Retry-After"])
    return answer
