"""Where kept files lie: below MEDIA_ROOT, named by the SHA-256 of their bytes, so each is there once."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import IO, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .kinds import EXTENSIONS


@dataclass(frozen=True)
class Checked:
    """What may be kept: a file of its own, open at its start, and what is known of it. Width and height in pixels."""

    sha256: str
    size: int
    media_type: str
    width: int | None
    height: int | None
    file: IO[bytes]


class NoRoom(ValidationError):
    """The disk is full; nothing was kept."""


@contextmanager
def room_needed() -> Iterator[None]:
    """Turn a full disk into NoRoom."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        raise NoRoom(_("The register has no room for the file at the moment. Try again later."), code="room") from error


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that stands at the path once all of it is written, and not at all when that fails."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = mkstemp(prefix=".", suffix=".part", dir=path.parent)  # mkstemp gives it mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def keep(checked: Checked) -> None:
    """Put the file where it belongs, whole or not at all; keeping it twice is keeping it once. NoRoom."""
    path = _path(checked.sha256, checked.media_type)
    if path.exists() and path.stat().st_size == checked.size:
        return
    with room_needed():
        try:
            with written_whole(path) as file:
                checked.file.seek(0)
                shutil.copyfileobj(checked.file, file)
                file.flush()
                os.fsync(file.fileno())
        finally:
            checked.file.seek(0)
    # The name is only safe once the folder is on the disk as well.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def open_kept(sha256: str, media_type: str) -> BinaryIO:
    """The kept file, open for reading. FileNotFoundError when there is none, ValueError when there can be none."""
    return _path(sha256, media_type).open("rb")


def _path(sha256: str, media_type: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or media_type not in EXTENSIONS:
        raise ValueError(f"Not a file of the register: {sha256!r}, {media_type!r}")
    return Path(settings.MEDIA_ROOT) / sha256[:2] / f"{sha256}.{EXTENSIONS[media_type]}"
