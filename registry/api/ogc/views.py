"""The resources: the landing page, what it conforms to, the collections, their features, and one feature."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from registry import documents, ordering, public
from registry.api import pagination
from registry.api.negotiation import Json
from registry.api.problems import not_public
from registry.api.views import PublicView
from registry.downloads.features import features
from registry.filters import FILTERS
from registry.models import Entry

from . import links, openapi
from .collections import COLLECTIONS, described
from .negotiation import AnyJson, GeoJson, OpenApi
from .questions import Question

CONFORMS_TO = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "geojson", "oas30")
]


class OgcView(PublicView):
    """A resource in its one form; `f=json` is taken, because many programs send it, and changes nothing."""

    schema = None  # described by a document of its own
    renderer_classes = [Json]
    content_negotiation_class = AnyJson

    def allowed_parameters(self) -> list[str]:
        """The form, of which there is one."""
        return ["f"]

    def refuse(self, request: Request) -> None:
        """Any other form is unknown."""
        if request.query_params.get("f", "json") != "json":
            self.refusals.add("f", "There is no such form here. Allowed: json.")
        super().refuse(request)

    @property
    def host(self) -> str:
        """What addresses in the answer begin with, as it was asked."""
        return self.request.build_absolute_uri("/")[:-1]


class Landing(OgcView):
    """Where a program begins."""

    def get(self, request: Request) -> Response:
        """What there is, and where."""

        def to(name: str) -> str:
            return reverse(name, request=request)

        return Response(
            {
                "title": "Caspian Heritage Register",
                "description": "The published records of the register as features on a map. Every answer is JSON: the "
                "pages for people are linked as text/html and stand elsewhere.",
                "links": [
                    links.link("self", links.JSON, "This document", to("ogc:landing")),
                    links.link("service-desc", links.OPENAPI_3_0, "OpenAPI 3.0 of these addresses", to("ogc:api")),
                    links.link("service-doc", links.HTML, "How the register answers programs", to("api:docs")),
                    links.link("conformance", links.JSON, "What this conforms to", to("ogc:conformance")),
                    links.link("data", links.JSON, "The collections", to("ogc:collections")),
                    links.licence(request),
                ],
            }
        )


class Api(OgcView):
    """The description of these addresses."""

    renderer_classes = [OpenApi]

    def get(self, request: Request) -> Response:
        """OpenAPI 3.0."""
        body = openapi.document(reverse("ogc:landing", request=request).rstrip("/"))
        return Response(body, content_type=links.OPENAPI_3_0)


class Conformance(OgcView):
    """What this conforms to."""

    def get(self, request: Request) -> Response:
        """The classes of the standard that are met."""
        return Response({"conformsTo": CONFORMS_TO})


class CollectionList(OgcView):
    """Every collection."""

    def get(self, request: Request) -> Response:
        """All of them; there are few."""
        found = [described(model, request, self.validators.revision) for model in COLLECTIONS.values()]
        return Response(
            {"links": [links.here(request, links.JSON), links.licence(request)], "collections": found},
        )


class InCollection(OgcView):
    """What lies within a collection."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """An unknown collection is nowhere, whatever is asked of it."""
        if kwargs["noun"] not in COLLECTIONS:
            raise Http404("There is no such collection; /ogc/collections lists them.")
        self.model: type[Entry] = COLLECTIONS[kwargs["noun"]]
        super().initial(request, *args, **kwargs)

    def features(self, entries: list[Entry]) -> list[dict[str, Any]]:
        """The records as features, exactly as the download of GeoJSON has them."""
        return features(self.model, documents.documents(self.model, entries, host=self.host))

    def to_collection(self) -> dict[str, Any]:
        """The link to what holds the features."""
        address = reverse("ogc:collection", args=[self.model.slug], request=self.request)
        return links.link("collection", links.JSON, "The collection", address)


class CollectionDetail(InCollection):
    """One collection."""

    def get(self, request: Request, noun: str) -> Response:
        """What it holds, and how far that reaches."""
        return Response(described(self.model, request, self.validators.revision))


class Items(InCollection):
    """The features of a collection."""

    renderer_classes = [GeoJson]

    def validated(self, request: Request, response: Response) -> HttpResponse:
        """With a weak ETag: the time stamp makes other bytes of the same features."""
        self.validators = replace(self.validators, etag=f"W/{self.validators.etag}")
        return super().validated(request, response)

    def allowed_parameters(self) -> list[str]:
        """Where, when, how many, and from where on."""
        return ["bbox", "datetime", "limit", "cursor", *super().allowed_parameters()]

    def refuse(self, request: Request) -> None:
        """Read every parameter, so that one answer names all that is wrong."""
        self.question = Question.read(request.query_params, self.refusals)
        super().refuse(request)

    def get(self, request: Request, noun: str) -> Response:
        """A page of them in the order of their codes, with the number of all that are found."""
        found = self.question.of(public.records(self.model))
        count = self.kept("count", found.order_by().count)
        order = ordering.read(FILTERS[self.model], "code")
        page = pagination.page(found, order, self.question.limit, count, request)
        return Response(
            {
                "type": "FeatureCollection",
                "links": [links.here(request, links.GEOJSON), *_beside(page.links), self.to_collection()],
                "timeStamp": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}",
                "numberMatched": count,
                "numberReturned": len(page.entries),
                "features": self.features(page.entries),
            },
            headers=pagination.link_header(page.links),
        )


class Item(InCollection):
    """One feature."""

    renderer_classes = [GeoJson]

    def get(self, request: Request, noun: str, code: str) -> Response:
        """Merged leads on, withdrawn says why, and a draft is as unknown as what never was."""
        entry = public.records(self.model).filter(pk=code).first()
        if entry is None:
            raise not_public(self.model, code, self.address_of)
        [feature] = self.features([entry])
        around = [
            links.link("self", links.GEOJSON, "This document", self.address_of(entry)),
            links.link("alternate", links.HTML, "The record for people", feature["properties"]["html_url"]),
            self.to_collection(),
        ]
        return Response(feature | {"links": around})

    def address_of(self, entry: Entry) -> str:
        """Where the feature of a record is."""
        return reverse("ogc:item", args=[self.model.slug, entry.pk], request=self.request)


def _beside(around: dict[str, str]) -> list[dict[str, Any]]:
    """The links to the other pages."""
    names = {"first": "First page", "prev": "Previous page", "next": "Next page", "last": "Last page"}
    return [links.link(rel, links.GEOJSON, names[rel], address) for rel, address in around.items()]
