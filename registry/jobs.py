"""Work in the background: begun from a page, done by `manage.py work`, and gone on with when that has died."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from threading import Event
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from registry import ledger, sheets
from registry.models import Job, JobKind, JobState, User

log = logging.getLogger(__name__)

# Called with how much is done, of how much; raises Stopped when somebody asked for that.
Tell = Callable[[int, int], None]


WATCH = 20  # seconds between two looks for what a worker that died has left

# Set once this process is to end: the job at hand then goes on elsewhere, or after the next start.
ending = Event()


class Stopped(Exception):
    """Somebody asked for the work to stop; what is done stays done."""


class Interrupted(BaseException):
    """This process is to end; no job takes that for a failure of its own."""


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
    """Queue again what was begun and nobody is at or about to do, such as after a crash; how many jobs that are."""
    left = Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).order_by("pk")
    waiting = {number for task in DBTaskResult.objects.ready() for number in task.args_kwargs["args"]}
    left = [job for job in left if job.pk not in waiting | ledger.all_held()]
    for job in left:
        work.enqueue(job.pk)
    return len(left)


def watch(stop: Event) -> None:
    """Go on with what others have left, again and again until `stop` is set; a database that is away is asked later."""
    while not stop.wait(WATCH):
        try:
            go_on()
        except DatabaseError as error:
            log.warning("Could not look for jobs that were left: %s", error)
        finally:
            connection.close()


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
        if ending.is_set():
            raise Interrupted
        if Job.objects.filter(pk=job.pk, stop_asked=True).exists():
            raise Stopped

    try:
        job.result = WORK[JobKind(job.kind)](job, tell)
        job.state = JobState.FINISHED
    except Interrupted:
        return
    except Stopped:
        job.state = JobState.STOPPED
    except (ledger.Refused, ValidationError) as refusal:
        job.state = JobState.FAILED
        job.problem = ledger.words_of(refusal)
    except Exception:
        log.exception("Job %d failed", job.pk)
        job.state, job.problem = JobState.FAILED, _("The register failed at this. Nothing half done was kept.")
    job.ended_at = timezone.now()
    ledger.put(job, only=["state", "result", "problem", "ended_at"])


def _undo(job: Job, tell: Tell) -> dict[str, Any]:
    """Goes on with the batch that an earlier run has begun."""
    if "as" not in job.given:
        job.given["as"] = str(uuid4())
        ledger.put(job, only=["given"])
    done = ledger.Undone(**job.result)

    def keep(below: int) -> None:
        job.given["below"], job.result = below, asdict(done)
        ledger.put(job, only=["given", "result"])

    ledger.undo_by_steps(
        UUID(job.given["batch"]),
        by=job.by,
        reason=job.given["reason"],
        going_on=UUID(job.given["as"]),
        done=done,
        below=job.given.get("below"),
        keep=keep,
        tell=tell,
    )
    return asdict(done)


WORK: dict[JobKind, Callable[[Job, Tell], dict[str, Any]]] = {
    JobKind.CHECK: sheets.check,
    JobKind.IMPORT: sheets.bring_in,
    JobKind.UNDO: _undo,
}
