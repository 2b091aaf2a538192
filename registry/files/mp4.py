"""What an MP4 has to be: whole boxes (ISO/IEC 14496-12), a film or a sound, and no track or note of where it was."""

from collections.abc import Iterator
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .geotags import refuse_place

MOST_BOXES = 20_000
_HOLDS_BOXES = {b"moov", b"trak", b"mdia", b"udta", b"moof", b"traf"}
# 3GPP TS 26.244 and QuickTime name the place in these; cameras write their positions into GPMF and the like.
_PLACES = {b"\xa9xyz", b"loci", b"GPMF", b"gps ", b"\xa9gps"}
_TRACKS = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint"}


def check_mp4(file: IO[bytes], size: int) -> str:
    """Either "video/mp4" or "audio/mp4", by the tracks."""
    tracks = set()
    for count, (name, path, at) in enumerate(_boxes(file, 0, size, ())):
        if count > MOST_BOXES:
            _refuse_damaged()
        if name in _PLACES:
            refuse_place()
        if name == b"hdlr" and path == (b"moov", b"trak", b"mdia"):
            file.seek(at + 8)
            tracks.add(file.read(4))
    # What is no picture, sound or text is measured by the camera, its way included.
    if tracks - _TRACKS:
        refuse_place()
    if b"vide" in tracks:
        return "video/mp4"
    if b"soun" not in tracks:
        _refuse_damaged()
    return "audio/mp4"


def _boxes(file: IO[bytes], at: int, end: int, path: tuple[bytes, ...]) -> Iterator[tuple[bytes, tuple, int]]:
    """Each box: its name, the names of the boxes around it, and where its content starts."""
    while at < end:
        # QuickTime ends a list of notes with four zero bytes.
        if path and end - at == 4:
            return
        file.seek(at)
        head = file.read(16)
        size, name, start = int.from_bytes(head[:4]), head[4:8], at + 8
        if size == 1:
            size, start = int.from_bytes(head[8:16]), at + 16
        elif size == 0 and not path:
            size = end - at
        if len(name) < 4 or at + size < start or at + size > end:
            # Cameras write notes of their own shape into “udta”; what stands there is still searched for places.
            if b"udta" in path:
                return
            _refuse_damaged()
        yield name, path, start
        if name in _HOLDS_BOXES and len(path) < 4:
            yield from _boxes(file, start, at + size, (*path, name))
        at += size


def _refuse_damaged() -> None:
    raise ValidationError(_("The film or sound is damaged or incomplete. Export it again as MP4."), code="damaged")
