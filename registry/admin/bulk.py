"""What can be done to one record or to many: publish, send back, withdraw, delete drafts; a page asks first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry import ledger, review
from registry.models import Entry, State

from .forms import version_from

MOST = 200


@dataclass(frozen=True)
class Deed:
    """Something done to records: what it is called, what it asks, and how the ledger does it."""

    name: str
    label: Promise
    question: Promise
    button: Promise
    done: Promise
    permission: str
    do: Callable[[ledger.Batch, Entry, int | None, str], None]
    asks_public_reason: bool = False


def _publish(batch: ledger.Batch, entry: Entry, expected: int | None, reason: str) -> None:
    batch.publish(entry, expected=expected)


def _withdraw(batch: ledger.Batch, entry: Entry, expected: int | None, reason: str) -> None:
    batch.withdraw(entry, expected=expected, why=reason)


def _send_back(batch: ledger.Batch, entry: Entry, expected: int | None, reason: str) -> None:
    if entry.state == State.IN_REVIEW:
        entry.state = State.DRAFT
    batch.save(entry, expected=expected)


def _delete(batch: ledger.Batch, entry: Entry, expected: int | None, reason: str) -> None:
    batch.delete(entry, expected=expected)


PUBLISH = Deed(
    "publish",
    gettext_lazy("Publish"),
    gettext_lazy("Everybody will be able to read these records."),
    gettext_lazy("Publish"),
    gettext_lazy("Published"),
    "publish",
    _publish,
)
SEND_BACK = Deed(
    "send_back",
    gettext_lazy("Send back to draft"),
    gettext_lazy("These records leave the review and become drafts again."),
    gettext_lazy("Send back"),
    gettext_lazy("Sent back"),
    "publish",
    _send_back,
)
WITHDRAW = Deed(
    "withdraw",
    gettext_lazy("Withdraw"),
    gettext_lazy("These records will no longer be shown. Their addresses stay and answer with your reason."),
    gettext_lazy("Withdraw"),
    gettext_lazy("Withdrawn"),
    "withdraw",
    _withdraw,
    asks_public_reason=True,
)
DELETE = Deed(
    "delete",
    gettext_lazy("Delete drafts"),
    gettext_lazy("Drafts that were never public are removed; their history stays, and an undo brings them back."),
    gettext_lazy("Delete"),
    gettext_lazy("Deleted"),
    "delete",
    _delete,
)


class Bulk:
    """The actions of every list of entries."""

    def get_actions(self, request: HttpRequest) -> dict[str, tuple]:
        return {
            deed.name: (_action(deed), deed.name, deed.label)
            for deed in (PUBLISH, SEND_BACK, WITHDRAW, DELETE)
            if getattr(self, f"has_{deed.permission}_permission")(request)
        }

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """The same question for one record."""
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_delete_permission(request, entry):
            raise PermissionDenied
        answer = self.carry_out(request, DELETE, [entry])
        still_there = self.model.objects.filter(pk=entry.pk).exists()
        where = "change" if still_there else "changelist"
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{where}"
        return answer or HttpResponseRedirect(reverse(name, args=[entry.pk] if still_there else []))

    def carry_out(self, request: HttpRequest, deed: Deed, entries: list[Entry]) -> HttpResponse | None:
        """Ask first; then do it to each record, keep those that were refused, and say why."""
        if not getattr(self, f"has_{deed.permission}_permission")(request):
            raise PermissionDenied
        reason = request.POST.get("reason", "").strip()
        if "confirmed" not in request.POST:
            return self._question(request, deed, entries)
        if deed.asks_public_reason and not reason:
            return self._question(request, deed, entries, _("Say why; everybody can read it."))
        try:
            with ledger.batch(by=request.user, reason=reason or str(deed.label)) as batch:
                refused = [entry for entry in entries if not self._did(request, batch, deed, entry, reason)]
                review.follow(batch.changes, by=request.user)
        except ledger.Refused as problem:
            return self._question(request, deed, entries, str(problem))
        if batch.changes:
            count = ngettext("%(n)d record", "%(n)d records", len(batch.changes)) % {"n": len(batch.changes)}
            messages.success(request, f"{deed.done}: {count}.")
        elif not refused:
            messages.info(request, _("Nothing was changed."))
        return None

    def _did(self, request: HttpRequest, batch: ledger.Batch, deed: Deed, entry: Entry, reason: str) -> bool:
        """Whether the ledger accepted it; if not, the editor is told why and the other records go on."""
        try:
            with transaction.atomic():
                self._do(request, batch, deed, entry, reason)
        except (ledger.Refused, ValidationError) as error:
            messages.error(request, f"{entry.title}: {ledger.words_of(error)}")
            return False
        return True

    def _do(self, request: HttpRequest, batch: ledger.Batch, deed: Deed, entry: Entry, reason: str) -> None:
        if not getattr(self, f"has_{'delete' if deed is DELETE else 'change'}_permission")(request, entry):
            raise ledger.Refused(_("You may not do this to the record."))
        expected = version_from(request.POST.get(f"version-{entry.pk}"))
        deed.do(batch, entry, expected, reason)

    def _question(self, request: HttpRequest, deed: Deed, entries: list[Entry], problem: str = "") -> HttpResponse:
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": deed.label,
            "deed": deed,
            "entries": entries,
            "opts": self.opts,
            "selected": ACTION_CHECKBOX_NAME,
            "problem": problem,
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "admin/confirm.html", context)


def _action(deed: Deed) -> Callable[[Bulk, HttpRequest, QuerySet], HttpResponse | None]:
    @admin.action(description=deed.label)
    def act(model_admin: Bulk, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        codes = list(queryset.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(codes) > MOST:
            messages.error(request, _("Choose at most %(n)d records at once.") % {"n": MOST})
            return None
        return model_admin.carry_out(request, deed, list(model_admin.get_queryset(request).filter(pk__in=codes)))

    return act
