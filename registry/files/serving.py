"""Answers with a kept file so that nothing in it can act, and shows in place only what is seen or heard."""

import os
import re
from typing import BinaryIO

from csp.constants import NONE
from csp.decorators import csp
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

from .names import set_disposition
from .store import open_kept

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class _Part:
    """So many bytes of a file from where it stands; closes the file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.left = file, size

    def read(self, size: int) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


@csp({"default-src": [NONE], "sandbox": True})
def answer(request: HttpRequest, sha256: str, media_type: str, filename: str) -> HttpResponseBase:
    """The file whole, a part of it (one range of bytes, RFC 9110, section 14), or 304, 412, 416; 404 without the file.

    Whoever calls this has made sure that the reader may have the file. What caches may do is left to the caller.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        file = open_kept(sha256, media_type)
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    response = in_parts(request, file, f'"{sha256}"')
    if isinstance(response, FileResponse):
        response["Content-Type"] = media_type + ("; charset=utf-8" if media_type.startswith("text/") else "")
        set_disposition(response, media_type, filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def in_parts(request: HttpRequest, file: BinaryIO, etag: str) -> HttpResponseBase:
    """An open file whole or the part of it that is asked for, or 304, 412, 416; it is closed in any case."""
    response = get_conditional_response(request, etag=etag) or _content(request, file, etag)
    if not isinstance(response, FileResponse):
        file.close()
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    return response


def _content(request: HttpRequest, file: BinaryIO, etag: str) -> HttpResponseBase:
    size = os.fstat(file.fileno()).st_size
    first, last = 0, size - 1
    asked = _asked(request, etag, size)
    if asked:
        first, last = asked
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(first)
    response = FileResponse(_Part(file, last - first + 1), status=206 if asked else 200)
    response["Content-Length"] = last - first + 1
    if asked:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _asked(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte that are asked for, the first above the last when there are none; None for all.

    Several ranges, other units and what is no range at all may be answered with everything, and are.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not found or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last or size), size - 1)
