"""Finds files that tell where they were made: nobody gives away the point of a grave or a home by accident."""

import re
from typing import IO, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PIECE = 1024 * 1024
OVERLAP = 256  # bytes that are read twice, so that nothing hides on a seam
_GPS_TAG = 0x8825  # Exif 2.32, 4.6.3: where the GPS part starts
_TIFF = re.compile(rb"II\*\0|MM\0\*")
_ISO_6709 = re.compile(rb"[+-]\d\d(?:\d\d){0,2}\.\d{3,}[+-]\d{3}(?:\d\d){0,2}\.\d{3,}")
_WORDS = (b"exif:gps", b"gpslatitude", b"quicktime.location", b"location_gps", b"geo_location", b"geo:lat")


def refuse_places(file: IO[bytes]) -> None:
    """ValidationError when Exif, XMP or a tag anywhere in the file names a point. Compressed parts are not opened."""
    at, piece = 0, b""
    file.seek(0)
    while more := file.read(PIECE):
        piece = piece[-OVERLAP:] + more
        # Tags of sounds are often in UTF-16; without the zero bytes its Latin letters read as themselves.
        folded = piece.replace(b"\0", b"").lower()
        if any(word in folded for word in _WORDS) or _ISO_6709.search(folded):
            refuse_place()
        start = at + len(more) - len(piece)
        for found in _TIFF.finditer(piece):
            if _has_gps(file, start + found.start()):
                refuse_place()
        at += len(more)
        file.seek(at)


def refuse_place() -> NoReturn:
    """Say what to do about a file that tells where it was made."""
    raise ValidationError(
        _("The file tells where it was made. Export it without location data (GPS) and upload that."), code="place"
    )


def _has_gps(file: IO[bytes], at: int) -> bool:
    """Whether the TIFF structure that starts here has a GPS part; False when it is no such structure."""
    file.seek(at)
    head = file.read(8)
    order = "little" if head[:1] == b"I" else "big"
    file.seek(at + int.from_bytes(head[4:8], order))
    count = int.from_bytes(file.read(2), order)
    entries = file.read(12 * min(count, 512))
    return any(
        int.from_bytes(entries[n : n + 2], order) == _GPS_TAG
        and int.from_bytes(entries[n + 2 : n + 4], order) in {4, 13}
        for n in range(0, len(entries), 12)
    )
