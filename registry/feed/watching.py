"""Keeps the feed while nobody saves: what a process that died, or that was in a hurry, has left untold."""

import logging
from threading import Event

from django.db import connection

from registry import ledger

log = logging.getLogger(__name__)

PAUSE = 5  # seconds between two looks


def watch(stop: Event) -> None:
    """Tell what is left, again and again until `stop` is set; what fails is tried again."""
    while not stop.wait(PAUSE):
        try:
            ledger.catch_up()
        except Exception:
            log.exception("The feed of changes could not be kept; it is tried again")
        finally:
            connection.close()
