"""The kinds of file that the register keeps, told by their first bytes and by nothing else."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST_FILE = 100 * 1024 * 1024  # bytes
LARGEST_IMAGE = 30 * 1024 * 1024  # bytes
HEAD = 16 * 1024  # bytes that are looked at to tell a kind

# Media types as IANA registers them, and the one extension that each gets.
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "model/gltf-binary": "glb",
    "text/csv": "csv",
    "text/plain": "txt",
}

_IMAGE = gettext_lazy("This kind of image is not kept. Save it as JPEG, PNG or WebP and upload that.")
_OFFICE = gettext_lazy(
    "Archives and office documents are not kept, since they can carry programs. "
    "Save a document as PDF or a table as CSV and upload that."
)
_PROGRAM = gettext_lazy("Programs are not kept. Upload the document, image, sound or film itself.")
_FILM = gettext_lazy("This kind of film is not kept. Save it as MP4 or WebM and upload that.")
_PAGE = gettext_lazy("Web pages and drawings in XML, such as SVG, are not kept. Save it as PDF or PNG and upload that.")
_POSTSCRIPT = gettext_lazy("PostScript and EPS are programs and are not kept. Save it as PDF or PNG and upload that.")

# Known kinds that are refused, so that people read what to do instead.
_REFUSED = [
    (b"GIF8", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"BM", _IMAGE),
    (b"8BPS", _IMAGE),
    (b"PK", _OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"{\\rtf", _OFFICE),
    (b"7z\xbc\xaf\x27\x1c", _OFFICE),
    (b"Rar!", _OFFICE),
    (b"\x1f\x8b", _OFFICE),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\0asm", _PROGRAM),
    (b"#!", _PROGRAM),
    (b"%!", _POSTSCRIPT),
    (b"\xc5\xd0\xd3\xc6", _POSTSCRIPT),
    (b"\x1aE\xdf\xa3", _FILM),  # Matroska that is not WebM
    (b"RIFF", _FILM),
]

# ISO base media brands; whether there is a film or only sound is told by the tracks.
_MP4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"avc1", b"mp41", b"mp42", b"M4V ", b"M4A ", b"M4B ", b"dash"}
_STILL = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"}
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<iframe", b"<body", b"<head")


def kind_of(head: bytes) -> str:
    """The media type that the first bytes (up to HEAD of them) claim; ValidationError for what is not kept.

    "video/mp4" may still turn out to be "audio/mp4", and "text/plain" to be "text/csv".
    """
    if kind := _binary(head):
        return kind
    for signature, words in _REFUSED:
        if head.startswith(signature) and not (signature.isalpha() and _is_text(head)):  # “BMW”
            raise ValidationError(words, code="kind")
    if head[4:8] == b"ftyp":
        raise ValidationError(_IMAGE if head[8:12] in _STILL else _FILM, code="kind")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or has_markup(head):
        raise ValidationError(_PAGE, code="kind")
    if b"%PDF-" in head[:1024]:
        raise ValidationError(
            _("Something stands before the start of this PDF. Print it to a new PDF and upload that."), code="kind"
        )
    if _is_text(head):
        return "text/plain"
    raise ValidationError(
        _(
            "The register keeps JPEG, PNG and WebP images, PDF, MP4 and WebM films, MP3, M4A, Ogg, WAV and FLAC sound, "
            "GLB models, and CSV or plain text in UTF-8. Save the file as one of them and upload that."
        ),
        code="kind",
    )


def _binary(head: bytes) -> str:
    rules = {
        "image/jpeg": head.startswith(b"\xff\xd8\xff"),
        "image/png": head.startswith(b"\x89PNG\r\n\x1a\n"),
        "image/webp": head.startswith(b"RIFF") and head[8:12] == b"WEBP",
        "application/pdf": head.startswith(b"%PDF-"),
        "video/mp4": head[4:8] == b"ftyp" and head[8:12] in _MP4,
        "video/webm": head.startswith(b"\x1aE\xdf\xa3") and b"\x42\x82\x84webm" in head[:80],
        "audio/mpeg": head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] in b"\xfa\xfb\xf2\xf3\xe2\xe3"),
        "audio/ogg": head.startswith(b"OggS\0")
        and any(c in head[:80] for c in (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")),
        "audio/wav": head.startswith(b"RIFF") and head[8:12] == b"WAVE" and b"fmt " in head,
        "audio/flac": head.startswith(b"fLaC") and head[5:8] == b"\0\0\x22",
        "model/gltf-binary": head.startswith(b"glTF\2\0\0\0"),
    }
    return next((kind for kind, holds in rules.items() if holds), "")


def _is_text(head: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in head)


def has_markup(piece: bytes) -> bool:
    """Whether bytes hold what makes a browser or a viewer read a file as a page."""
    folded = piece.lower()
    return any(tag in folded for tag in _MARKUP)
