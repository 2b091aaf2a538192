"""Taking back a batch from the admin: first what an undo would do, then the undo, and what it did is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Self
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import jobs, ledger, scope
from registry.models import Change, Job, JobKind, JobState, User

from .history import subjects
from .naming import MODELS, titles

# Up to so many records an undo is tried out before anybody is asked, and done at once; more of them in the background.
FEW = 200
_AT_ONCE = 500
_SHOWN = 300
_OVER = (JobState.FINISHED, JobState.STOPPED, JobState.FAILED)


@dataclass(frozen=True)
class Result:
    """What an undo took back, and what it left and why; of long lists the beginning."""

    job: Job | None
    taken_back: list[tuple[str, str]]
    kept: list[str]
    of_taken_back: int
    of_kept: int

    @classmethod
    def of(cls, job: Job, user: User) -> Self:
        """Of one that was done, or is being done; as far as the user sees the records."""
        codes, kept = job.result.get("taken_back", []), job.result.get("kept", [])
        about = [line.partition(":")[0] for line in kept]
        seen = scope.seen(user, {*codes, *about})
        said = [line for line, code in zip(kept, about, strict=True) if code in seen]
        return cls._made(job, [code for code in codes if code in seen], said)

    @classmethod
    def tried(cls, done: ledger.Undone) -> Self:
        """Of one that was only tried out."""
        return cls._made(None, done.taken_back, done.kept)

    @classmethod
    def _made(cls, job: Job | None, codes: list[str], kept: list[str]) -> Self:
        known = titles(codes[:_SHOWN])
        named = [(code, known.get(code, "")) for code in codes[:_SHOWN]]
        return cls(job, named, kept[:_SHOWN], len(codes), len(kept))


def undo_view(site: AdminSite, request: HttpRequest, batch: UUID) -> HttpResponse:
    """GET: what an undo would take back and what it would leave. POST: the undo, with its reason."""
    changes = Change.objects.filter(batch=batch).order_by("number")
    if not changes.exists():  # a batch of private changes alone is not taken back from here
        raise Http404
    if not may_undo(site, request, changes):
        raise PermissionDenied
    reason = request.POST.get("reason", "").strip()
    if request.method != "POST":
        return _question(site, request, changes, batch)
    if running := Job.objects.filter(kind=JobKind.UNDO, given__batch=str(batch)).exclude(state__in=_OVER).first():
        return _question(site, request, changes, batch, _("It is being taken back already, by %s.") % running.by)
    try:
        _undo(request, changes.count(), batch, reason or _("Undo of an earlier change"))
    except ledger.Refused as refusal:
        return _question(site, request, changes, batch, str(refusal))
    return HttpResponseRedirect(reverse("admin:batch", args=[batch]))


def may_undo(site: AdminSite, request: HttpRequest, changes: QuerySet) -> bool:
    """Whether this person may take back every one of the changes."""
    return all(_may_undo_all(site, request, some) for some in _by_the_hundred(changes))


def may_undo_first(site: AdminSite, request: HttpRequest, changes: QuerySet) -> bool:
    """Whether to offer it: of a long batch, the first are looked at."""
    return _may_undo_all(site, request, list(changes[:FEW]))


def _may_undo_all(site: AdminSite, request: HttpRequest, changes: list[Change]) -> bool:
    stored = subjects(changes)
    for change in changes:
        model = MODELS.get(change.entry_type)
        admin = site.get_model_admin(model) if model else None
        if not admin or not admin.may_undo(request, change, stored.get(change.entry_code)):
            return False
    return True


def _by_the_hundred(changes: QuerySet) -> Iterator[list[Change]]:
    found = changes.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(found, _AT_ONCE)):
        yield some


def _undo(request: HttpRequest, records: int, batch: UUID, reason: str) -> None:
    """At once, or in the background; either way a job keeps what became of it."""
    if records > FEW:
        jobs.start(JobKind.UNDO, by=request.user, batch=str(batch), reason=reason)
        messages.info(request, _("%(n)d changes are being taken back. This page says how far it is.") % {"n": records})
        return
    with transaction.atomic():
        done = ledger.undo(batch, by=request.user, reason=reason)
        now = timezone.now()
        given, result = {"batch": str(batch), "reason": reason}, {"taken_back": done.taken_back, "kept": done.kept}
        job = Job(kind=JobKind.UNDO, by=request.user, given=given, result=result, state=JobState.FINISHED, ended_at=now)
        ledger.put(job)
    if done.taken_back:
        messages.success(request, _("Taken back: %(codes)s.") % {"codes": ", ".join(done.taken_back)})
    if done.kept:
        messages.warning(request, _("Something was left as it is; see below what and why."))


def _question(site: AdminSite, request: HttpRequest, changes: QuerySet, batch: UUID, problem: str = "") -> HttpResponse:
    records = changes.count()
    context = {
        **site.each_context(request),
        "title": _("Take back this save?"),
        "batch": batch,
        "first": changes.select_related("by").first(),
        "records": records,
        "result": _tried(request, batch) if records <= FEW else None,
        "later": changed_later(changes).count() if records > FEW else 0,
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return TemplateResponse(request, "admin/batch_undo.html", context)


def _tried(request: HttpRequest, batch: UUID) -> Result:
    """The same undo, in a transaction that is given up."""
    with transaction.atomic():
        done = ledger.undo(batch, by=request.user, reason=_("Undo of an earlier change"))
        transaction.set_rollback(True)
    return Result.tried(done)


def changed_later(changes: QuerySet) -> QuerySet:
    """Those whose record was changed again, by another save."""
    again = Change.objects.filter(entry_code=OuterRef("entry_code"), number__gt=OuterRef("number"))
    again = again.exclude(batch=OuterRef("batch")).order_by()
    return changes.filter(Exists(again))
