"""The page of a batch: who changed what for which reason, record by record, and what became of its undo."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import scope
from registry.models import Action, Change, Job, JobKind

from . import undoing
from .differences import Difference
from .history import shown, subjects
from .naming import MODELS

_PER_PAGE = 25
_UNDOS = 5


def batch_view(site: AdminSite, request: HttpRequest, batch: UUID) -> HttpResponse:
    """As much of it as this person may see; 404 when that is nothing."""
    if not request.user.has_perm("registry.view_change"):
        raise PermissionDenied
    changes = scope.visible_changes(request.user).filter(batch=batch).select_related("by").order_by("number")
    first = changes.first()
    if first is None:
        raise Http404
    page = Paginator(changes, _PER_PAGE).get_page(request.GET.get("p"))
    total = Change.objects.filter(batch=batch).count()
    context = {
        **site.each_context(request),
        "title": _("One save: %(reason)s") % {"reason": first.reason},
        "batch": batch,
        "first": first,
        "page": page,
        "rows": rows_of(page.object_list),
        "counts": _counts(changes),
        "unseen": total - page.paginator.count,
        "undos": [undoing.Result.of(job, request.user) for job in _undos(batch)],
        "may_undo": total == page.paginator.count and undoing.may_undo_first(site, request, changes),
    }
    return TemplateResponse(request, "admin/batch.html", context)


def rows_of(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Each change in words, with the page of its record where that is still there; few queries for any number."""
    changes = list(changes)
    words, stored = in_words(changes), subjects(changes)
    again = undoing.changed_later(Change.objects.filter(pk__in=[change.pk for change in changes]))
    later = set(again.order_by().values_list("pk", flat=True))
    return [
        {
            "change": change,
            "differences": words[change.pk],
            "later": change.pk in later,
            "url": address(change) if change.entry_code in stored else "",
        }
        for change in changes
    ]


def in_words(changes: Iterable[Change]) -> dict[int, list[Difference]]:
    """By number, what each change did; the titles of a noun are looked up together."""
    by_noun: dict[str, list[Change]] = {}
    for change in changes:
        by_noun.setdefault(change.entry_type, []).append(change)
    return {change.pk: words for mine in by_noun.values() for change, words in zip(mine, shown(mine), strict=True)}


def address(change: Change) -> str:
    """The form of the record."""
    known = change.entry_type in MODELS
    return reverse(f"admin:registry_{change.entry_type}_change", args=[change.entry_code]) if known else ""


def _counts(changes: QuerySet) -> list[tuple[str, int]]:
    """How many records were created, edited and so on."""
    counted = changes.order_by("action").values("action").annotate(n=Count("pk"))
    return [(Action(row["action"]).label, row["n"]) for row in counted]


def _undos(batch: UUID) -> list[Job]:
    return list(Job.objects.filter(kind=JobKind.UNDO, given__batch=str(batch)).select_related("by")[:_UNDOS])
