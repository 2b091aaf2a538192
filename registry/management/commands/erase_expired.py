"""Erases contacts that have expired and who made proposals decided long ago; meant to run every day."""

from django.core.management.base import BaseCommand

from registry import ledger, sheets


class Command(BaseCommand):
    """Says how many were erased, and names nobody."""

    help = __doc__

    def handle(self, **options: object) -> None:
        """Erase what is due; a second run finds nothing more."""
        done = ledger.erase_expired()
        self.stdout.write(
            f"{done.contacts} contacts and {done.proposals} proposals erased, "
            f"and the history of {done.histories} that had been taken back."
        )
        if done.scratches:
            self.stdout.write(f"{done.scratches} scratch drafts dropped that nobody came back to.")
        if dropped := sheets.keeping.erase_expired():
            days = sheets.keeping.DAYS_KEPT
            self.stdout.write(f"{dropped} sheets dropped that were brought in more than {days} days ago.")
        if done.unanswered:
            months = ledger.MONTHS_WITHOUT_ANSWER
            self.stdout.write(f"{done.unanswered} of the proposals had waited for {months} months without a word.")
