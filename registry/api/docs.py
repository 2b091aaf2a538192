"""The schema, and its pages for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.request import Request
from rest_framework.response import Response

from . import schema
from .views import PublicView


class Schema(PublicView):
    """OpenAPI 3.1."""

    schema = None

    def get(self, request: Request) -> Response:
        """The whole of it."""
        return Response(schema.document())


def docs(request: HttpRequest) -> HttpResponse:
    """Every address with what it takes and gives, to be tried out; without scripts, the list of them."""
    operations = [
        {"method": method.upper(), "path": path, "summary": operation["summary"]}
        for path, methods in schema.document()["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "registry/api_docs.html", {"operations": operations})
