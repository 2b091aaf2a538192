"""What every address of the API does: read strictly, answer conditionally, let any site's scripts read."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import conditional, limits, parameters, problems
from .negotiation import FormatOrAccept, Json
from .questions import PRESENTATION, fingerprint
from .tokens import PartnerToken

_READ = {"GET", "HEAD"}


class PublicView(APIView):
    """Anybody reads; nobody writes. Every answer depends on the address and on the public register alone.

    A partner's token raises the pace and changes no byte, so `Vary` does not name Authorization: one kept answer is
    everybody's. As it is `public, no-cache`, who keeps it asks again each time, and a wrong token is still told so.
    """

    renderer_classes = [Json]
    parser_classes: ClassVar[list] = []
    content_negotiation_class = FormatOrAccept
    authentication_classes: ClassVar[list] = [PartnerToken]
    validators: conditional.Validators | None = None

    def allowed_parameters(self) -> list[str]:
        """The parameters that the address takes."""
        return ["format"]

    def repeatable_parameters(self) -> set[str]:
        """Those of them that may be given several times."""
        return set()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what is too much or not understood; 304 to who holds the current state, before any record is read."""
        if request.method not in _READ:
            return
        self.sender = limits.reader(request, lambda: request.auth)
        super().initial(request, *args, **kwargs)
        self.refusals = parameters.check(request.query_params, self.allowed_parameters(), self.repeatable_parameters())
        self.refuse(request)
        self.validators = self.current(request)
        if self.validators.held_by(request):
            raise conditional.NotModified

    def current(self, request: Request) -> conditional.Validators:
        """The validators of the state that answers: that of the register, unless a view answers from something else."""
        return conditional.validators(request, request.accepted_media_type)

    def refuse(self, request: Request) -> None:
        """Raise what is wrong with the parameters; a view that reads values adds its own refusals first."""
        self.refusals.raise_if_any()

    def kept(self, name: str, work_out: Callable[[], Any]) -> Any:
        """What was worked out for the same questions at the same address, until anything public changes."""
        asked = fingerprint(self.request.query_params, self.request.path, ignoring=PRESENTATION | {"ordering"})
        return cache.get_or_set(f"api:{self.validators.revision}:{get_language()}:{name}:{asked}", work_out)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What may be done here; also the preflight of a browser."""
        answer = Response(status=204)
        answer["Access-Control-Allow-Methods"] = answer["Allow"] = ", ".join(self.allowed_methods)
        answer["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match, If-Modified-Since"
        answer["Access-Control-Max-Age"] = "86400"
        return answer

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the validators to what can be kept, and the headers that let a browser's script read it."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.validators and response.status_code in {200, 304}:
            response = self.validated(request, response)
        else:
            response["Cache-Control"] = "no-store"
        for name, value in problems.OPEN_TO_SCRIPTS.items():
            response[name] = value
        return response

    def validated(self, request: Request, response: Response) -> HttpResponse:
        """The answer with its validators, or 304 or 412 where the client's own conditions say so (RFC 9110, 13.2.2)."""
        known, stamp = self.validators, None
        response["Cache-Control"] = "public, no-cache"
        response["ETag"] = known.etag
        if known.changed:
            stamp = int(known.changed.timestamp())
            response["Last-Modified"] = http_date(stamp)
        if response.status_code == 304:
            response.data = None
            return response
        answer = get_conditional_response(request, etag=known.etag, last_modified=stamp, response=response)
        if answer is not response and hasattr(response, "over"):
            response.over()  # a file that nobody will send
        return problems.answer(412, "") if answer.status_code == 412 else answer
