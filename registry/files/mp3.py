"""What an MP3 has to be: an ID3 tag without enclosed objects, if any, and then frames of MPEG audio, layer III."""

from collections.abc import Iterator
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_TAG = 16 * 1024 * 1024  # bytes
PADDING = 8 * 1024  # bytes that may stand before the first frame
_BITRATES = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1, kbit/s
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2 and 2.5
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # Hz, by version


def check_mp3(file: IO[bytes]) -> None:
    """ValidationError when no two frames follow each other, or when the tag encloses an object (GEOB, PRIV)."""
    file.seek(0)
    start, head = 0, file.read(10)
    if head.startswith(b"ID3") and len(head) == 10:
        start = 10 + _whole(head[6:10], 7)
        if start > LARGEST_TAG:
            _refuse_damaged()
        if any(name in {b"GEOB", b"GEO"} for name in _frames(file.read(start - 10), head[3])):
            raise ValidationError(
                _("The tags of the sound enclose an object that may tell a place. Export it without such tags."),
                code="place",
            )
    file.seek(start)
    sound = file.read(PADDING + 4096)
    at = sound.find(b"\xff")
    while 0 <= at < PADDING:
        length = _frame_length(sound[at : at + 4])
        if length and _frame_length(sound[at + length : at + length + 4]):
            return
        at = sound.find(b"\xff", at + 1)
    _refuse_damaged()


def _frames(tag: bytes, version: int) -> Iterator[bytes]:
    """The names of the frames of an ID3 tag, 2.2 to 2.4."""
    name_size, head_size = (3, 6) if version == 2 else (4, 10)
    at = 0
    while at + head_size <= len(tag) and tag[at]:
        yield tag[at : at + name_size]
        at += head_size + _whole(tag[at + name_size : at + 2 * name_size], 7 if version == 4 else 8)


def _whole(four: bytes, bits: int) -> int:
    value = 0
    for byte in four:
        value = value << bits | byte
    return value


def _frame_length(four: bytes) -> int:
    """Bytes of the frame that starts here; 0 when none does."""
    if len(four) < 4 or four[0] != 0xFF or four[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = four[1] >> 3 & 3, four[2] >> 4, four[2] >> 2 & 3
    if version not in _RATES or not 0 < bitrate < 15 or rate == 3:
        return 0
    samples = 144 if version == 3 else 72
    return samples * 1000 * _BITRATES[version == 3][bitrate - 1] // _RATES[version][rate] + (four[2] >> 1 & 1)


def _refuse_damaged() -> None:
    raise ValidationError(_("The sound is damaged or no MP3. Export it again as MP3."), code="damaged")
