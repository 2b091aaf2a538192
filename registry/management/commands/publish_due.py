"""Publishes what is due, for a timer; a running worker does the same by itself."""

from django.core.management import BaseCommand

from registry import planning


class Command(BaseCommand):
    """Safe to run at any time and several times at once."""

    help = "Publishes the records whose planned time has come, and tells the planner of those that are not ready."

    def handle(self, **options) -> None:
        for code in planning.publish_due():
            self.stdout.write(f"Published {code}.")
