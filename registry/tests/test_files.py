"""What an upload has to be before the register keeps it: nothing told that nobody meant to tell, nothing that acts."""

import errno
import hashlib
import io
import os
import shutil
import stat

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from registry import files
from registry.tests import make_files as make
from registry.tests.make_files import examine, refusal

GOOD = {
    "pdf": (make.PDF, "application/pdf"),
    "film": (make.make_mp4(b"soun", b"vide"), "video/mp4"),
    "sound in MP4": (make.make_mp4(b"soun"), "audio/mp4"),
    "webm": (make.WEBM, "video/webm"),
    "mp3": (make.make_mp3(), "audio/mpeg"),
    "mp3 without tag": (make.make_mp3()[10:], "audio/mpeg"),
    "opus": (make.OPUS, "audio/ogg"),
    "wav": (make.WAV, "audio/wav"),
    "flac": (make.FLAC, "audio/flac"),
    "model": (make.make_glb(), "model/gltf-binary"),
    "table": ("site,height\nŞəki,“700”\n".encode(), "text/csv"),
    "table with semicolons": (b"\xef\xbb\xbfsite;height\nBaku;1,5\n", "text/csv"),
    "text": ("می‌خواهم\nBMW\n".encode(), "text/plain"),
    "text like an image": (b"BMW 2002", "text/plain"),
    "table of coordinates": (b"GPSLatitude,GPSLongitude\n40.4,49.8\n", "text/csv"),
}


@pytest.mark.parametrize("case", GOOD)
@pytest.mark.parametrize("name", ["page.html", "photo.jpg", "no name at all"])
def test_a_file_is_what_its_bytes_are_whatever_it_is_called(case, name):
    content, media_type = GOOD[case]
    checked = examine(content, name)
    assert checked.media_type == media_type
    assert checked.file.read() == content and checked.size == len(content)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()


REFUSED = {
    "empty": (b"", "empty"),
    "page": (make.HTML, "Web pages"),
    "page after blanks": (b"\xef\xbb\xbf \n" + make.HTML, "Web pages"),
    "page within a text": (b"Notes\n" * 9000 + make.HTML, "web page"),
    "drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS"),
    "EPS with a preview": (b"\xc5\xd0\xd3\xc6" + bytes(30), "EPS"),
    "GIF": (b"GIF89a" + bytes(30), "JPEG"),
    "TIFF": (b"II*\0" + bytes(30), "JPEG"),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(30), "JPEG"),
    "QuickTime": (make.box(b"ftyp", b"qt  ") + bytes(30), "MP4"),
    "Matroska": (make.WEBM.replace(b"\x84webm", b"\x88matroska"), "WebM"),
    "program for Windows": (b"MZ\x90\0" + bytes(60), "Programs"),
    "program for Linux": (b"\x7fELF" + bytes(60), "Programs"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "Programs"),
    "office document": (b"PK\3\4" + bytes(60), "PDF"),
    "office document with macros": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "PDF"),
    "PDF after something": (b"hello\n" + make.PDF, "new PDF"),
    "PDF after a NUL": (b"\0" + make.PDF, "new PDF"),
    "PDF and page": (make.PDF.replace(b"1 0 obj", b"%<script>\n1 0 obj"), "two kinds"),
    "PDF and archive": (make.PDF + make.ZIP, "two kinds"),
    "PDF and something": (make.PDF + b"MZ", "hangs on"),
    "incomplete PDF": (make.PDF[:40], "incomplete"),
    "incomplete film": (make.make_mp4(b"vide")[:-1], "incomplete"),
    "film and archive": (make.make_mp4(b"vide") + make.ZIP, "two kinds"),
    "film and something": (make.make_mp4(b"vide") + b"MZ" * 40, "incomplete"),
    "film of nothing": (make.make_mp4(), "damaged"),
    "sound and page": (make.make_mp3(make.id3_frame(b"TIT2", make.HTML)), "two kinds"),
    "sound without sound": (b"ID3\4\0\0\0\0\0\0" + bytes(5000), "damaged"),
    "incomplete model": (make.make_glb()[:-4], "incomplete"),
    "model in pieces": (make.make_glb({"images": [{"uri": "https://elsewhere.example/a.png"}]}), "one GLB"),
    "model without sense": (make.make_glb()[:20] + b"[" * 5000, "damaged"),
    "text with NUL": (b"a,b\n1,\0\n", "keeps JPEG"),
    "text with NUL far in": (b"a,b\n" * 9000 + b"\0", "control"),
    "text in another encoding": ("Şəki".encode("cp1254", "replace") + b"\xfe", "UTF-8"),
    "text that breaks off": ("Şəki".encode()[:1], "UTF-8"),
    "text with ESC": (b"a\n" * 9000 + b"\x1b[31m", "control"),
    "nothing known": (bytes(range(256)), "keeps JPEG"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_kept_is_refused_in_words_that_help(case):
    content, words = REFUSED[case]
    assert words in refusal(content)


@pytest.mark.parametrize("cut", [1, 3, 4, 9, 12, 20, 30])
@pytest.mark.parametrize("case", [*GOOD, "JPEG", "PNG", "WEBP"])
def test_a_beginning_alone_is_kept_or_refused_and_never_breaks(case, cut):
    content = GOOD[case][0] if case in GOOD else make.make_image(case)
    try:
        assert examine(content[:cut]).size
    except ValidationError as refused:
        assert refused.messages


def utf16(text: str) -> bytes:
    return b"\1" + text.encode("utf-16")


POINT = "+40.3755+049.8328/"
GPS = make.exif()


def on_a_seam(trace: bytes, at: int) -> bytes:
    """A model in which this place of the trace is where the second megabyte begins."""
    return make.make_glb(pixels=bytes(1024 * 1024 - len(make.make_glb()) - at) + trace)


TELLING = {
    "QuickTime place": make.make_mp4(b"vide", notes=make.box(b"\xa9xyz", b"\0\x12\x15\xc7", POINT.encode())),
    "unreadable QuickTime place": make.make_mp4(b"vide", notes=make.box(b"\xa9xyz", b"somewhere")),
    "3GPP place": make.make_mp4(b"vide", notes=make.box(b"loci", bytes(20))),
    "Apple's place": make.make_mp4(b"vide", notes=make.box(b"keys", b"com.apple.quicktime.location.ISO6709")),
    "XMP in a film": make.make_mp4(b"vide", notes=make.box(b"XMP_", make.XMP)),
    "the way of the camera": make.make_mp4(b"vide", b"meta"),
    "XMP in a PDF": make.PDF.replace(b"<< >>", make.XMP, 1),
    "Exif in a PDF": make.PDF.replace(b"<< >>", GPS, 1),
    "Exif in a model": make.make_glb(pixels=GPS),
    "Exif of a WebP in a model": make.make_glb(pixels=GPS.removeprefix(b"Exif\0\0")),
    "Exif on a seam": on_a_seam(GPS, GPS.index(b"\0\0") + 4),
    "XMP on a seam": on_a_seam(make.XMP, make.XMP.index(b"exif:GPS") + 7),
    "object in ID3": make.make_mp3(make.id3_frame(b"GEOB", b"\0\0\0\0anything")),
    "point in ID3": make.make_mp3(make.id3_frame(b"TXXX", utf16("location\0" + POINT))),
    "Exif of a cover": make.make_mp3(make.id3_frame(b"APIC", b"\0image/jpeg\0\3\0" + GPS)),
    "point in WebM": make.WEBM + POINT.encode(),
    "point in FLAC": make.FLAC + b"GEO_LOCATION=Baku",
    "point in WAV": make.WAV + b"<LOCATION_GPS>40.37, 49.83</LOCATION_GPS>",
}


@pytest.mark.parametrize("case", TELLING)
def test_what_tells_where_it_was_made_is_refused_in_words_that_help(case):
    assert "where it was made" in refusal(TELLING[case]) or "Export it without" in refusal(TELLING[case])


def test_exif_without_a_place_is_no_reason_to_refuse():
    tags = Image.Exif()
    tags[0x010F] = "Camera"
    assert examine(make.make_glb(pixels=tags.tobytes())).media_type == "model/gltf-binary"


@pytest.mark.parametrize(
    ("content", "most"), [(make.PDF, files.LARGEST_FILE), (make.make_image("PNG"), files.LARGEST_IMAGE)]
)
def test_what_is_too_large_is_refused(content, most):
    class Long(io.BytesIO):
        """Says it is longer than it is, so that no test has to write a hundred megabytes."""

        def tell(self) -> int:
            return most + 1

    upload = make.make_upload(content)
    upload.file = Long(content)
    with pytest.raises(ValidationError, match=f"at most {most // 1024**2} MB"):
        files.examine(upload)


# Keeping


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def kept_files(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()] if media.exists() else []


def test_a_file_is_kept_once_under_the_name_of_its_content(media):
    checked = examine(make.PDF)
    files.keep(checked)
    files.keep(checked)
    files.keep(examine(make.PDF, "another name"))
    [path] = kept_files(media)
    assert path == media / checked.sha256[:2] / f"{checked.sha256}.pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with files.open_kept(checked.sha256, checked.media_type) as file:
        assert file.read() == make.PDF


def test_a_file_that_was_cut_off_is_kept_anew(media):
    checked = examine(make.PDF)
    files.keep(checked)
    kept_files(media)[0].write_bytes(b"%PDF")
    files.keep(checked)
    assert kept_files(media)[0].read_bytes() == make.PDF


def test_a_full_disk_leaves_nothing_behind(media, monkeypatch):
    def full(source, target):
        target.write(b"some")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(files.NoRoom, match="no room"):
        files.keep(examine(make.PDF))
    assert kept_files(media) == []


@pytest.mark.parametrize("sha256", ["../../../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_checksums_lead_to_files(media, sha256):
    with pytest.raises(ValueError, match="Not a file"):
        files.open_kept(sha256, "application/pdf")
