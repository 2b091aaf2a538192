"""The front door of the API: what there is, and where."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from registry.models import ENTRIES
from registry.models.translations import capitalised

from .schema import RootSchema
from .views import PublicView


class CollectionSerializer(serializers.Serializer):
    """A list of records."""

    name = serializers.CharField()
    title = serializers.CharField()
    url = serializers.URLField()
    html_url = serializers.URLField(help_text="The same list for people.")


class IatiSerializer(serializers.Serializer):
    """Projects as activities of IATI 2.03."""

    activities = serializers.URLField(help_text="XML; 404 while no project states all that the standard asks for.")
    left_out = serializers.URLField(help_text="Which projects are not among them, each with every reason.")


class RootSerializer(serializers.Serializer):
    """Where everything is."""

    title = serializers.CharField()
    version = serializers.CharField()
    documentation = serializers.URLField()
    schema = serializers.URLField(help_text="OpenAPI 3.1.")
    vocabularies = serializers.URLField(help_text="Every code list, with labels and IATI numbers.")
    changes = serializers.URLField(help_text="The feed of changes, for whoever holds a copy.")
    oai_pmh = serializers.URLField(help_text="The records as Dublin Core, for library systems: OAI-PMH 2.0.")
    features = serializers.URLField(help_text="The records on a map, for geographic software: OGC API - Features.")
    iati = IatiSerializer()
    catalogue = serializers.URLField(help_text="What there is to take away, for portals of open data: DCAT 3, JSON-LD.")
    reconciliation = serializers.URLField(help_text="For OpenRefine: the Reconciliation Service API 0.2.")
    proposals = serializers.URLField(help_text="Where partners' systems propose, with a token.")
    collections = CollectionSerializer(many=True)


class Root(PublicView):
    """What the register offers to programs."""

    serializer_class = RootSerializer
    schema = RootSchema()

    def get(self, request: Request) -> Response:
        """The collections, the vocabularies, the schema and its documentation, and where to propose."""
        collections = [
            {
                "name": model.slug,
                "title": str(capitalised(model._meta.verbose_name_plural)),
                "url": reverse(f"api:{model.slug}-list", request=request),
                "html_url": reverse(f"registry:{model.noun}-list", request=request),
            }
            for model in ENTRIES
        ]
        return Response(
            {
                "title": "Caspian Heritage Register",
                "version": "1",
                "documentation": reverse("api:docs", request=request),
                "schema": reverse("api:schema", request=request),
                "vocabularies": reverse("api:vocabulary-list", request=request),
                "changes": reverse("api:changes", request=request),
                "oai_pmh": reverse("oai:harvest", request=request),
                "features": reverse("ogc:landing", request=request),
                "iati": {
                    "activities": reverse("iati:activities", request=request),
                    "left_out": reverse("iati:left-out-json", request=request),
                },
                "catalogue": reverse("for_machines:catalogue-jsonld", request=request),
                "reconciliation": reverse("reconcile:service", request=request),
                "proposals": reverse("api:proposals", request=request),
                "collections": collections,
            }
        )
