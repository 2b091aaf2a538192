"""Makes the files of the whole register that /data/ offers; a running worker does the same by itself, once a day."""

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError

from registry import dumps


class Command(BaseCommand):
    """Safe to run at any time: it makes nothing where nothing changed."""

    help = "Writes the register as NDJSON, CSV, GeoJSON and SQLite below MEDIA_ROOT, unless the newest holds it."

    def handle(self, **options) -> None:
        try:
            dump = dumps.make()
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        if dump is None:
            raise CommandError("No dump was made: nothing is published, or another process is making one now.")
        self.stdout.write(f"{dump.records} records, revision {dump.revision}, in {dump.folder}:")
        if dump.address:
            self.stdout.write(f"  Addresses in them begin with {dump.address} (PUBLIC_URL, else the port served at).")
        for file in dump.files:
            self.stdout.write(f"  {file.name}  {file.size} bytes  sha256 {file.sha256}")
