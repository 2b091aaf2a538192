"""Says, while a title is typed and when it is saved, which records may be the same; it never stands in the way."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from registry import duplicates
from registry.admin.naming import with_code
from registry.models import Entry

_SHORTEST, _LONGEST = 4, 300


class Duplicates:
    """For the admin of a noun."""

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_likely"
        return [path("likely/", self.admin_site.admin_view(self.likely_view), name=name), *super().get_urls()]

    def likely_view(self, request: HttpRequest) -> JsonResponse:
        """{"found": [{"text", "url"}]} of the records that this person may see."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        title = request.GET.get("title", "")[:_LONGEST]
        regions = request.GET.getlist("region")[:50]
        found = self.alike(request, title, regions, request.GET.get("besides", ""))
        return JsonResponse(
            {"found": [{"text": with_code(entry), "url": self._url("change", entry.pk)} for entry in found]}
        )

    def response_add(self, request: HttpRequest, obj: Entry, post_url_continue: str | None = None) -> HttpResponse:
        self._say_what_it_looks_like(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        if any("title" in change.after for change in getattr(request, "changes", [])):
            self._say_what_it_looks_like(request, obj)
        return super().response_change(request, obj)

    def _say_what_it_looks_like(self, request: HttpRequest, entry: Entry) -> None:
        found = self.alike(request, entry.title, getattr(entry, "places", ()), entry.pk)
        if found:
            links = [(self._url("change", other.pk), with_code(other)) for other in found]
            named = format_html_join(", ", '<a href="{}">{}</a>', links)
            messages.warning(request, format_html("{} {}", _("It looks like:"), named))

    def alike(self, request: HttpRequest, title: str, regions: Iterable[str], besides: str = "") -> list[Entry]:
        """The records of the noun that this person sees and that may be the same, the likeliest first."""
        if len(title.strip()) < _SHORTEST or "\0" in title + besides:
            return []
        seen = self.get_queryset(request)
        found = duplicates.likely(self.model, title, regions=regions, besides=besides, within=seen)
        return [likely.entry for likely in found]
