"""The background worker that `serve` starts beside itself, in a process of its own."""

import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings

PATIENCE = 10  # seconds that a worker has to end the step it is at
PAUSE = 5  # seconds between two starts, so that one that cannot run does not keep the machine busy


class Background:
    """Starts `manage.py work` and starts it again when it dies. It ends with this process, however that ends."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.process: subprocess.Popen | None = None
        self.started = 0.0

    def keep(self) -> None:
        """Start it unless it runs; asked about once a second."""
        if self.process and self.process.poll() is None:
            return
        if time.monotonic() - self.started < PAUSE and self.process:
            return
        if self.process:
            self.say("Background work: the worker has ended; starting it again.")
            self.process.stdin.close()
        # It reads our end of a pipe, which closes when we are gone, killed or not.
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--with-input"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own program
        self.started = time.monotonic()

    def end(self) -> None:
        """Let it end the step it is at; what is left of its job goes on after the next start."""
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdin.close()
