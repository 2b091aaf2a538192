"""Pages of a long list, as quick at its end as at its beginning."""

from dataclasses import dataclass

from django.db.models import QuerySet

from registry.models import Entry
from registry.ordering import Ordering

PER_PAGE = 25


@dataclass(frozen=True)
class Page:
    """One page of records, its number and how many pages there are."""

    records: list[Entry]
    number: int
    total: int


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
