"""Pages of a list by where the last one ended, so that no record is skipped or shown twice while others change."""

from dataclasses import dataclass

from django.db.models import QuerySet
from rest_framework.request import Request

from registry.models import Entry
from registry.ordering import Ordering

from .cursors import Cursor, Cursors

_LONGEST_HEADER = 3000  # characters; nginx keeps all headers of an answer in 4 kB unless told otherwise


@dataclass(frozen=True)
class Page:
    """Some records, and the addresses of the pages around: first, prev, next, last."""

    entries: list[Entry]
    links: dict[str, str]


def page(records: QuerySet, order: Ordering, size: int, count: int, request: Request) -> Page:
    """The page that the request's cursor names, or the first, of `count` records in all.

    Raises ValidationError for a cursor of another list.
    """
    cursors = Cursors(request, order, records.model)
    cursor = cursors.asked()
    at_the_end = cursor is not None and cursor.code is None
    wanted = (count - 1) % size + 1 if at_the_end else size
    entries, more = _rows(records, order, cursor, wanted) if count else ([], False)
    backwards = cursor is not None and cursor.backwards
    links = {}
    if count > len(entries):
        links["first"] = _address(request, None)
        if more if backwards else cursor:
            links["prev"] = _address(request, cursors.beside(entries[0], backwards=True) if entries else cursors.end())
        if not at_the_end if backwards else more:
            links["next"] = _address(request, cursors.beside(entries[-1], backwards=False) if entries else None)
        links["last"] = _address(request, cursors.end())
    return Page(entries, links)


def link_header(links: dict[str, str]) -> dict[str, str]:
    """The links as RFC 8288 writes them; left out where they are longer than what a proxy takes as a header."""
    written = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items())
    return {"Link": written} if 0 < len(written) < _LONGEST_HEADER else {}


def _rows(records: QuerySet, order: Ordering, cursor: Cursor | None, wanted: int) -> tuple[list[Entry], bool]:
    """The rows in the order of the list, and whether there are more in the direction of the cursor."""
    backwards = cursor is not None and cursor.backwards
    rows = order.apply(records, backwards=backwards)
    if cursor and cursor.code:
        rows = order.beyond(rows, cursor.value, cursor.code, backwards=backwards)
    found = list(rows[: wanted + 1])
    entries = found[:wanted]
    return entries[::-1] if backwards else entries, len(found) > wanted


def _address(request: Request, cursor: str | None) -> str:
    query = request.query_params.copy()
    query.pop("cursor", None)
    if cursor:
        query["cursor"] = cursor
    asked = query.urlencode()
    return request.build_absolute_uri(request.path) + (f"?{asked}" if asked else "")
