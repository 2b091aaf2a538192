"""Works out again what is derived from each record: what it is found by, the bounds of its dates, and the feed."""

from django.core.management.base import BaseCommand

from registry import ledger


class Command(BaseCommand):
    """Needed after `loaddata`, and after an upgrade that changes how words are folded."""

    help = __doc__

    def handle(self, **options: object) -> None:
        """Go through every record; versions and history stay as they are."""
        self.stdout.write(f"{ledger.reindex()} records indexed.")
        self.stdout.write(f"{ledger.look_through()} entries added to the feed of changes.")
