"""When people meet: the sessions of published programmes by day; what is past, and which days are not settled yet."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.db.models import Count, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.functions import Collate, Left

from registry.models import Programme, Region, Session

# A day, or the first and the last of several, in EDTF: nothing approximate, uncertain or open.
_SETTLED = r"^\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?$"


def programmes() -> QuerySet:
    """The published programmes that have any session."""
    return Programme.objects.public().filter(Exists(Session.objects.filter(programme=OuterRef("pk"))))


def sessions(programmes: QuerySet) -> QuerySet:
    """The sessions of these programmes, annotated with `begins` and `ends`: the two ends of their dates as text."""
    asked = programmes.order_by().values("pk")
    return Session.objects.public().filter(programme__in=asked).annotate(begins=_part(1), ends=_part(2))


def for_rows(found: QuerySet) -> QuerySet:
    """With what a row shows of each: its programme, and the published places of both."""
    places = Prefetch("regions", Region.objects.public().with_public_names())
    return found.prefetch_related(Prefetch("programme", Programme.objects.public().prefetch_related(places)))


def settled(found: QuerySet) -> QuerySet:
    """Those whose day or days are fixed."""
    return found.filter(dates__regex=_SETTLED)


def unsettled(found: QuerySet) -> QuerySet:
    """Those of which only a month, a season or a year is known, or of which a day is uncertain."""
    return found.exclude(dates__regex=_SETTLED)


def past(found: QuerySet, today: date) -> QuerySet:
    """Those that were over before today; of an unsettled one, those that certainly were."""
    return found.filter(_over(today))


def coming(found: QuerySet, today: date) -> QuerySet:
    """Those of today and later, those under way, and unsettled ones that may still come."""
    return found.exclude(_over(today))


def in_month(found: QuerySet, month: str) -> QuerySet:
    """Settled sessions of which a day falls into the month, and unsettled ones that begin with it; as 2027-05."""
    days = Q(dates__regex=_SETTLED, begins__lte=f"{month}-31", ends__gte=f"{month}-01")
    return found.filter(days | Q(dates__startswith=month))


def months(found: QuerySet, most: int) -> list[tuple[str, int]]:
    """The latest months in which settled sessions begin, each as 2027-05, with how many there are."""
    counted = settled(found).order_by().annotate(month=Left("begins", 7)).values("month").annotate(n=Count("pk"))
    return list(counted.order_by("-month").values_list("month", "n")[:most])


def days(session: Session) -> tuple[date, date] | None:
    """The first and the last day of a settled session; None while they are not settled."""
    ends = session.dates.split("/")
    if not all(len(end) == 10 and end.replace("-", "").isdigit() for end in ends):
        return None
    return date.fromisoformat(ends[0]), date.fromisoformat(ends[-1])


def identities(found: Iterable[Session]) -> dict[int, str]:
    """By key, what stays the same of each session while it is moved: programme, title, and which one of that title.

    Not the row's own key: editing a list may store the row anew, and keys count what is written unseen. Not the day
    either: a calendar that holds the session has to find it again when its day changes (RFC 5545, 3.8.4.7).
    """
    codes = {session.programme_id for session in found}
    rows = Session.objects.public().filter(programme__in=codes).order_by("dates", "starts_at", "pk")
    seen: Counter[tuple[str, str]] = Counter()
    named = {}
    for key, code, title in rows.values_list("pk", "programme_id", "title"):
        seen[code, title] += 1
        named[key] = f"{code}-{sha256(title.encode()).hexdigest()[:10]}-{seen[code, title]}"
    return named


def _part(number: int) -> Collate:
    """The first or the last part of an interval, the whole of anything else; compared character by character."""
    position = Value(1 if number == 1 else -1)
    return Collate(Func(F("dates"), Value("/"), position, function="split_part", output_field=TextField()), "C")


def _over(today: date) -> Q:
    """As text: 2026-10 stands before 2026-11-21, and so does 2026-11, which is not over; an open end is no digit."""
    day = today.isoformat()
    return Q(ends__gte="0", ends__lt=day) & ~Q(ends__in=[day[:4], day[:7]])
