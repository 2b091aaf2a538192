"""Where dumps lie: below MEDIA_ROOT, a folder each, which stands there whole or not at all."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from registry import feed, ledger, public
from registry.files.store import room_needed
from registry.models import Action

from . import contents
from .contents import DumpFile
from .database import About

KEPT = 3  # the newest; each holds the whole register
LICENCE = "BSD-3-Clause"  # of the records, as LICENSE and README say; by its SPDX identifier
_LOCK = 0  # a number that no job has
_UNFINISHED = ".part"
_ABOUT = "about.json"


@dataclass(frozen=True)
class Dump:
    """The whole register as it stood after so many public changes, the last of them at `changed_at`.

    `feed` is the number of the newest entry of the feed of changes that is in it: whoever holds the dump follows the
    feed from there. None for a dump from before there was a feed. `address` is what addresses in it begin with; None
    for a dump from before that was noted.
    """

    made_at: datetime
    revision: int
    changed_at: datetime
    feed: int | None
    address: str | None
    counts: dict[str, int]
    files: list[DumpFile]
    folder: Path

    @property
    def records(self) -> int:
        """How many there are of all nouns."""
        return sum(self.counts.values())

    def is_from_before(self, taken_back_at: datetime | None) -> bool:
        """Whether it holds what was taken back later."""
        return taken_back_at is not None and self.changed_at < taken_back_at

    def says(self, changed_at: datetime) -> bool:
        """Whether it holds the register as it stands since then, at the address where it is now."""
        return self.changed_at == changed_at and self.address in {None, feed.own_host()}


def make() -> Dump | None:
    """Write the register as it stands, unless the newest dump holds just that; return the newest.

    None where nothing has ever been published, or while another process is at it. NoRoom when the disk is full:
    whatever fails leaves nothing behind.
    """
    with ledger.held(_LOCK) as mine:
        if not mine:
            return None
        _clear_up()
        _forget_old()  # before anything can fail: what was taken back does not wait for room on the disk
        with ledger.one_state():
            changed_at = last_change()
            before = newest()
            if changed_at and (before is None or not before.says(changed_at)):
                _make(changed_at)
        _forget_old()
        return newest()


def last_change() -> datetime | None:
    """When the register last changed in public."""
    return public.changes().values_list("at", flat=True).first()


def taken_back_at() -> datetime | None:
    """When a record was last taken back, or a place shown in another way: no file from before that may stay."""
    hidden = Q(action=Action.WITHDRAWN) | Q(before__has_key="precision")
    return public.changes().filter(hidden).values_list("at", flat=True).first()


def kept() -> list[Dump]:
    """What there is, the last made first."""
    folders = [path.parent for path in _root().glob(f"*/{_ABOUT}") if not path.parent.name.endswith(_UNFINISHED)]
    found = [dump for folder in folders if (dump := _read(folder))]
    return sorted(found, key=lambda dump: dump.made_at, reverse=True)


def newest() -> Dump | None:
    """The one that was made last."""
    return next(iter(kept()), None)


def find(among: list[Dump], name: str) -> tuple[Path, DumpFile] | None:
    """The file of this name, of whichever dump; None where there is none."""
    return next(((d.folder / file.name, file) for d in among for file in d.files if file.name == name), None)


def checksums(among: list[Dump]) -> str:
    """The SHA-256 of every file of these dumps, as `sha256sum --check` reads it."""
    return "".join(f"{file.sha256}  {file.name}\n" for dump in among for file in dump.files)


def _make(changed_at: datetime) -> None:
    now = timezone.now()
    revision = public.changes().count()  # numbers of changes would tell how many of them are not public
    name = f"{now:%Y-%m-%d}-r{revision}"
    with room_needed(), _whole_folder(_root() / name) as folder:
        told = feed.newest_number()  # of the same moment as the records: none that it counts is missing from them
        state = About(feed.own_host(), revision, told, changed_at, LICENCE)
        files, counts = contents.write(folder, f"caspian-heritage-register-{name}", state)
        about = {"made_at": now.isoformat(), "revision": revision, "changed_at": changed_at.isoformat()}
        about |= {
            "feed": state.feed,
            "address": state.host,
            "licence": LICENCE,
            "counts": counts,
            "files": [asdict(file) for file in files],
        }
        (folder / _ABOUT).write_text(json.dumps(about, indent=1))


@contextmanager
def _whole_folder(path: Path) -> Iterator[Path]:
    """A folder to write into that stands at the path once all is written and on the disk, and else not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=".", suffix=_UNFINISHED, dir=path.parent))
    try:
        yield unfinished
        for written in (*unfinished.iterdir(), unfinished):
            handle = os.open(written, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        if path.exists():
            shutil.rmtree(path)
        unfinished.rename(path)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _clear_up() -> None:
    """What a process that was killed has left."""
    for left in _root().glob(f".*{_UNFINISHED}"):
        shutil.rmtree(left, ignore_errors=True)


def _forget_old() -> None:
    taken_back = taken_back_at()
    for number, dump in enumerate(kept()):
        if number >= KEPT or dump.is_from_before(taken_back):
            shutil.rmtree(dump.folder, ignore_errors=True)


def _read(folder: Path) -> Dump | None:
    """None for one that another process is just taking away."""
    try:
        about = json.loads((folder / _ABOUT).read_text())
    except FileNotFoundError:
        return None
    return Dump(
        datetime.fromisoformat(about["made_at"]),
        about["revision"],
        datetime.fromisoformat(about["changed_at"]),
        about.get("feed"),
        about.get("address"),
        about["counts"],
        [DumpFile(**file) for file in about["files"]],
        folder,
    )


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "dumps"
