"""When the records of a noun are: by their dates, or by the year of a budget; other nouns are at no time."""

from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from registry.models import CountryBudget, Dated, Entry

Interval = tuple[str | None, str | None]


def overlapping(records: QuerySet, first: date | None, last: date | None) -> QuerySet:
    """Those whose time may touch these days, and those of no known time; an end that is open reaches any day."""
    if issubclass(records.model, Dated):
        unknown, starts, ends, since, until = Q(dates=""), "dates_earliest", "dates_latest", first, last
    elif records.model is CountryBudget:
        unknown, starts, ends = Q(year=None), "year", "year"
        since, until = first and first.year, last and last.year
    else:
        return records
    touching = Q()
    if until:
        touching &= Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": until})
    if since:
        touching &= Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": since})
    return records.filter(unknown | touching)


def extent(model: type[Entry]) -> Interval | None:
    """From the first to the last second that published records of the noun touch; None where none states a time."""
    records = model.objects.public().order_by()
    if model is CountryBudget:
        years = records.aggregate(first=Min("year"), last=Max("year"))
        if years["first"] is None:
            return None
        return _start(date(years["first"], 1, 1)), _end(date(years["last"], 12, 31))
    if not issubclass(model, Dated):
        return None
    dated = records.exclude(dates="")
    ends = dated.aggregate(first=Min("dates_earliest"), last=Max("dates_latest"))
    if ends["first"] is None and ends["last"] is None:
        return None
    return (
        None if dated.filter(dates_earliest=None).exists() else _start(ends["first"]),
        None if dated.filter(dates_latest=None).exists() else _end(ends["last"]),
    )


def _start(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _end(day: date) -> str:
    return f"{day.isoformat()}T23:59:59Z"
