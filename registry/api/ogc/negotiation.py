"""One form for each resource: plain JSON, GeoJSON, or OpenAPI."""

from rest_framework.exceptions import NotAcceptable
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from registry.api.negotiation import FormatOrAccept, Json

from . import links


class GeoJson(Json):
    """Features (RFC 7946)."""

    media_type = links.GEOJSON


class OpenApi(Json):
    """The description of the addresses."""

    media_type = links.OPENAPI


class AnyJson(FormatOrAccept):
    """Whoever takes JSON takes what is written in it, by whatever name the standard calls that."""

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The only form there is; 406 for an Accept header that takes no JSON."""
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            if not any(accepted.partition(";")[0].strip() == links.JSON for accepted in self.get_accept_list(request)):
                raise
            return renderers[0], renderers[0].media_type
