"""Small copies of kept images, for lists: made when one is first asked for, and again whenever they are gone."""

import os
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import mkstemp

from django.conf import settings
from PIL import Image

from registry import files

LONGEST_EDGE = 640  # pixels: a card is at most 320 wide, on a screen of two dots a pixel
MEDIA_TYPE = "image/webp"


def preview(sha256: str, media_type: str) -> bytes:
    """The kept image as a small WebP; FileNotFoundError or ValueError where no such image is kept."""
    path = Path(settings.MEDIA_ROOT) / "previews" / f"{sha256}.webp"
    with files.open_kept(sha256, media_type) as file:
        with suppress(FileNotFoundError):
            return path.read_bytes()
        small = _drawn(file)
    with suppress(OSError):  # a full disk makes the next reader wait, and nothing else
        _write(path, small)
    return small


def _drawn(file: BytesIO) -> bytes:
    """What is kept has been drawn by the register itself, so it is sound and at most 4096 pixels wide and high."""
    with Image.open(file) as image:
        image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    kept = BytesIO()
    picture.save(kept, "WEBP", quality=80)
    return kept.getvalue()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
