"""Does what goes on in the background: sheets, undoing many changes, and publishing at planned times."""

from threading import Event, Thread

from django.core.management import BaseCommand, call_command

from registry import jobs, planning


class Command(BaseCommand):
    """Goes on with what a worker that died has left, then does what comes."""

    help = "Does the background work, until it is told to stop; beside the server, once or several times."

    def handle(self, **options) -> None:
        left = jobs.go_on()
        if left:
            self.stdout.write(f"Going on with {left} jobs.")
        Thread(target=planning.watch, args=[Event()], name="planned", daemon=True).start()
        call_command("db_worker", interval=0.5, startup_delay=False, reload=False)
