"""The page of one import: what it shows follows from where the import stands."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import ledger, sheets
from registry.admin.naming import MODELS
from registry.models import Change, Entry, Import, ImportState, JobState
from registry.sheets.reading import Reading, first_rows

from . import columns_form, deeds, result
from .progress import is_over, seen


def page_view(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """GET: the step at hand. POST: a step further or back."""
    sheet = seen(request, number)
    model = MODELS[sheet.entry_type]
    if request.method == "POST":
        sheet = Import.objects.select_related("by", "job").get(pk=sheet.pk)
        try:
            deeds.do(request, sheet, model)
        except (ledger.Refused, sheets.Unreadable) as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:import", args=[number]))
    context = {
        **site.each_context(request),
        "title": _("Import of %(file)s") % {"file": sheet.file_name},
        "sheet": sheet,
        "noun": model._meta.verbose_name_plural,
        "opts": None,
        "mine": sheet.by_id == request.user.pk,
        "busy": not is_over(sheet),
        "failed": sheet.job.problem if sheet.job and sheet.job.state == JobState.FAILED else "",
        "days": sheets.keeping.DAYS_KEPT,
        **_step(request, sheet, model),
    }
    return TemplateResponse(request, "admin/sheets/import.html", context)


def _step(request: HttpRequest, sheet: Import, model: type[Entry]) -> dict[str, Any]:
    if not is_over(sheet):
        return {"step": "progress", "job": sheet.job}
    if sheet.state in {ImportState.READ, ImportState.CHECKING}:
        return {"step": "columns", **_columns(request, sheet, model)}
    done = sheet.state != ImportState.CHECKED
    stopped = sheet.state in {ImportState.STOPPED, ImportState.FAILED, ImportState.IMPORTING}
    return {
        "step": "done" if done else "result",
        "may_go_on": stopped,
        "written": Change.objects.filter(batch=sheet.batch).exists() if done else False,
        "before": sheets.earlier(sheet),
        **result.context(request, sheet, model),
    }


def _columns(request: HttpRequest, sheet: Import, model: type[Entry]) -> dict[str, Any]:
    if not (content := bytes(sheet.content)):
        return {"dropped": True}
    reading = Reading(**sheet.reading)
    return {
        "reading": reading,
        "first": first_rows(content, reading),
        "fields": columns_form.fields(sheet, model),
        "choices": columns_form.choices(model),
        "mapping": sheets.mapping.Mapping.of(sheet),
        "may_publish": sheets.keeping.may_publish(request.user, model),
        "before": sheets.earlier(sheet),
    }
