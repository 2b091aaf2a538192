"""Small copies of kept images, for lists: made when one is first asked for, and again whenever they are gone."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image

from .store import open_kept, written_whole

LONGEST_EDGE = 640  # pixels: a card is at most 320 wide, on a screen of two dots a pixel
MEDIA_TYPE = "image/webp"


def preview(sha256: str, media_type: str) -> bytes:
    """The kept image as a small WebP; FileNotFoundError or ValueError where no such image is kept."""
    path = Path(settings.MEDIA_ROOT) / "previews" / f"{sha256}.webp"
    with open_kept(sha256, media_type) as file:
        with suppress(FileNotFoundError):
            return path.read_bytes()
        small = _drawn(file)
    with suppress(OSError), written_whole(path) as file:  # a full disk makes the next reader wait, and nothing else
        file.write(small)
    return small


def _drawn(file: BytesIO) -> bytes:
    """What is kept has been drawn by the register itself, so it is sound and at most 4096 pixels wide and high."""
    with Image.open(file) as image:
        image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    kept = BytesIO()
    picture.save(kept, "WEBP", quality=80)
    return kept.getvalue()
