"""An uploaded image is drawn anew: it tells nothing but what is seen on it, and no bomb goes off."""

import hashlib
import io
import struct
import subprocess
import sys

import pytest
from django.conf import settings as project
from PIL import Image

from registry.tests import make_files as make
from registry.tests.make_files import examine, refusal

IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
TRACES = (b"Secretcam", b"GPS", b"xmp", b"XMP", b"Exif", b"eXIf", b"EXIF", b"tEXt", b"zTXt", b"iTXt", b"ICCP", b"iCCP")


@pytest.mark.parametrize("kind", IMAGES)
def test_a_kept_image_tells_neither_its_place_nor_its_camera(kind):
    told = make.make_telling_image(kind)
    assert b"Secretcam" in told and b"exif:GPS" in told and Image.open(io.BytesIO(told)).getexif().get_ifd(0x8825)
    checked = examine(told)
    kept = checked.file.read()
    assert not any(trace in kept for trace in TRACES)
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == kind and not image.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)
    assert (checked.media_type, checked.size) == (IMAGES[kind], len(kept))
    assert checked.sha256 == hashlib.sha256(kept).hexdigest()


@pytest.mark.parametrize("kind", IMAGES)
def test_a_kept_image_stands_upright(kind):
    checked = examine(make.make_telling_image(kind, orientation=6))
    assert (checked.width, checked.height) == (40, 60)
    with Image.open(checked.file) as image:
        assert image.convert("RGB").getpixel((20, 5))[1] < 40 and image.convert("RGB").getpixel((20, 55))[1] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_an_image_of_any_depth_looks_the_same_afterwards(mode):
    original = Image.new("RGBA", (8, 8), (200, 200, 200, 255)).convert("RGB" if mode in {"P", "1"} else "L")
    original = original.convert(mode)
    out = io.BytesIO()
    original.save(out, "PNG")
    with Image.open(examine(out.getvalue()).file) as kept:
        assert kept.convert("RGBA").getpixel((4, 4)) == original.convert("RGBA").getpixel((4, 4))


def test_an_image_for_printing_is_kept_for_screens():
    out = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(out, "JPEG")
    with Image.open(examine(out.getvalue()).file) as kept:
        red, green, _blue = kept.getpixel((4, 4))
        assert kept.mode == "RGB" and red > 200 and green < 50


def test_of_two_pictures_in_one_file_of_a_phone_the_first_is_kept():
    out = io.BytesIO()
    second = Image.new("RGB", (16, 16), "blue")
    Image.new("RGB", (16, 16), "red").save(out, "MPO", save_all=True, append_images=[second])
    with Image.open(examine(out.getvalue()).file) as kept:
        assert kept.format == "JPEG" and kept.getpixel((4, 4))[0] > 200


def test_a_transparent_image_stays_transparent():
    out = io.BytesIO()
    Image.new("P", (8, 8), 0).save(out, "PNG", transparency=0)
    with Image.open(examine(out.getvalue()).file) as kept:
        assert kept.convert("RGBA").getpixel((4, 4))[3] == 0


def test_a_large_image_is_kept_at_4096_pixels():
    checked = examine(make.make_image("JPEG", (5000, 100)))
    assert (checked.width, checked.height) == (4096, 82)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_kept(kind):
    out = io.BytesIO()
    second = Image.new("RGB", (8, 8), "blue")
    Image.new("RGB", (8, 8), "red").save(out, kind, save_all=True, append_images=[second], lossless=True)
    with Image.open(examine(out.getvalue()).file) as image:
        red, _green, blue = image.convert("RGB").getpixel((4, 4))
        assert getattr(image, "n_frames", 1) == 1 and red > 200 and blue < 50


@pytest.mark.parametrize("kind", IMAGES)
@pytest.mark.parametrize("rider", [make.ZIP, make.HTML], ids=["archive", "page"])
def test_what_rides_on_an_image_is_gone(kind, rider):
    kept = examine(make.make_image(kind) + rider).file.read()
    assert rider not in kept


@pytest.mark.parametrize("kind", IMAGES)
def test_an_incomplete_image_is_refused(kind):
    whole = make.make_image(kind, (400, 300))
    assert "incomplete" in refusal(whole[: len(whole) // 2])


def test_a_broken_profile_of_colours_is_left_aside():
    assert examine(make.make_image("JPEG", icc_profile=b"broken")).width == 60


WEBP_BOMB = b"RIFF\0\0\1\0WEBPVP8X\n\0\0\0\0\0\0\0" + (29_999).to_bytes(3, "little") * 2 + bytes(64)

MEASURE = """
import sys
from django.conf import settings
settings.configure(USE_I18N=False)
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from registry import files

def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024

content = sys.stdin.buffer.read()
upload = SimpleUploadedFile("bomb", content)
before = peak()
try:
    files.examine(upload)
except ValidationError as refused:
    print(peak() - before, refused.messages[0])
"""


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(lambda: make.make_png_bomb(13_000), id="PNG of 169 megapixels"),
        pytest.param(lambda: make.make_png_bomb(30_000), id="PNG of 900 megapixels"),
        pytest.param(lambda: with_size_of_jpeg(13_000), id="JPEG of 169 megapixels"),
        pytest.param(lambda: with_size_of_jpeg(30_000), id="JPEG of 900 megapixels"),
        pytest.param(lambda: WEBP_BOMB, id="WebP of 900 megapixels"),
    ],
)
def test_a_bomb_is_refused_before_it_takes_memory(bomb):
    # The peak of a process of its own: Linux counts it anew for each program.
    measured = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEASURE], input=bomb(), capture_output=True, check=True, cwd=project.BASE_DIR
    )
    megabytes, words = measured.stdout.decode().split(maxsplit=1)
    assert "megapixels" in words
    assert int(megabytes) < 200


def with_size_of_jpeg(edge: int) -> bytes:
    """A JPEG that says it is larger than it is."""
    whole = make.make_image("JPEG")
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", edge, edge) + whole[at + 4 :]
