"""What the collections have in common: a record, a list of records, one record."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from registry import documents, facets, public
from registry.downloads import Listing
from registry.filters import FILTERS, EntryFilter
from registry.models import Entry

from . import downloads, pagination, parameters
from .fields import (
    CitationSerializer,
    CompletenessSerializer,
    OtherNameSerializer,
    Text,
    TranslationsSerializer,
    field_for,
)
from .negotiation import DOWNLOADS, Json
from .problems import not_public
from .questions import ListRequest, repeatable
from .schema import EntrySchema
from .views import PublicView


class EntrySerializer(serializers.Serializer):
    """What every record has; a noun's own public fields stand between the summary and the citations.

    It describes for the schema what `registry.documents` makes.
    """

    model: ClassVar[type[Entry]]

    code = serializers.CharField(help_text="Stable, and never used again.")
    url = serializers.URLField(help_text="This record in the API.")
    html_url = serializers.URLField(help_text="The page of the record for people.")
    title = serializers.CharField()
    other_names = OtherNameSerializer(many=True)
    translations = TranslationsSerializer(
        help_text="By language of the site, what is translated; what is not is left out, and {} where nothing is."
    )
    summary = Text(help_text="In neutral words of the register.")
    citations = CitationSerializer(many=True, help_text="Where the facts stand.")
    completeness = CompletenessSerializer()
    updated_at = serializers.DateTimeField(help_text="When the record last changed, in UTC.")
    version = serializers.IntegerField(help_text="1 for the first, one more for every change.")

    def get_fields(self) -> dict[str, serializers.Field]:
        """In the order of the public page."""
        common = super().get_fields()
        last = {name: common.pop(name) for name in ("citations", "completeness", "updated_at", "version")}
        return common | self.own_fields() | last

    @classmethod
    def own_fields(cls) -> dict[str, serializers.Field]:
        """The noun's own fields, as `registry.public` names them."""
        renamed, grouped = documents.RENAMED.get(cls.model, {}), documents.GROUPED.get(cls.model, {})
        inside = {name for names in grouped.values() for name in names}
        names = [name for name in public.fields(cls.model) if name not in inside]
        return {renamed.get(name, name): field_for(cls.model, name) for name in names}


class EntryViewSet(ViewSetMixin, PublicView):
    """The published records of one noun."""

    serializer_class: ClassVar[type[EntrySerializer]]
    renderer_classes = [Json, *DOWNLOADS]
    schema = EntrySchema()
    action: str | None = None

    @property
    def model(self) -> type[Entry]:
        """The noun."""
        return self.serializer_class.model

    @property
    def filterset(self) -> type[EntryFilter]:
        """The questions to its list."""
        return FILTERS[self.model]

    def allowed_parameters(self) -> list[str]:
        """The questions of the noun's list, and how to order, page and narrow it."""
        if self.action == "retrieve":
            return ["fields", "format"]
        return [*self.filterset.base_filters, "ordering", "page_size", "cursor", "fields", "facets", "format"]

    def repeatable_parameters(self) -> set[str]:
        """The questions that take several values, any of which will do."""
        return repeatable(self.filterset)

    def refuse(self, request: Request) -> None:
        """Read every parameter, so that one answer names all that is wrong."""
        known = documents.names(self.model)
        if self.action == "retrieve":
            self.asked_fields = parameters.names(request.query_params, "fields", known, self.refusals)
        else:
            self.asked = ListRequest.read(request.query_params, self.model, known, self.refusals)
            self.asked_fields = self.asked.fields
        super().refuse(request)

    def records(self) -> QuerySet:
        """Where everything starts."""
        return public.records(self.model)

    def serialize(self, entries: list[Entry]) -> list[dict[str, Any]]:
        """The records as the API shows them."""
        return documents.documents(self.model, entries, host=self.host, chosen=self.asked_fields)

    @property
    def host(self) -> str:
        """What addresses in the answer begin with, as it was asked."""
        return self.request.build_absolute_uri("/")[:-1]

    def facets(self) -> dict[str, list[dict[str, Any]]]:
        """For each facet its choices, and how many records each would find beside the other questions."""
        counted = facets.count(
            self.filterset, self.request.query_params, self.model.objects.public(), self.asked.facets
        )
        return {
            facet.name: [
                {"value": o.value, "label": o.label, "count": o.count, "selected": o.selected} for o in facet.options
            ]
            for facet in counted
        }

    def retrieve(self, request: Request, code: str) -> HttpResponseBase:
        """One record; what was merged leads on, what is withdrawn says why, a draft is as unknown as what never was."""
        entry = self.records().filter(pk=code).first()
        if entry is None:
            raise not_public(self.model, code, self._same_address)
        if self.is_download:
            return self.download([entry.pk], entry.pk)
        return Response(self.serialize([entry])[0])

    @property
    def is_download(self) -> bool:
        """Whether another format than JSON is asked for."""
        return self.request.accepted_renderer.format != Json.format

    def download(self, codes: Iterable[str], name: str) -> StreamingHttpResponse:
        """These records as a file."""
        listing = Listing(
            self.model,
            codes,
            self.host,
            tuple(self.asked_fields),
            address=self.request.build_absolute_uri(),
            as_of=self.validators.newest,
            is_single=self.action == "retrieve",
        )
        return downloads.answer(self.request, listing, name)

    def _same_address(self, now: Entry) -> str:
        """The address asked for, of another record."""
        query = self.request.META.get("QUERY_STRING", "")
        address = reverse(f"api:{self.model.slug}-detail", args=[now.pk]) + (f"?{query}" if query else "")
        return self.request.build_absolute_uri(address)

    # Last in the class, where its name hides no type.
    def list(self, request: Request) -> HttpResponseBase:
        """Records in order, a page at a time, with the number of all; as a file all of them."""
        asked = self.asked
        if self.is_download:
            codes = documents.codes_of(asked.order.apply(asked.records))
            if request.method == "HEAD":
                return self.download(codes, self.model.slug)
            return self.sender.file(lambda: self.download(codes, self.model.slug))
        count = self.kept("count", asked.records.order_by().count)
        page = pagination.page(asked.records, asked.order, asked.page_size, count, request)
        body = {
            "count": count,
            "next": page.links.get("next"),
            "previous": page.links.get("prev"),
            "results": self.serialize(page.entries),
        }
        if asked.facets:
            body["facets"] = self.kept(f"facets:{','.join(asked.facets)}", self.facets)
        return Response(body, headers=pagination.link_header(page.links))
