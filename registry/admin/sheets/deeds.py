"""What an editor does with an import: read it otherwise, check it, say what values mean, bring it in, stop it."""

from collections.abc import Callable
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry import jobs, ledger, sheets
from registry.models import Entry, Import, ImportState, JobKind
from registry.search import fold
from registry.sheets.mapping import Mapping

from .columns_form import mapping_from, reading_from

_BUSY_AGAIN = {ImportState.CHECKED, ImportState.STOPPED, ImportState.FAILED}


def read(request: HttpRequest, sheet: Import, model: type[Entry]) -> None:
    """Read the file in the way that was chosen."""
    sheets.keeping.read_otherwise(sheet, model, reading_from(sheet, request.POST))


def columns(request: HttpRequest, sheet: Import, model: type[Entry]) -> None:
    """Keep what the columns mean, and ask for the check unless something is still open."""
    publish = "publish" in request.POST
    if publish and not sheets.keeping.may_publish(request.user, model):
        raise PermissionDenied
    sheets.keeping.say(sheet, mapping_from(sheet, model, request.POST))
    sheet.publish = publish
    ledger.put(sheet, only=["publish"])
    if "check" in request.POST:
        _check(request, sheet)


def values(request: HttpRequest, sheet: Import, model: type[Entry]) -> None:
    """Keep what single values mean and which rows are new all the same, and check again."""
    mapping, known = Mapping.of(sheet), sheets.columns(model)
    chosen: dict[str, dict[str, str]] = {}
    for name, column in known.items():
        texts, codes = request.POST.getlist(f"text-{name}"), request.POST.getlist(f"value-{name}")
        for text, code in zip(texts, codes, strict=False):
            if code in column.choices:
                chosen.setdefault(name, {})[fold(text)] = code
    meanings = [replace(m, values=m.values | chosen.get(m.to, {})) for m in mapping.meanings]
    new = {int(row) for row in request.POST.getlist("new") if row.isascii() and row.isdigit() and len(row) < 8}
    anyway = mapping.new_anyway or "new_anyway" in request.POST
    html = mapping.take_html_out or "take_html_out" in request.POST
    rows = tuple(sorted({*mapping.new_rows, *new}))
    sheets.keeping.say(sheet, replace(mapping, meanings=meanings, new_rows=rows, new_anyway=anyway, take_html_out=html))
    _check(request, sheet)


def back(request: HttpRequest, sheet: Import, model: type[Entry]) -> None:
    """Back to the columns."""
    sheets.keeping.say(sheet, Mapping.of(sheet))


def bring_in(request: HttpRequest, sheet: Import, model: type[Entry]) -> None:
    """Begin, or go on with one that was stopped or has failed."""
    with transaction.atomic():
        sheets.keeping.begin(sheet, ImportState.IMPORTING, _BUSY_AGAIN)
        if not sheet.reason or "reason" in request.POST:
            sheets.keeping.confirm(sheet, request.POST.get("reason", ""))
        _start(request, sheet, JobKind.IMPORT)


def stop(request: HttpRequest, sheet: Import, model: type[Entry]) -> None:
    """Stop after the rows at hand; what is done stays and can be taken back."""
    if sheet.job and not sheet.job.is_over:
        jobs.stop(sheet.job)


def _check(request: HttpRequest, sheet: Import) -> None:
    if problems := sheets.keeping.may_check(sheet):
        raise ledger.Refused(" ".join(problems))
    with transaction.atomic():
        sheets.keeping.begin(sheet, ImportState.CHECKING, {ImportState.READ, ImportState.CHECKED})
        _start(request, sheet, JobKind.CHECK)


def _start(request: HttpRequest, sheet: Import, kind: JobKind) -> None:
    sheet.job = jobs.start(kind, by=request.user, language=get_language(), **{"import": sheet.pk})
    ledger.put(sheet, only=["job"])


DEEDS: dict[str, Callable[[HttpRequest, Import, type[Entry]], None]] = {
    "read": read,
    "columns": columns,
    "values": values,
    "back": back,
    "import": bring_in,
    "stop": stop,
}


def do(request: HttpRequest, sheet: Import, model: type[Entry]) -> None:
    """What the pressed button says; only whoever brought the sheet does it. Raises Refused or Unreadable."""
    if sheet.by_id != request.user.pk or not request.user.has_perm("registry.add_import"):
        raise PermissionDenied
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise ledger.Refused(_("The button is not known. Open the import again."))
    if not bytes(sheet.content) and deed not in {stop}:
        raise ledger.Refused(_("The file was dropped %(n)d days after it came.") % {"n": sheets.keeping.DAYS_KEPT})
    deed(request, sheet, model)
