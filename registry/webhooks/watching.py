"""The worker's part: each webhook that waits is told in a thread of its own, so that none waits for another."""

import logging
from functools import partial
from threading import Event, Thread

from django.db import close_old_connections, connection

from registry import feed, links
from registry.models import Webhook

from .delivering import Post, deliver

log = logging.getLogger(__name__)

PAUSE = 3  # seconds between two looks
AT_ONCE = 8  # webhooks that are told at the same time, each with a connection to the database


def watch(stop: Event) -> None:
    """Tell what is to be told, again and again until `stop` is set; what fails is tried again later."""
    at_work: dict[int, Thread] = {}
    while not stop.wait(PAUSE):
        try:
            begin_due(at_work, stop)
        except Exception:
            log.exception("Webhooks could not be looked through; it is tried again")
        finally:
            close_old_connections()


def begin_due(at_work: dict[int, Thread], stop: Event, post: Post = links.post) -> None:
    """Begin with those that wait for something, unless they are told already; `at_work` holds the threads by number."""
    for number in [number for number, thread in at_work.items() if not thread.is_alive()]:
        del at_work[number]
    waiting = Webhook.objects.due(feed.newest_number()).exclude(pk__in=at_work).values_list("pk", flat=True)
    for number in waiting[: max(0, AT_ONCE - len(at_work))]:
        # They end with the process, however long the other side takes: what is not noted as taken is sent again.
        at_work[number] = Thread(target=partial(_tell, number, stop, post), name=f"webhook-{number}", daemon=True)
        at_work[number].start()


def _tell(number: int, stop: Event, post: Post) -> None:
    try:
        deliver(number, stop=stop, post=post)
    except Exception:
        log.exception("Webhook %d could not be told; it is tried again", number)
    finally:
        connection.close()
