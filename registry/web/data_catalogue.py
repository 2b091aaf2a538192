"""The catalogue of what there is to take away, for portals of open data; the same in every language."""

from django.http import HttpRequest, HttpResponse
from django.views import View

from registry import dcat

from .data import offered


class Catalogue(View):
    """In one of the forms of RDF, by the ending of its address."""

    form = "jsonld"

    def get(self, request: HttpRequest) -> HttpResponse:
        """With the files of the newest dump that is offered."""
        media_type, write = dcat.FORMS[self.form]
        newest = next(iter(offered()), None)
        found = dcat.catalogue(request.build_absolute_uri("/")[:-1], newest)
        return HttpResponse(write(found), content_type=media_type, headers={"Access-Control-Allow-Origin": "*"})
