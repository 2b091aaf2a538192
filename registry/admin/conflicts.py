"""The conflict page: before, theirs and mine, field by field, until one save is on top of the other."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core import signing
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from registry import ledger, review, scope, versions
from registry.models import Action, Entry, State

from .naming import Wording, fields_in_order, label

_SALT = "registry.admin.conflict"
# Longer than a working day, so that a page left open overnight still saves.
_MAX_AGE = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class Choice:
    """One field on the conflict page, in words, and which side is ticked at first."""

    name: str
    label: str
    before: list[str]
    theirs: list[str]
    mine: list[str]
    both: bool
    keep_mine: bool


def choices(conflict: ledger.EditConflict, kept: Collection[str] | None = None) -> list[Choice]:
    """The fields in which mine differs from theirs. A side that alone changed is ticked; of two, mine.

    `kept` names those of which the editor has already chosen mine.
    """
    before, theirs, mine = conflict.before, conflict.theirs, conflict.mine
    model = type(conflict.entry)
    wording = Wording(model, before, theirs, mine)
    found = []
    for name in fields_in_order(model):
        if mine.get(name) == theirs.get(name):
            continue
        sides = [wording.lines(name, side.get(name)) for side in (before, theirs, mine)]
        i_changed, they_changed = mine.get(name) != before.get(name), theirs.get(name) != before.get(name)
        keep_mine = i_changed if kept is None else name in kept
        found.append(Choice(name, label(model, name), *sides, both=i_changed and they_changed, keep_mine=keep_mine))
    return found


class Conflicts:
    """The page that an editor meets whose record was saved by somebody else meanwhile."""

    def get_urls(self) -> list:
        view = csrf_protect(require_POST(self.resolve_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_conflict"
        return [path("<path:object_id>/conflict/", self.admin_site.admin_view(view), name=name), *super().get_urls()]

    def conflict_page(
        self,
        request: HttpRequest,
        conflict: ledger.EditConflict,
        kept: Collection[str] | None = None,
        problem: Exception | None = None,
    ) -> HttpResponse:
        """A 409 with three columns; what I typed travels with the page, signed."""
        found = choices(conflict, kept)
        carried = {
            "code": conflict.entry.pk,
            "user": request.user.pk,
            "current": conflict.current,
            "mine": {choice.name: conflict.mine[choice.name] for choice in found},
            "before": conflict.before,
        }
        context = {
            **self.admin_site.each_context(request),
            "title": _("Somebody else saved %(title)s first") % {"title": conflict.theirs["title"]},
            "opts": self.opts,
            "original": conflict.entry,
            "choices": found,
            "carried": signing.dumps(carried, salt=_SALT, compress=True),
            "reason": request.POST.get("reason", ""),
            "problems": _messages(problem),
            "url": self._url("conflict", conflict.entry.pk),
            "change_url": self._url("change", conflict.entry.pk),
            "history_url": self._url("history", conflict.entry.pk),
        }
        return TemplateResponse(request, "admin/conflict.html", context, status=409)

    def resolve_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Save the chosen side of each field on top of the version that was shown."""
        entry = self.get_object(request, object_id)
        if entry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        carried = self._carried(request, entry)
        kept = {name: value for name, value in carried["mine"].items() if request.POST.get(f"keep-{name}") == "mine"}
        reason = request.POST.get("reason", "").strip() or _("No reason given")
        try:
            with transaction.atomic():
                self._store(request, entry, kept, carried["current"], reason)
        except ledger.EditConflict as again:
            return self.conflict_page(request, again)
        except (ledger.Refused, ValidationError) as problem:
            return self.conflict_page(request, self._as_shown(entry, carried), kept, problem)
        self.message_user(request, _("%(title)s was saved.") % {"title": entry.title})
        return HttpResponseRedirect(self._url("change", entry.pk))

    def _store(self, request: HttpRequest, entry: Entry, kept: versions.Snapshot, expected: int, reason: str) -> None:
        was_public = entry.is_public
        related = versions.apply(entry, kept)
        publishing = entry.state == State.PUBLISHED and not was_public
        if publishing:
            self.check_publish_permission(request)
        with ledger.batch(by=request.user, reason=reason) as batch:
            action = Action.PUBLISHED if publishing else Action.EDITED
            batch.save(entry, expected=expected, related=related, action=action)
            if not scope.looks_after(request.user, type(entry).objects.get(pk=entry.pk)):
                raise ledger.Refused(_("Choose a place that you look after: the record would leave your regions."))
            review.follow(batch.changes, by=request.user)

    def _carried(self, request: HttpRequest, entry: Entry) -> dict:
        try:
            carried = signing.loads(request.POST.get("carried", ""), salt=_SALT, max_age=_MAX_AGE)
        except signing.BadSignature as error:
            raise SuspiciousOperation("The conflict page does not carry what this register signed.") from error
        if (carried["code"], carried["user"]) != (entry.pk, request.user.pk):
            raise SuspiciousOperation("The conflict page belongs to another record or another editor.")
        return carried

    def _as_shown(self, entry: Entry, carried: dict) -> ledger.EditConflict:
        stored = type(entry).objects.get(pk=entry.pk)
        theirs = versions.snapshot(stored)
        mine = theirs | carried["mine"]
        return ledger.EditConflict(stored, 0, carried["current"], carried["before"], mine, theirs)

    def _url(self, name: str, code: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[code])


def _messages(problem: Exception | None) -> list[str]:
    if problem is None:
        return []
    return problem.messages if isinstance(problem, ValidationError) else [str(problem)]
