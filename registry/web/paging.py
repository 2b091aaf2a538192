"""Pages of a long list, as quick at its end as at its beginning."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry.models import Entry
from registry.ordering import Ordering

from .queries import ListQuery

PER_PAGE = 25


@dataclass(frozen=True)
class Page:
    """One page of records, its number and how many pages there are."""

    records: list[Entry]
    number: int
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


def around(query: ListQuery, page: Page) -> Pages:
    """The addresses of the other pages, with every question kept; a page past the end is said in a notice."""
    if query.page > page.total:
        query.notices.append(_("The list has %(total)d pages; this is the last.") % {"total": page.total})

    def address(number: int) -> str | None:
        return query.url(page=str(number) if number > 1 else None) if 1 <= number <= page.total else None

    return Pages(
        page.number, page.total, address(1), address(page.number - 1), address(page.number + 1), address(page.total)
    )


def read(records: QuerySet, found: QuerySet, order: Ordering, number: int, count: int) -> Page:
    """The numbered page of `found` (the last one, if there are fewer), its rows loaded as `records` loads them.

    The codes are read from whichever end of the list is nearer; only then are the rows of the page fetched.
    """
    total = max(1, -(-count // PER_PAGE))
    number = min(number, total)
    start = (number - 1) * PER_PAGE
    stop = min(start + PER_PAGE, count)
    backwards = start > count // 2
    codes = order.apply(found, backwards=backwards).values_list("pk", flat=True)
    codes = list(codes[count - stop : count - start])[::-1] if backwards else list(codes[start:stop])
    loaded = {record.pk: record for record in records.filter(pk__in=codes).order_by()}
    return Page([loaded[code] for code in codes if code in loaded], number, total)
