"""The private history of a contact: read, one change of it taken back, and all of it erased for good."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from registry import ledger
from registry.admin.differences import Difference, between
from registry.models import Change, PrivateChange

_SHOWN = 50


class PersonalHistory:
    """Pages of a row that is about a person."""

    def get_urls(self) -> list:
        erase = self.admin_site.admin_view(csrf_protect(self.erase_view))
        undo = self.admin_site.admin_view(csrf_protect(require_POST(self.undo_view)))
        return [
            path("<path:object_id>/erase/", erase, name=self._name("erase")),
            path("<path:object_id>/undo/<uuid:batch>/", undo, name=self._name("undo")),
            *super().get_urls(),
        ]

    def erase_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, with a reason; then erase for good."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_erase_permission(request, row):
            raise PermissionDenied
        reason = request.POST.get("reason", "").strip()[:500]
        if request.method == "POST" and reason:
            ledger.erase(row, by=request.user, reason=reason)
            messages.success(request, _("Erased, with its whole history. A stub stays that says when."))
            return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[row.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Erase for good?"),
            "opts": self.opts,
            "number": row.pk,
            "noun": self.opts.verbose_name,
            "back": reverse(f"admin:{self._name('change')}", args=[row.pk]),
            "problem": _("Say why, without naming the person.") if request.method == "POST" else "",
        }
        return TemplateResponse(request, "admin/erase.html", context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """The private history; opening it is a look as well."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        ledger.note_look(request.user, self.opts.model_name, str(row.pk))
        may = self.has_change_permission(request, row)
        changes = self._changes(row)[:_SHOWN]
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(title)s") % {"title": row},
            "opts": self.opts,
            "original": row,
            "changes": [(change, self._differences(change), may and self._may_undo(change)) for change in changes],
        }
        return TemplateResponse(request, "admin/personal_history.html", context)

    def _differences(self, change: PrivateChange) -> list[Difference]:
        names = dict.fromkeys([*change.before, *change.after])
        return between(names, change.before, change.after, label=self._label, lines=self._lines)

    def undo_view(self, request: HttpRequest, object_id: str, batch: UUID) -> HttpResponse:
        """Take back one change of this row; a change made together with others is taken back where they are."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        change = self._changes(row).filter(batch=batch).first()
        if change is None or not self.has_change_permission(request, row) or not self._may_undo(change):
            raise PermissionDenied
        done = ledger.undo(batch, by=request.user, reason=_("Undo of an earlier change"))
        for kept in done.kept:
            messages.warning(request, _("Left as it is: %(what)s.") % {"what": kept})
        if not done.kept:
            messages.info(request, _("Taken back."))
        return HttpResponseRedirect(reverse(f"admin:{self._name('history')}", args=[row.pk]))

    def _changes(self, row: Any) -> QuerySet[PrivateChange]:
        return ledger.private_changes(type(row), row.pk).select_related("by")

    def _may_undo(self, change: PrivateChange) -> bool:
        """An edit of this row alone; what was added is erased instead."""
        edited = bool(change.before and change.after)
        alone = not PrivateChange.objects.filter(batch=change.batch).exclude(pk=change.pk).exists()
        return edited and alone and not Change.objects.filter(batch=change.batch).exists()
