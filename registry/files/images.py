"""Images are drawn anew: what is kept are the pixels, upright and in sRGB, and nothing that came with them."""

from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MOST_PIXELS = 50_000_000
LONGEST_EDGE = 4096  # pixels
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
OPTIONS = {"JPEG": {"quality": 90}, "PNG": {}, "WEBP": {"quality": 90}}
MODES = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "RGB", "RGBA", "I;16"}, "WEBP": {"RGB", "RGBA"}}

# Pillow's own guard, for whatever else opens an image in this process.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def re_encode(file: IO[bytes], media_type: str, head: bytes) -> tuple[BytesIO, int, int]:
    """The image anew, of the same kind, with its width and height in pixels; ValidationError when it cannot be."""
    kind = FORMATS[media_type]
    # Pillow makes room for a whole WebP when it opens one, so its size is read before.
    _refuse_pixels(*(_webp_size(head) if kind == "WEBP" else (0, 0)))
    lossless = {"lossless": True} if kind == "WEBP" and head[12:16] == b"VP8L" else {}
    try:
        with Image.open(file, formats=[kind]) as image:
            _refuse_pixels(*image.size)
            # Smaller first: everything after it then needs little memory, and a very large JPEG is not decoded in full.
            image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
            picture = _plain(ImageOps.exif_transpose(image), MODES[kind])
        kept = BytesIO()
        picture.save(kept, kind, **OPTIONS[kind], **lossless)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse_pixels(MOST_PIXELS, 2)
    # Pillow's readers raise whatever a broken file leads them to.
    except Exception as error:
        raise ValidationError(
            _("The image is damaged or incomplete. Open it in an image editor, save it again and upload that."),
            code="damaged",
        ) from error
    return kept, *picture.size


def _refuse_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ValidationError(
            _("The image has more than %(most)d megapixels. Make it smaller and upload that."),
            code="pixels",
            params={"most": MOST_PIXELS // 1_000_000},
        )


def _plain(image: Image.Image, modes: set[str]) -> Image.Image:
    """In sRGB and a mode that the format has, without a word beside the pixels."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data and image.mode not in {"RGBA", "LA"}:
        image = image.convert("RGBA")
    elif image.mode == "P":
        image = image.convert("RGB")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        image = _in_srgb(image, profile)
    if image.mode not in modes:
        image = image.convert("RGBA" if image.mode == "LA" else "RGB")
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the profile means them, since the profile itself is not kept; unchanged when it is broken."""
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _webp_size(head: bytes) -> tuple[int, int]:
    """Width and height in pixels from the first chunk (RFC 9649, sections 2.5 to 2.7)."""
    match head[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            return tuple(int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
