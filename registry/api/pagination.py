"""Pages of a list by where the last one ended, so that no record is skipped or shown twice while others change.

A cursor is signed and bound to the address, the questions and the order of the list: it fits nowhere else.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from registry.models import Entry
from registry.ordering import Ordering

# What may change from one page to the next without its being another list.
_FREE = {"cursor", "page_size", "fields", "facets", "format"}


@dataclass(frozen=True)
class Page:
    """Some records, how many there are in all, and the addresses of the pages around: first, prev, next, last."""

    entries: list[Entry]
    count: int
    links: dict[str, str]


@dataclass(frozen=True)
class Cursor:
    """After or before which record a page stands; without one, at the very end of the list."""

    backwards: bool
    value: Any = None
    code: str | None = None


def page(records: QuerySet, order: Ordering, size: int, request: Request) -> Page:
    """The page that the request's cursor names, or the first. Raises ValidationError for a cursor of another list."""
    signer = _signer(request)
    cursor = _read(request.query_params.get("cursor"), order, records, signer)
    count = records.order_by().count()
    wanted = (count - 1) % size + 1 if cursor and cursor.code is None else size
    backwards = cursor is not None and cursor.backwards
    rows = order.apply(records, backwards=backwards)
    if cursor and cursor.code:
        rows = order.beyond(rows, cursor.value, cursor.code, backwards=backwards)
    found = list(rows[: wanted + 1]) if count else []
    more, found = len(found) > wanted, found[:wanted]
    if backwards:
        found.reverse()
    is_last = backwards and cursor.code is None
    ahead = (bool(cursor.code) if backwards else more) and not is_last
    behind = more if backwards else cursor is not None
    links = {}
    if count > len(found):
        links["first"] = _address(request, None)
        if behind:
            links["prev"] = _address(request, _write(signer, True, order, found[0] if found else None))
        if ahead:
            links["next"] = _address(request, _write(signer, False, order, found[-1]) if found else None)
        links["last"] = _address(request, _write(signer, True, order, None))
    return Page(found, count, links)


def _signer(request: Request) -> Signer:
    asked = sorted((name, sorted(values)) for name, values in request.query_params.lists() if name not in _FREE)
    bound = sha256(json.dumps([request.path, asked]).encode()).hexdigest()
    return Signer(salt=f"registry.api.pagination:{bound}")


def _read(text: str | None, order: Ordering, records: QuerySet, signer: Signer) -> Cursor | None:
    if text is None:
        return None
    try:
        backwards, *anchor = signer.unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise ValidationError(
            {"cursor": [_("This cursor does not belong to this list. Follow the links of its pages.")]}
        ) from error
    if not anchor:
        return Cursor(backwards)
    return Cursor(backwards, records.model._meta.get_field(order.column).to_python(anchor[0]), anchor[1])


def _write(signer: Signer, backwards: bool, order: Ordering, entry: Entry | None) -> str:
    if entry is None:
        return signer.sign_object([backwards])
    value = getattr(entry, order.column)
    if isinstance(value, date):  # and datetime, to the microsecond
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    return signer.sign_object([backwards, value, entry.pk])


def _address(request: Request, cursor: str | None) -> str:
    query = request.query_params.copy()
    query.pop("cursor", None)
    if cursor:
        query["cursor"] = cursor
    asked = query.urlencode()
    return request.build_absolute_uri(request.path) + (f"?{asked}" if asked else "")
