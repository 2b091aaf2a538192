"""Keeps a copy of a register, here or elsewhere, by following its feed, and checks that its past is not rewritten."""

import json
from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import BaseCommand, CommandError

from registry.feed import Broken, Following


class Command(BaseCommand):
    """Needs no database. Run again, it goes on where it was."""

    help = (
        "Follows the feed of the register at an address into a file of JSON lines, one a record, and checks every link "
        "and every document. Run again, it goes on; its place stands beside the file, in FILE.followed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="such as https://register.example")
        parser.add_argument("file", nargs="?", default="register.ndjson", help="default: %(default)s")

    def handle(self, *, url: str, file: str, **options: object) -> None:
        path = Path(file)
        try:
            copy = Following(url)
            start = _go_on(copy, path)
            self.stdout.write(start)
            for number in copy.catch_up():
                self.stdout.write(f"Read to entry {number}.")
        except Broken as problem:
            raise CommandError(f"{problem} Nothing was written.") from problem
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        text = "".join(f"{line}\n" for line in copy.text())
        _put(path, text)
        place = {"register": copy.address, "number": copy.number, "chain": copy.chain, "sha256": _sum(text)}
        place["lines"] = {name: sorted(held) for name, held in copy.lines.items()}
        _put(_beside(path), json.dumps(place, indent=1))
        self.stdout.write(f"{text.count(chr(10))} records in {path}, as of {copy.number}:{copy.chain} of the feed.")


def _go_on(copy: Following, path: Path) -> str:
    """Take up the copy where it was left; in words, where that is."""
    if not path.exists() or not _beside(path).exists():
        return "Following from the first entry."
    text, place = path.read_text(encoding="utf-8"), json.loads(_beside(path).read_text(encoding="utf-8"))
    if place["register"] != copy.address:
        raise Broken(f"{path} is a copy of {place['register']}: name another file.")
    if place["sha256"] != _sum(text):
        return f"{path} was changed by somebody else: following from the first entry again."
    lines = iter(text.split("\n"))  # and at nothing else that some take for the end of a line
    copy.lines = {name: {code: next(lines) for code in codes} for name, codes in place["lines"].items()}
    copy.number, copy.chain = place["number"], place["chain"]
    return f"Going on after entry {copy.number}."


def _put(path: Path, text: str) -> None:
    """Whole or not at all."""
    with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as file:
        try:
            file.write(text)
            file.flush()
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.followed")


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()
