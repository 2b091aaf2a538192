"""Does what goes on in the background: sheets, undoing many changes, planned publication, feed, dumps, webhooks."""

import os
import signal
import sys
from argparse import ArgumentParser
from threading import Event, Thread
from types import FrameType

from django.core.management import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from registry import dumps, feed, jobs, planning, webhooks


class Command(BaseCommand):
    """Goes on with what a worker that died has left, then does what comes."""

    help = "Does the background work, until it is told to stop; beside the server, once or several times."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-input",
            action="store_true",
            help="End as soon as the standard input is closed, as when a parent dies.",
        )

    def handle(self, **options) -> None:
        worker = QuietWorker()
        worker.configure_signals()
        if options["with_input"]:
            Thread(target=_end_with_input, name="input", daemon=True).start()
        left = jobs.go_on()
        if left:
            self.stdout.write(f"Background work: going on with {left} that a worker left behind.")
        Thread(target=jobs.watch, args=[Event()], name="left", daemon=True).start()
        Thread(target=planning.watch, args=[Event()], name="planned", daemon=True).start()
        Thread(target=feed.watch, args=[Event()], name="feed", daemon=True).start()
        Thread(target=dumps.watch, args=[Event()], name="dumps", daemon=True).start()
        Thread(target=webhooks.watch, args=[Event()], name="webhooks", daemon=True).start()
        try:
            worker.run()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error


class QuietWorker(Worker):
    """Ends between two steps of a job, which the next worker goes on with, and says nothing about it."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0.5,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def configure_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, self.shutdown)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
        jobs.ending.set()
        if not self.running_task:
            sys.exit(0)


def _end_with_input() -> None:
    """Whoever started this holds the other end: it closes with them, however they end."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
