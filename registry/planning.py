"""Publishing at a planned time: who planned it, what is due, and what kept a record from it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger, review, scope
from registry.models import ENTRIES, Change, Entry, Job, JobKind, JobState, State, User

log = logging.getLogger(__name__)

PAUSE = 20  # seconds between two looks for what is due
_REMEMBERED = 50
UNPUBLISHED = (State.DRAFT, State.IN_REVIEW)


@dataclass(frozen=True)
class Planned:
    """A record that is to be published at a time, and who wants that."""

    entry: Entry
    by: User | None


def plan(entry: Entry, at: datetime | None) -> None:
    """Note on a draft when it is to be published, or that it is not; the ledger stores it with the next save."""
    if at and entry.state not in UNPUBLISHED:
        raise ValidationError(_("Only a draft can be planned to be published."))
    if at and at <= timezone.now():
        raise ValidationError(_("Choose a time that is still to come, or publish at once."))
    entry.publish_at = at


def planner_of(entry: Entry) -> User | None:
    """Who set the time at which the record is to be published."""
    for change in Change.objects.of(entry.pk).select_related("by"):
        if change.after.get("publish_at"):
            return change.by
    return None


def planned(user: User, most: int = 10) -> list[Planned]:
    """The next few records to be published among those that the user sees; one query a noun, and one a record."""
    found: list[Entry] = []
    for model in ENTRIES:
        if user.has_perm(f"registry.view_{model._meta.model_name}"):
            waiting = scope.visible(user, model.objects.exclude(publish_at=None).order_by("publish_at", "pk"))
            found.extend(waiting[:most])
    found.sort(key=lambda entry: (entry.publish_at, entry.pk))
    return [Planned(entry, planner_of(entry)) for entry in found[:most]]


def refused(user: User) -> list[Job]:
    """What the user had planned and what is a draft without a plan ever since, the newest first.

    `given["code"]` names the record, `given["title"]` and `given["noun"]` as well; `problem` says why.
    """
    jobs: dict[str, Job] = {}
    for job in Job.objects.filter(kind=JobKind.PUBLISH, state=JobState.FAILED, by=user)[:_REMEMBERED]:
        jobs.setdefault(job.given["code"], job)
    waiting: set[str] = set()
    for model in ENTRIES:
        if mine := [code for code in jobs if code.startswith(f"{model.prefix}-")]:
            drafts = model.objects.order_by().filter(pk__in=mine, state__in=UNPUBLISHED, publish_at=None)
            waiting |= {*drafts.values_list("pk", flat=True)}
    return [job for code, job in jobs.items() if code in waiting]


def publish_due(now: datetime | None = None) -> list[str]:
    """Publish what is due and return the codes; what may not be published stays a draft, and its planner is told.

    Each record in a transaction of its own. Of two workers at once only one gets the record.
    """
    now = now or timezone.now()
    return [code for model, code in _due(now) if _publish(model, code, now)]


def watch(stop: Event) -> None:
    """Publish what is due, again and again until `stop` is set; a database that is away is asked again later."""
    while True:
        try:
            publish_due()
        except Exception:
            log.exception("What is due could not be published; it is tried again")
        finally:
            connection.close()
        if stop.wait(PAUSE):
            return


def _due(now: datetime) -> Iterator[tuple[type[Entry], str]]:
    for model in ENTRIES:
        waiting = model.objects.filter(publish_at__lte=now).order_by("publish_at", "pk")
        yield from ((model, code) for code in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _publish(model: type[Entry], code: str, now: datetime) -> bool:
    mine = model.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    entry = mine.filter(pk=code, publish_at__lte=now, state__in=UNPUBLISHED).first()
    if entry is None:
        return False
    by, at = planner_of(entry), entry.publish_at
    try:
        with transaction.atomic():
            check_may_publish(by, entry)
            with ledger.batch(by=by, reason=_("Published as planned")) as batch:
                batch.publish(entry, expected=entry.version)
                review.follow(batch.changes, by=by)
    except (ledger.Refused, ValidationError) as refusal:
        _give_up(model, code, by, at, ledger.words_of(refusal))
        return False
    return True


def check_may_publish(by: User | None, entry: Entry) -> None:
    """Raise Refused, in words, unless all who made it what it is since it was planned may publish it."""
    right = f"registry.publish_{entry._meta.model_name}"
    if by is None or not by.is_active or not by.has_perm(right) or not scope.looks_after(by, entry):
        raise ledger.Refused(_("Whoever planned it may no longer publish this record. Publish it, or plan it anew."))
    for change in Change.objects.of(entry.pk).select_related("by"):
        if change.after.get("publish_at"):
            return
        if change.by and not change.by.has_perm(right):
            raise ledger.Refused(
                _("Since it was planned, somebody changed it who may not publish it. Read it, and publish it.")
            )


def _give_up(model: type[Entry], code: str, by: User | None, at: datetime, why: str) -> None:
    """The record stays a draft without a time; its planner sees it on the desk and hears of it by mail."""
    entry = model.objects.get(pk=code)
    entry.publish_at = None
    with ledger.batch(by=None, reason=_("It could not be published as planned")) as batch:
        batch.save(entry, expected=entry.version)
    if by is None:
        return
    given = {"code": code, "title": entry.title, "noun": model._meta.model_name, "at": at.isoformat()}
    job = Job(kind=JobKind.PUBLISH, state=JobState.FAILED, by=by, given=given, problem=why, ended_at=timezone.now())
    ledger.put(job)
    if by.email and by.is_active:
        transaction.on_commit(lambda: _write_to(by, entry, at, why), robust=True)


def _write_to(by: User, entry: Entry, at: datetime, why: str) -> None:
    words = render_to_string("admin/publishing/not_published.txt", {"entry": entry, "at": at, "why": why})
    try:
        send_mail(_("%(code)s was not published as planned") % {"code": entry.pk}, words, None, [by.email])
    except Exception as problem:  # whatever it is, it may name the address: no traceback of it is kept
        log.error("The word about %s could not be sent: %s", entry.pk, type(problem).__name__)
