"""Loads the records of the founding articles."""

from django.core.management.base import BaseCommand

from registry.seeding import seed


class Command(BaseCommand):
    """Adds what is missing; never overwrites an edit, and may be run again at any time."""

    help = __doc__

    def handle(self, **options: object) -> None:
        """Say how many records were added and how many were left as they are."""
        done = seed()
        self.stdout.write(f"{len(done.added)} records added, {len(done.present)} left as they are.")
