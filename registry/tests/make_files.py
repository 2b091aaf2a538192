"""Small files of every kind, and the wicked ones."""

import io
import json
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

from registry import files

HTML = b"<!doctype html><script>alert(1)</script>"
ZIP = b"PK\x05\x06" + bytes(18)  # an archive of nothing
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d exif:GPSLatitude="40,22.5N"/></x:xmpmeta>'


def make_upload(content: bytes, name: str = "file") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-lies")


def examine(content: bytes, name: str = "file") -> files.Checked:
    return files.examine(make_upload(content, name))


def refusal(content: bytes) -> str:
    """What people read when this is refused; fails when it is not."""
    with pytest.raises(ValidationError) as refused:
        examine(content)
    return " ".join(refused.value.messages)


def exif(orientation: int = 1) -> bytes:
    """Exif with a camera, a point and an orientation."""
    tags = Image.Exif()
    tags[0x0112], tags[0x010F] = orientation, "Secretcam"
    tags.get_ifd(0x8825).update({1: "N", 2: (40.0, 22.0, 30.0), 3: "E", 4: (49.0, 50.0, 0.0)})
    return tags.tobytes()


def make_image(kind: str, size: tuple[int, int] = (60, 40), **given) -> bytes:
    """An image, its left half red."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **given)
    return out.getvalue()


def make_telling_image(kind: str, orientation: int = 1) -> bytes:
    """An image that tells its camera and its place in every way that its format has."""
    words = PngImagePlugin.PngInfo()
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    words.add_text("Comment", "Secretcam", zip=True)
    ways = {
        "JPEG": {"xmp": XMP, "comment": b"Secretcam"},
        "PNG": {"pnginfo": words},
        "WEBP": {"xmp": XMP},
    }
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return make_image(kind, exif=exif(orientation), icc_profile=profile, **ways[kind])


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def make_png_bomb(edge: int) -> bytes:
    """A whole and valid PNG in RGB, `edge` pixels square: some hundred kB that unpack to 3 bytes a pixel."""
    total, piece = edge * (1 + 3 * edge), bytes(4 * 1024 * 1024)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    whole, rest = divmod(total, len(piece))
    end = packer.compress(bytes(rest)) + packer.flush()
    # Adler-32 of nothing but zero bytes: only their number counts.
    check = struct.pack(">HH", total % 65521, 1)
    pixels = b"\x78\xda" + packed * whole + end + check
    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    chunks = png_chunk(b"IHDR", head) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def box(name: bytes, *content: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    inside = b"".join(content)
    return struct.pack(">I", 8 + len(inside)) + name + inside


def make_mp4(*tracks: bytes, notes: bytes = b"") -> bytes:
    """An MP4 with the handlers of its tracks, such as b"vide"."""
    handlers = [box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), track, bytes(13)))) for track in tracks]
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", *handlers, box(b"udta", notes)) + box(b"mdat", bytes(64))


def make_mp3(frames: bytes = b"") -> bytes:
    """Two frames of silence at 128 kbit/s, 44.1 kHz, after an ID3 2.4 tag with these frames."""
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\4\0\0" + size + frames + (b"\xff\xfb\x90\x00" + bytes(413)) * 2


def id3_frame(name: bytes, content: bytes) -> bytes:
    return name + bytes(len(content) >> shift & 0x7F for shift in (21, 14, 7, 0)) + b"\0\0" + content


def make_glb(scene: dict | None = None, pixels: bytes = b"") -> bytes:
    """A GLB with a scene and, as its binary part, these bytes."""
    told = json.dumps(scene or {"asset": {"version": "2.0"}}).encode()
    told += b" " * (-len(told) % 4)
    pixels += bytes(-len(pixels) % 4)
    chunks = struct.pack("<II", len(told), 0x4E4F534A) + told + struct.pack("<II", len(pixels), 0x004E4942) + pixels
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\nstartxref\n9\n%%EOF\n"
WAV = (
    b"RIFF"
    + struct.pack("<I", 44)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    + b"data"
    + bytes(12)
)
FLAC = b"fLaC\x80\0\0\x22" + bytes(34)
OPUS = b"OggS\0\2" + bytes(20) + b"\1\x13OpusHead\1\1" + bytes(9)
WEBM = b"\x1aE\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x84webm" + bytes(32)
