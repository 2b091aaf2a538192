"""Making dumps by itself: the worker looks from time to time, and makes one a day at most, once something changed."""

import logging
from datetime import UTC, datetime
from threading import Event

from django.db import connection
from django.utils import timezone

from . import keeping

log = logging.getLogger(__name__)

SOON = 3  # seconds after the start: time to stop what was started by mistake
UNTIL_THE_FIRST = 20  # seconds between two looks while there is no dump at all
PAUSE = 300  # seconds between two looks


def is_due(now: datetime) -> bool:
    """Whether the register has changed since the newest dump, and that one is not of the same day in UTC.

    What was taken back goes at once.
    """
    changed_at, newest = keeping.last_change(), keeping.newest()
    if changed_at is None or newest is None:
        return changed_at is not None
    if newest.is_from_before(keeping.taken_back_at()):
        return True
    return newest.changed_at != changed_at and newest.made_at.astimezone(UTC).date() < now.astimezone(UTC).date()


def watch(stop: Event) -> None:
    """Make what is due, again and again until `stop` is set; what fails is tried again later."""
    pause = SOON
    while not stop.wait(pause):
        pause = PAUSE
        try:
            if is_due(timezone.now()):
                keeping.make()
            if keeping.newest() is None:
                pause = UNTIL_THE_FIRST
        except Exception:
            log.exception("The dump of the register could not be made; it is tried again")
        finally:
            connection.close()
