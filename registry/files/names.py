"""What an uploaded file is called when somebody saves it."""

import re

from anyascii import anyascii
from django.http import HttpResponse

from .kinds import EXTENSIONS

LONGEST = 120  # characters, with the extension


def safe_name(name: str, media_type: str) -> str:
    """A name without folders, marks and invisible signs that ends as its kind does, so that it opens as that."""
    extension = "." + EXTENSIONS[media_type]
    stem = re.split(r"[/\\]", name)[-1]
    stem = re.sub(r"[^\w .()\-]", "_", "".join(c for c in stem if c.isprintable())).strip(" ._")
    if stem.lower().endswith(extension):
        stem = stem[: -len(extension)]
    elif media_type == "image/jpeg" and stem.lower().endswith(".jpeg"):
        stem = stem[:-5]
    return (stem[: LONGEST - len(extension)].strip(" ._") or "file") + extension


def set_disposition(response: HttpResponse, media_type: str, name: str) -> None:
    """Shown in place only when it is an image, a sound or a film; RFC 6266, with an ASCII name beside the real one."""
    manner = "inline" if media_type.startswith(("image/", "audio/", "video/")) else "attachment"
    name = safe_name(name, media_type)
    plain = re.sub(r"[^A-Za-z0-9.()\- ]", "_", anyascii(name))
    encoded = "".join(chr(b) if chr(b) in _ATTR else f"%{b:02X}" for b in name.encode())
    response["Content-Disposition"] = f"{manner}; filename=\"{plain}\"; filename*=UTF-8''{encoded}"


_ATTR = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~"  # a part of RFC 5987 attr-char
