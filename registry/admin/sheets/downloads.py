"""What can be taken home from a check: the list of reasons, and the refused rows with theirs."""

from collections.abc import Iterable

from django.contrib.admin import AdminSite
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from registry import sheets
from registry.models import Import

from .progress import seen


def problems_view(site: AdminSite, request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Row, column, value and what to do."""
    sheet = seen(request, number)
    return _answer(form, f"import-{number}-problems", _("Problems"), sheets.reports.problems(sheet))


def refused_view(site: AdminSite, request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The rows of the file that were refused, with a last column that says why."""
    sheet = seen(request, number)
    whole = Import.objects.get(pk=sheet.pk)
    if not whole.content:
        raise Http404
    return _answer(form, f"import-{number}-refused", _("Refused rows"), sheets.reports.refused_rows(whole))


def _answer(form: str, name: str, title: str, rows: Iterable[list[str]]) -> HttpResponse:
    if form not in sheets.writing.MEDIA_TYPES:
        raise Http404
    kind = {"content_type": sheets.writing.MEDIA_TYPES[form]}
    if form == "csv":
        response = StreamingHttpResponse(sheets.writing.as_csv(rows), **kind)
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    return FileResponse(sheets.writing.plain_xlsx(title, rows), as_attachment=True, filename=f"{name}.xlsx", **kind)
