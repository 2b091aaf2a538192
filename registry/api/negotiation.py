"""Which format to answer in: what ?format= names, else what the Accept header takes."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.negotiation import BaseContentNegotiation, DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from registry import downloads


class Json(JSONRenderer):
    """JSON that is the same bytes for everybody, whatever the Accept header asks of its spacing."""

    def get_indent(self, accepted_media_type: str, renderer_context: dict) -> None:
        """None, always: one representation, one ETag."""


class _Download(BaseRenderer):
    """A format that a list is written in as it is sent; a refusal is JSON all the same."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: dict | None = None) -> bytes:
        """A problem."""
        return Json().render(data)


DOWNLOADS: list[type[BaseRenderer]] = [
    type(found.title, (_Download,), {"format": found.name, "media_type": found.media_type, "__doc__": str(found.title)})
    for found in downloads.FORMATS.values()
]


class OnlyForm(BaseContentNegotiation):
    """One format for everybody, which the address says, whatever the Accept header prefers."""

    def select_parser(self, request: Request, parsers: list) -> None:
        """Nothing is sent here."""

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The only one there is."""
        return renderers[0], renderers[0].media_type


class FormatOrAccept(DefaultContentNegotiation):
    """A format that is not there is an error that names those that are."""

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and the media type of the answer; 400 for ?format=, 406 for Accept."""
        wanted = request.query_params.get("format")
        formats = ", ".join(renderer.format for renderer in renderers)
        if wanted is None:
            try:
                return super().select_renderer(request, renderers, format_suffix)
            except NotAcceptable:
                media_types = ", ".join(renderer.media_type for renderer in renderers)
                raise NotAcceptable(_("This address answers in: %(names)s.") % {"names": media_types}) from None
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        raise ValidationError({"format": [_("There is no such format here. Allowed: %(names)s.") % {"names": formats}]})
