"""Erases what is about a person, on request or when its time is over: the row, its history and the reasons in it."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from registry.models import Contact, Enquiry, EnquiryState, PrivateChange, Scratch, User

from .private import KINDS
from .writes import writing

# Visitors are told so: an enquiry is erased this long after it was closed, answered, passed on or held.
MONTHS_AFTER_CLOSING = 6
# What somebody typed and never saved is dropped this long after they typed it.
DAYS_OF_A_SCRATCH = 30
PERSONAL = {"name", "position", "organisation", "email", "telephone", "note", "text"}


@dataclass(frozen=True)
class Erased:
    """How many were erased because their time was over, and how many enquiries wait although they are as old."""

    contacts: int
    enquiries: int
    histories: int
    waiting: int
    scratches: int = 0


@transaction.atomic
def erase(row: Contact | Enquiry, *, by: User | None, reason: str) -> None:
    """Erase what is personal in the row and in its whole history, for good; a stub says that and when.

    The reason stays with the stub: it must not name the person.
    """
    stored = type(row).objects.select_for_update().get(pk=row.pk)
    if stored.erased_at:
        return
    for field in stored._meta.concrete_fields:
        if field.name in PERSONAL:
            setattr(stored, field.attname, "")
    stored.erased_at, stored.version = timezone.now(), stored.version + 1
    with writing():
        stored.save()
        if isinstance(stored, Contact):
            stored.duties.all().delete()
    _erase_history(KINDS[type(row)], str(row.pk), by, reason)


def erase_expired() -> Erased:
    """Erase every contact past the day it expires on, every enquiry closed long ago, and what undone ones left."""
    long_ago = _months_before(timezone.now(), MONTHS_AFTER_CLOSING)
    expired = Contact.objects.filter(erased_at=None, expires_on__lt=timezone.localdate())
    quiet = Enquiry.objects.filter(erased_at=None).annotate(last=_last_change(Enquiry)).filter(last__lt=long_ago)
    return Erased(
        contacts=_erase_all(Contact, expired, "The contact had expired."),
        enquiries=_erase_all(Enquiry, quiet.exclude(state=EnquiryState.RECEIVED), "It was closed long ago."),
        histories=sum(1 for _history in _erase_left_histories(long_ago)),
        waiting=quiet.filter(state=EnquiryState.RECEIVED).count(),
        scratches=_drop_scratches(),
    )


def _drop_scratches() -> int:
    """What somebody typed and neither saved nor looked at again."""
    with writing():
        old = Scratch.objects.filter(saved_at__lt=timezone.now() - timedelta(days=DAYS_OF_A_SCRATCH))
        return old.delete()[0]


def _erase_all(model: type[Contact | Enquiry], due: QuerySet, reason: str) -> int:
    """Each one in a transaction of its own, unless somebody renewed it meanwhile."""
    count = 0
    for key in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = model.objects.select_for_update().filter(pk=key).first()
            if row and due.filter(pk=key).exists():
                erase(row, by=None, reason=reason)
                count += 1
    return count


def _erase_left_histories(long_ago: datetime) -> Iterator[str]:
    """The histories of rows that are no longer there, such as a contact whose adding was undone."""
    for model in (Contact, Enquiry):
        there = model.objects.annotate(key=Cast("pk", CharField())).values("key")
        left = PrivateChange.objects.filter(what=KINDS[model]).exclude(key__in=there).order_by()
        left = left.values("key").annotate(last=Max("at")).filter(last__lt=long_ago, erased=False)
        for key in list(left.values_list("key", flat=True).distinct()):
            with transaction.atomic():
                _erase_history(KINDS[model], key, None, "It was taken back long ago.")
            yield key


def _erase_history(what: str, key: str, by: User | None, reason: str) -> None:
    """Nobody may say how a reason was worded: it goes as well."""
    with writing():
        PrivateChange.objects.filter(what=what, key=key).update(before={}, after={}, reason="", erased=True)
        PrivateChange.objects.create(by=by, reason=reason, what=what, key=key, erased=True)


def _last_change(model: type[Enquiry]) -> Coalesce:
    """When the row was last changed; before any change, when it came."""
    changes = PrivateChange.objects.filter(what=KINDS[model], key=Cast(OuterRef("pk"), CharField()))
    return Coalesce(Subquery(changes.order_by("-at").values("at")[:1]), "received_at")


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day some months ago, or the last day of that month."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)
