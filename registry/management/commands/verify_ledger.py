"""Checks that the history stands as it was written, and that the register is what follows from it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from registry import ledger

SHOWN = 20


class Command(BaseCommand):
    """Reads everything and writes nothing."""

    help = (
        "Works out every link of the chain of changes and of the feed, and replays the history of every record. "
        "Whoever can write to the database could write all links anew: note the head that this command prints "
        "somewhere else, and give it back with --noted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--noted", metavar="NUMBER:LINK", help="a head that was printed earlier")

    def handle(self, *, noted: str | None, **options: object) -> None:
        ledger.catch_up()
        wrong = list(ledger.verify())
        if noted and not ledger.holds(noted):
            wrong.insert(0, f"The head {noted} is no longer part of the chain: the past was rewritten.")
        for line in wrong[:SHOWN]:
            self.stderr.write(line)
        if len(wrong) > SHOWN:
            self.stderr.write(f"... and {len(wrong) - SHOWN} more.")
        if wrong:
            raise CommandError("The history and the register do not agree.")
        self.stdout.write(f"All holds. Head: {ledger.head()}")
