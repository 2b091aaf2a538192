"""Any list of a noun as a sheet: with its filters, its search and its order, or the chosen records alone."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import sheets

_LABELS = {"csv": gettext_lazy("Export as CSV"), "xlsx": gettext_lazy("Export as XLSX")}


class Exports:
    """The downloads of every list of entries; only what its reader may see."""

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [
            path("export/<str:form>/", self.admin_site.admin_view(self.export_view), name=name),
            *super().get_urls(),
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, tuple]:
        own = {f"export_{form}": (_action(form), f"export_{form}", label) for form, label in _LABELS.items()}
        return {**super().get_actions(request), **own}

    def export_view(self, request: HttpRequest, form: str) -> HttpResponse:
        """The list that the same address shows, whole."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise BadRequest(_("The list has no such filter.")) from error
        return self.export(form, shown.queryset, request.GET.urlencode())

    def export(self, form: str, records: QuerySet, narrowed_to: str = "") -> HttpResponse:
        """The records as a file, written while it is sent."""
        if form not in sheets.writing.MEDIA_TYPES:
            raise Http404
        now = timezone.now()
        name = f"{self.model.slug}-{now:%Y-%m-%d}.{form}"
        rows = sheets.writing.table(self.model, records)
        kind = {"content_type": sheets.writing.MEDIA_TYPES[form]}
        if form == "csv":
            response = StreamingHttpResponse(sheets.writing.as_csv(rows), **kind)
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            return response
        file = sheets.writing.as_xlsx(self.model, rows, sheets.writing.Notes(now, narrowed_to))
        return FileResponse(file, as_attachment=True, filename=name, **kind)


def _action(form: str) -> Any:
    @admin.action(description=_LABELS[form])
    def act(model_admin: Exports, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return model_admin.export(form, queryset, _("chosen records"))

    return act
