"""Work in the background: begun from a page, done by `manage.py work`, and gone on with when that has died."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from registry import ledger, sheets
from registry.models import Job, JobKind, JobState, User

log = logging.getLogger(__name__)

# Called with how much is done, of how much; raises Stopped when somebody asked for that.
Tell = Callable[[int, int], None]


class Stopped(Exception):
    """Somebody asked for the work to stop; what is done stays done."""


def start(kind: JobKind, *, by: User, **given: Any) -> Job:
    """A job with what it is given, as JSON has it; it begins once the transaction at hand is committed."""
    job = Job(kind=kind, by=by, given=given)
    ledger.put(job)
    transaction.on_commit(lambda: work.enqueue(job.pk))
    return job


def stop(job: Job) -> None:
    """Ask for the work to stop after the step it is at."""
    job.stop_asked = True
    ledger.put(job, only=["stop_asked"])


def go_on() -> int:
    """Queue again what was begun and is done by nobody, such as after a crash; how many jobs that are."""
    left = list(Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).order_by("pk"))
    for job in left:
        work.enqueue(job.pk)
    return len(left)


@task()
def work(number: int) -> None:
    """Do a job, unless it is over or another process is at it."""
    with ledger.held(number) as mine:
        job = Job.objects.filter(pk=number).first() if mine else None
        if job and not job.is_over:
            _do(job)


def _do(job: Job) -> None:
    job.state = JobState.RUNNING
    ledger.put(job, only=["state"])

    def tell(done: int, of: int) -> None:
        job.done, job.of = done, of
        ledger.put(job, only=["done", "of"])
        if Job.objects.filter(pk=job.pk, stop_asked=True).exists():
            raise Stopped

    try:
        job.result = WORK[JobKind(job.kind)](job, tell)
        job.state = JobState.FINISHED
    except Stopped:
        job.state = JobState.STOPPED
    except (ledger.Refused, ValidationError) as refusal:
        job.state = JobState.FAILED
        job.problem = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    except Exception:
        log.exception("Job %d failed", job.pk)
        job.state, job.problem = JobState.FAILED, _("The register failed at this. Nothing half done was kept.")
    job.ended_at = timezone.now()
    ledger.put(job, only=["state", "result", "problem", "ended_at"])


def _undo(job: Job, tell: Tell) -> dict[str, Any]:
    done = ledger.undo(UUID(job.given["batch"]), by=job.by, reason=job.given["reason"])
    return {"taken_back": done.taken_back, "kept": done.kept}


WORK: dict[JobKind, Callable[[Job, Tell], dict[str, Any]]] = {
    JobKind.CHECK: sheets.check,
    JobKind.IMPORT: sheets.bring_in,
    JobKind.UNDO: _undo,
}
