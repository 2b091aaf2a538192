"""The history of a record: what each change did, who made it and why, and the way to its batch."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from registry import scope
from registry.models import Action, Change, Entry, Region

from .differences import Difference, differences
from .naming import MODELS, Wording

_PER_PAGE = 25


def shown(changes: Iterable[Change]) -> list[list[Difference]]:
    """What each change of one noun did, in words; of a noun that is no longer there, nothing."""
    changes = list(changes)
    model = MODELS.get(changes[0].entry_type) if changes else None
    if model is None:
        return [[] for _change in changes]
    wording = Wording(model, *(side for change in changes for side in (change.before, change.after)))
    return [differences(model, change.before, change.after, wording) for change in changes]


class Histories:
    """The history page of an entry, made of the ledger's changes."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Newest first; also for a record that was deleted."""
        entry = self.get_object(request, object_id)
        whole = entry and scope.looks_after(request.user, entry)
        seen = Change.objects.all() if whole else scope.visible_changes(request.user)
        changes = seen.of(object_id).filter(entry_type=self.opts.model_name).select_related("by")
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        page = Paginator(changes, _PER_PAGE).get_page(request.GET.get("p"))
        if entry is None and not page.object_list:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        counted = sizes(page.object_list)
        stored = subjects(page.object_list).get(object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(title)s") % {"title": entry or page.object_list[0].entry_title},
            "opts": self.opts,
            "original": entry,
            "code": object_id,
            "page": page,
            "changes": [
                (change, words, self.may_undo(request, change, stored), counted[change.batch])
                for change, words in zip(page, shown(page), strict=True)
            ],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history.html", context)

    def may_undo(self, request: HttpRequest, change: Change, entry: Entry | None) -> bool:
        """Whether this editor may take back what the change did to its record; `entry` is that record as it is now."""
        if change.public and not self.has_publish_permission(request):
            return False
        if entry is None:
            made = change.action == Action.CREATED
            return self.has_delete_permission(request) if made else self.has_add_permission(request)
        # Taking back a creation deletes a draft but withdraws what has been public, which is a change.
        may_change = self.has_change_permission(request, entry)
        return may_change and (change.action != Action.CREATED or self.has_delete_permission(request, entry))


def sizes(changes: Iterable[Change]) -> dict[UUID, int]:
    """By batch, how many records were saved with it."""
    batches = {change.batch for change in changes}
    counted = Change.objects.order_by().filter(batch__in=batches).values("batch").annotate(n=Count("pk"))
    return {row["batch"]: row["n"] for row in counted}


def subjects(changes: Iterable[Change]) -> dict[str, Entry]:
    """By code, the records of the changes that are still there, with their places; a few queries a noun."""
    codes: dict[type[Entry], set[str]] = {}
    for change in changes:
        if model := MODELS.get(change.entry_type):
            codes.setdefault(model, set()).add(change.entry_code)
    found: dict[str, Entry] = {}
    for model, mine in codes.items():
        placed = [field.name for field in model._meta.many_to_many if field.related_model is Region]
        found |= model.objects.order_by().prefetch_related(*placed).in_bulk(mine)
    return found
