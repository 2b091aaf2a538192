"""A list or a record as a file: the same question with another format, complete and not in pages."""

from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from registry import downloads


def answer(request: Request, listing: downloads.Listing, name: str) -> StreamingHttpResponse:
    """The file in the format that was negotiated, written as it is sent; `name` is what it is called, without ending.

    Whoever asks for the headers alone costs nothing.
    """
    written = downloads.FORMATS[request.accepted_renderer.format]
    body: Iterable[bytes] = () if request.method == "HEAD" else _begun(written.write(listing))
    fields = f"{listing.host}{reverse('registry:data-fields')}#{listing.model.slug}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{timezone.now():%Y-%m-%d}.{written.name}"',
        "Link": f'<{fields}>; rel="describedby"',
    }
    return StreamingHttpResponse(body, content_type=written.content_type, headers=headers)


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first of them made already: what fails at once is an error and no broken file."""
    first = next(pieces, b"")

    def all_of_them() -> Iterator[bytes]:
        yield first
        yield from pieces

    return all_of_them()
