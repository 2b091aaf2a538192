"""What a dump holds: every public record in four forms, read once, with the meaning of the fields."""

import gzip
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from registry import dictionary, documents, downloads
from registry.models import ENTRIES, Entry
from registry.sheets import writing

from .database import About, Database

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the oldest a zip can say: the hour of writing says nothing of the records
_AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True)
class Form:
    """What the records are written as: its name, the media type of what is in the file, and that of the file."""

    name: str
    inside: str
    outside: str


# By the ending of the file.
FORMS = {
    ".ndjson.gz": Form("NDJSON", "application/x-ndjson", "application/gzip"),
    ".csv.zip": Form("CSV", "text/csv", "application/zip"),
    ".geojson.gz": Form("GeoJSON", "application/geo+json", "application/gzip"),
    ".sqlite.zip": Form("SQLite", "application/vnd.sqlite3", "application/zip"),
}


@dataclass(frozen=True)
class DumpFile:
    """One file of a dump; its size in bytes, and the SHA-256 of its bytes in hexadecimal."""

    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def form(self) -> Form:
        """That of its name."""
        return form_of(self.name)


def write(folder: Path, stem: str, about: About) -> tuple[list[DumpFile], dict[str, int]]:
    """Write the files into the folder; return them, and how many records of each noun they hold."""
    database = folder / f"{stem}.sqlite"
    with ExitStack() as stack:
        lines = stack.enter_context(_zipped(folder / f"{stem}.ndjson.gz"))
        features = stack.enter_context(_zipped(folder / f"{stem}.geojson.gz"))
        tables = stack.enter_context(ZipFile(folder / f"{stem}.csv.zip", "w", ZIP_DEFLATED))
        rows = stack.enter_context(Database.at(database, about))
        counts = _write_records(lines, features, tables, rows)
        _put(tables, "fields.csv", writing.as_csv(dictionary.as_rows()))
        _put(tables, "LICENSE.txt", iter([licence_text()]))
    with ZipFile(folder / f"{stem}.sqlite.zip", "w", ZIP_DEFLATED) as archive, database.open("rb") as file:
        _put(archive, database.name, iter(lambda: file.read(_AT_ONCE), b""))
        _put(archive, "LICENSE.txt", iter([licence_text()]))
    database.unlink()
    return [_described(folder / f"{stem}{ending}") for ending in FORMS], counts


def form_of(name: str) -> Form:
    """The form of a file of this name."""
    return next(form for ending, form in FORMS.items() if name.endswith(ending))


def licence_text() -> bytes:
    """The licence that the records are under, whole, as whoever passes them on has to pass it on."""
    return Path(settings.BASE_DIR, "LICENSE").read_bytes()


def _write_records(lines: IO[bytes], features: IO[bytes], tables: ZipFile, rows: Database) -> dict[str, int]:
    counts: dict[str, int] = {}
    features.write(downloads.features.START)

    def told(model: type[Entry]) -> Iterator[list[documents.Document]]:
        """The chunks for the table; what passes goes into the other three files as well."""
        records = model.objects.public().order_by("code")
        for chunk in documents.chunks(model, documents.codes_of(records), host=rows.about.host):
            if sum(counts.values()):
                features.write(downloads.features.BETWEEN)
            placed = downloads.features.features(model, chunk)
            features.write(downloads.features.written(placed))
            lines.write(downloads.lines.joined(chunk))
            rows.add(model, chunk, placed)
            counts[model.slug] += len(chunk)
            yield chunk

    for model in ENTRIES:
        counts[model.slug] = 0
        _put(tables, f"{model.slug}.csv", downloads.tables.as_csv(downloads.columns(model), told(model)))
    features.write(downloads.features.END)
    return counts


def _put(archive: ZipFile, name: str, pieces: Iterator[bytes]) -> None:
    member = ZipInfo(name, _LONG_AGO)
    member.compress_type = ZIP_DEFLATED
    with archive.open(member, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)


def _zipped(path: Path) -> gzip.GzipFile:
    return gzip.GzipFile(path, "wb", mtime=0)


def _described(path: Path) -> DumpFile:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return DumpFile(path.name, form_of(path.name).outside, path.stat().st_size, digest)
