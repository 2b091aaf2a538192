"""Checks that the history stands as it was written, and that the register is what follows from it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from registry import ledger

SHOWN = 20


class Command(BaseCommand):
    """Reads everything and writes nothing."""

    help = (
        "Works out every link of the chain of changes and of the feed, and replays the history of every record. "
        "Whoever can write to the database could write all links anew: note what this command prints somewhere "
        "else, and give it back with --noted; a mirror's place in the feed will do as well."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--noted", metavar="NUMBER:LINK", help="what was printed earlier, of the history or of the feed"
        )

    def handle(self, *, noted: str | None, **options: object) -> None:
        ledger.catch_up()
        try:
            stands = not noted or ledger.holds(noted)
        except ValueError as error:
            raise CommandError("Give --noted as it was printed: NUMBER:LINK, with 64 signs after the colon.") from error
        wrong = list(ledger.verify())
        if not stands:
            wrong.insert(0, f"{noted} is part of neither chain any more: the past was rewritten.")
        for line in wrong[:SHOWN]:
            self.stderr.write(line)
        if len(wrong) > SHOWN:
            self.stderr.write(f"... and {len(wrong) - SHOWN} more.")
        if wrong:
            raise CommandError("The history and the register do not agree.")
        history, feed = ledger.heads()
        self.stdout.write(f"All holds.\nHistory {history}\nFeed    {feed}")
