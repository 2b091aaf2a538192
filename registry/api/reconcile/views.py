"""The addresses of the service: anybody asks, nobody writes, whatever the method."""

import time
from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from registry import public
from registry.api import limits
from registry.api.bodies import TooLarge
from registry.api.negotiation import OnlyForm
from registry.api.parameters import Refusals
from registry.api.problems import not_public
from registry.api.views import PublicView
from registry.models import ENTRIES, Entry

from . import candidates, extending, finding, manifest, preview, queries, suggesting
from .forms import Form

_TYPE_SEPARATOR = ","
_LONGEST_NUMBER = 4  # digits
_SECONDS = 10  # for all queries of a batch: long names are compared word by word, and others wait meanwhile
_A_READ = 10  # queries, which is a batch of OpenRefine; each further ten count as one more
_A_NAME = 60  # characters; who asks for longer names counts as if they were several


class ReconcileView(PublicView):
    """Read as the API is; but parameters that clients add for others' services, such as a language, are let be."""

    schema = None
    parameters: ClassVar[tuple[str, ...]] = ()

    def allowed_parameters(self) -> list[str]:
        """Those that mean something here and, as the protocol has clients that send more than it names, any other."""
        return [*self.parameters, "format", *(name for name in self.request.query_params if name != "callback")]

    def refuse(self, request: Request) -> None:
        """Say what to do instead of asking for a script."""
        if "callback" in self.refusals:
            self.refusals["callback"] = ["JSONP is not served. Ask without it: any site's scripts may read (CORS)."]
        super().refuse(request)

    @property
    def host(self) -> str:
        """What addresses in the answer begin with, as it was asked."""
        return self.request.build_absolute_uri("/")[:-1]

    def number(self, name: str, most: int, refusals: Refusals) -> int | None:
        """A parameter in plain digits; None where it is not given."""
        text = self.request.query_params.get(name)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER and int(text) <= most:
            return int(text)
        refusals.add(name, f"Give a number up to {most}.")
        return None


class Service(ReconcileView):
    """Without a question the manifest; with `queries` their candidates; with `extend` what records say."""

    parser_classes: ClassVar[list] = [Form]
    parameters = ("queries", "extend")

    def get(self, request: Request) -> Response:
        """In the address."""
        return self.answered(request.query_params) or Response(manifest.of(self.host))

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A form is a read like any other."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            self.sender = limits.reader(request, lambda: request.auth)

    def post(self, request: Request) -> Response:
        """In a form, which may be longer than an address. It writes nothing, so it asks for no proof of who sent it."""
        if answer := self.answered(request.data):
            return answer
        raise ValidationError({"queries": ["Send “queries” or “extend” in a form."]})

    def answered(self, given: Any) -> Response | None:
        """The answer to what is asked; None where nothing is."""
        asked = [name for name in self.parameters if name in given]
        if len(asked) > 1 or any(len(given.getlist(name)) > 1 for name in asked):
            raise ValidationError({asked[0]: ["Ask one thing at a time: “queries” or “extend”, once."]})
        if "queries" in asked:
            batch = queries.batch(given["queries"])
            names = max(len(batch), sum(len(query.text) for query in batch.values()) // _A_NAME)
            for _further in range(_A_READ, names, _A_READ):
                self.sender.read()
            return Response({name: {"result": found} for name, found in self.found(batch)})
        return Response(extending.answer(queries.extension(given["extend"]), self.host)) if asked else None

    def found(self, batch: dict[str, queries.Query]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The candidates of each query. Raises 413 where all of them together take too long."""
        end = time.monotonic() + _SECONDS
        for name, query in batch.items():
            if time.monotonic() > end:
                raise TooLarge(f"These queries take more than {_SECONDS} seconds. Send fewer at once, or shorter ones.")
            yield name, candidates.answer(query, self.host)


class Suggest(ReconcileView):
    """What somebody who begins to type may mean."""

    parameters = ("prefix", "cursor", "type")

    def refuse(self, request: Request) -> None:
        """Read every parameter, so that one answer names all that is wrong."""
        self.prefix = request.query_params.get("prefix", "")
        self.skipped = self.number("cursor", suggesting.LAST, self.refusals) or 0
        named = [name for name in request.query_params.get("type", "").split(_TYPE_SEPARATOR) if name]
        self.models = queries.types(named, "type", self.refusals)
        super().refuse(request)

    def get(self, request: Request) -> Response:
        """Some suggestions; `cursor` skips those that were seen."""
        return Response({"result": self.suggestions()})

    def suggestions(self) -> list[dict[str, Any]]:
        """Of what the service is for."""
        raise NotImplementedError


class SuggestEntity(Suggest):
    """Records."""

    def suggestions(self) -> list[dict[str, Any]]:
        """By their names and codes."""
        return suggesting.entities(self.prefix, self.skipped, self.models)


class SuggestType(Suggest):
    """Nouns."""

    def suggestions(self) -> list[dict[str, Any]]:
        """By their names."""
        return suggesting.types(self.prefix, self.skipped)


class SuggestProperty(Suggest):
    """Fields of records."""

    def suggestions(self) -> list[dict[str, Any]]:
        """By their names."""
        return suggesting.of_records(self.prefix, self.skipped, self.models)


class Properties(ReconcileView):
    """The properties that a type has, to be fetched for its records."""

    parameters = ("type", "limit")

    def refuse(self, request: Request) -> None:
        """Read both parameters."""
        self.type = request.query_params.get("type", "")
        self.limit = self.number("limit", suggesting.LAST, self.refusals)
        self.models = queries.types([self.type] if self.type else [], "type", self.refusals)
        super().refuse(request)

    def get(self, request: Request) -> Response:
        """Those of the type, or of any; `limit` shortens the list."""
        said = {"properties": extending.proposed(self.models[0] if self.type else None, self.limit)}
        said |= {"type": self.type} if self.type else {}
        return Response(said if self.limit is None else said | {"limit": self.limit})


class OneRecord(ReconcileView):
    """An address with the code of a record: what was merged leads on, what is withdrawn says why."""

    name: ClassVar[str]

    def entry(self, code: str) -> Entry:
        """The published record; raises 301, 410, and 404 for a draft as for what never was."""
        model = finding.model_of(code)
        entry = public.records(model).filter(pk=code).first() if model in ENTRIES else None
        if entry:
            return entry
        if model is None:
            raise Http404("There is no record with this code.")
        raise not_public(model, code, self.address_of)

    def address_of(self, entry: Entry) -> str:
        """The same address of another record."""
        return self.host + reverse(f"reconcile:{self.name}", args=[entry.pk])


class Record(OneRecord):
    """Where the identifiers of the service lead."""

    name = "record"

    def get(self, request: Request, code: str) -> Response:
        """To the page of the record."""
        return Response(status=302, headers={"Location": self.host + self.entry(code).get_absolute_url()})


class Preview(OneRecord):
    """A record for the frame of a client."""

    name = "preview"
    renderer_classes: ClassVar[list] = [preview.Page]
    content_negotiation_class = OnlyForm

    def get(self, request: Request, code: str) -> Response:
        """The small page."""
        return Response(preview.page(self.entry(code), self.host))
