"""The history of a record: what each change did, who made it and why, and the way to take its batch back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from registry import ledger
from registry.models import Action, Change, Entry

from .differences import Difference, differences
from .naming import MODELS

_PER_PAGE = 25


def shown(change: Change) -> list[Difference]:
    """What a change did, in words; of a noun that is no longer there, nothing."""
    model = MODELS.get(change.entry_type)
    return differences(model, change.before, change.after) if model else []


class Histories:
    """The history page of an entry, made of the ledger's changes."""

    def get_urls(self) -> list:
        undo = self.admin_site.admin_view(csrf_protect(require_POST(self.undo_view)))
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        return [path("<path:object_id>/undo/<uuid:batch>/", undo, name=name), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Newest first; also for a record that was deleted."""
        changes = Change.objects.of(object_id).filter(entry_type=self.opts.model_name).select_related("by")
        entry = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        page = Paginator(changes, _PER_PAGE).get_page(request.GET.get("p"))
        if entry is None and not page.object_list:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        counted = sizes(page.object_list)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(title)s") % {"title": entry or page.object_list[0].entry_title},
            "opts": self.opts,
            "original": entry,
            "code": object_id,
            "page": page,
            "changes": [
                (change, shown(change), self.may_undo(request, change), counted[change.batch]) for change in page
            ],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history.html", context)

    def may_undo(self, request: HttpRequest, change: Change) -> bool:
        """Whether this editor may take back what the change did to its record."""
        entry = self.model.objects.filter(pk=change.entry_code).first()
        if change.public and not self.has_publish_permission(request):
            return False
        if change.action == Action.CREATED:
            return self.has_delete_permission(request)
        return self.has_add_permission(request) if entry is None else self.has_change_permission(request, entry)

    def undo_view(self, request: HttpRequest, object_id: str, batch: Any) -> HttpResponse:
        """Take back the whole batch, and say what was taken back and what was left."""
        for change in Change.objects.filter(batch=batch):
            admin = self.admin_site.get_model_admin(MODELS[change.entry_type])
            if not admin.may_undo(request, change):
                raise PermissionDenied
        reason = request.POST.get("reason", "").strip() or _("Undo of an earlier change")
        try:
            done = ledger.undo(batch, by=request.user, reason=reason)
        except ledger.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            tell(request, done)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[object_id]))


def tell(request: HttpRequest, done: ledger.Undone) -> None:
    """Both halves of what an undo did."""
    if done.taken_back:
        messages.success(request, _("Taken back: %(codes)s.") % {"codes": ", ".join(done.taken_back)})
    for kept in done.kept:
        messages.warning(request, _("Left as it is: %(what)s.") % {"what": kept})


def sizes(changes: Iterable[Change]) -> dict[UUID, int]:
    """By batch, how many records were saved with it."""
    batches = {change.batch for change in changes}
    counted = Change.objects.order_by().filter(batch__in=batches).values("batch").annotate(n=Count("pk"))
    return {row["batch"]: row["n"] for row in counted}


def subject(change: Change) -> Entry | None:
    """The record of a change, if it is still there."""
    model = MODELS.get(change.entry_type)
    return model.objects.filter(pk=change.entry_code).first() if model else None
