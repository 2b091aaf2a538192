"""Pages of a long list, as quick at its end as at its beginning."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry.models import Entry
from registry.ordering import Ordering

from .queries import ListQuery

PER_PAGE = 25


@dataclass(frozen=True)
class Page:
    """One page of records, and how many pages there are."""

    records: list[Entry]
    total: int


@dataclass(frozen=True)
class Pages:
    """Where one is in the list, and the addresses around."""

    number: int
    total: int
    first: str | None
    previous: str | None
    next: str | None
    last: str | None


def total_of(count: int, per_page: int = PER_PAGE) -> int:
    """How many pages so many records fill; for none there is one, empty."""
    return max(1, -(-count // per_page))


def ways(number: int, total: int, address: Callable[[str | None], str]) -> Pages:
    """The addresses around a page; `address` is given the number of one, None for the first."""

    def way(page: int) -> str | None:
        return address(str(page) if page > 1 else None) if 1 <= page <= total else None

    return Pages(number, total, way(1), way(number - 1), way(number + 1), way(total))


def around(query: ListQuery, total: int, address: Callable[[str | None], str] | None = None) -> Pages:
    """The page that was asked for and the ways to the others, with every question kept.

    Past the end it is the last, which is said in a notice.
    """
    if query.page > total:
        query.notices.append(_("The list has %(total)d pages; this is the last.") % {"total": total})
    return ways(min(query.page, total), total, address or (lambda page: query.url(page=page)))


def read(records: QuerySet, found: QuerySet, order: Ordering, number: int, count: int) -> Page:
    """The numbered page of `found` (the last one, if there are fewer), its rows loaded as `records` loads them.

    The codes are read from whichever end of the list is nearer; only then are the rows of the page fetched.
    """
    total = total_of(count)
    number = min(number, total)
    start = (number - 1) * PER_PAGE
    stop = min(start + PER_PAGE, count)
    backwards = start > count // 2
    codes = order.apply(found, backwards=backwards).values_list("pk", flat=True)
    codes = list(codes[count - stop : count - start])[::-1] if backwards else list(codes[start:stop])
    loaded = {record.pk: record for record in records.filter(pk__in=codes).order_by()}
    return Page([loaded[code] for code in codes if code in loaded], total)
