"""The imports that somebody may see, and the form that begins one."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import ledger, sheets
from registry.admin.naming import MODELS
from registry.models import ENTRIES, Entry

_PER_PAGE = 25


def list_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """GET: the list. POST: a file with its noun, which begins an import."""
    may_add = request.user.has_perm("registry.add_import")
    if not (may_add or request.user.has_perm("registry.view_import")):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        try:
            sheet = _taken_in(request)
        except (sheets.Unreadable, ValidationError) as refusal:
            problem = ledger.words_of(refusal)
        else:
            if before := sheets.earlier(sheet):
                words = _("This file was imported on %(day)s. The check knows its records again.")
                messages.info(request, words % {"day": f"{before.made_at:%Y-%m-%d}"})
            return HttpResponseRedirect(reverse("admin:import", args=[sheet.pk]))
    page = Paginator(sheets.keeping.visible_to(request.user), _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": _("Imports"),
        "page": page,
        "rows": [(sheet, _noun(sheet.entry_type)) for sheet in page],
        "nouns": [(m._meta.model_name, m._meta.verbose_name_plural) for m in _nouns(request)] if may_add else [],
        "noun": request.POST.get("noun") or request.GET.get("noun", ""),
        "most": sheets.MOST_BYTES // 1024**2,
        "problem": problem,
    }
    return TemplateResponse(request, "admin/sheets/list.html", context, status=400 if problem else 200)


def _nouns(request: HttpRequest) -> list[type[Entry]]:
    """What this person may add or change."""
    name = "registry.{}_{}".format
    may = request.user.has_perm
    return [m for m in ENTRIES if may(name("add", m._meta.model_name)) or may(name("change", m._meta.model_name))]


def _taken_in(request: HttpRequest):
    model, file = MODELS.get(request.POST.get("noun", "")), request.FILES.get("file")
    if model is None or model not in _nouns(request):
        raise ValidationError(_("Choose what the sheet holds."))
    if file is None:
        raise ValidationError(_("Choose a file."))
    if file.size > sheets.MOST_BYTES:
        raise ValidationError(_("The file is larger than %(n)d MB. Divide it.") % {"n": sheets.MOST_BYTES // 1024**2})
    return sheets.keeping.take_in(model, file.name, file.read(), by=request.user)


def _noun(name: str) -> str:
    return str(MODELS[name]._meta.verbose_name_plural).capitalize() if name in MODELS else name
