"""How far an import is, for the bar that refreshes itself."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from registry import sheets
from registry.models import Import, ImportState

BUSY = {ImportState.CHECKING, ImportState.IMPORTING}


def progress_view(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """Rows done, of how many, and whether it is over."""
    sheet = seen(request, number)
    return JsonResponse(
        {"done": sheet.job.done if sheet.job else 0, "of": sheet.job.of if sheet.job else 0, "over": is_over(sheet)}
    )


def seen(request: HttpRequest, number: int) -> Import:
    """The import, if this person may see it; else 404."""
    return get_object_or_404(sheets.keeping.visible_to(request.user), pk=number)


def is_over(sheet: Import) -> bool:
    """Whether nothing goes on in the background."""
    return sheet.state not in BUSY or sheet.job is None or sheet.job.is_over
