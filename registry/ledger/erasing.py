"""Erases what is about a person, on request or when its time is over: the row, its history and the reasons in it."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from registry.models import (
    LETTERS,
    OPEN,
    Contact,
    PrivateChange,
    Proposal,
    ProposalMessage,
    ProposalState,
    Scratch,
    User,
)

from .private import FORMER, KINDS
from .writes import writing

# Visitors are told so: who proposed or wrote something, and their words, are erased this long after it was decided,
# passed on, closed or held; and after so long without a word from anybody, whether or not it was ever decided.
MONTHS_AFTER_CLOSING = 6
MONTHS_WITHOUT_ANSWER = 24
# What somebody typed and never saved is dropped this long after they typed it.
DAYS_OF_A_SCRATCH = 30
# What was proposed stays: it is about heritage. So does the credit in the public history, which somebody asked for.
_PERSONAL = {
    Contact: ("name", "position", "organisation", "email", "telephone", "note"),
    Proposal: ("name", "email", "text", "evidence", "evidence_url", "credit", "request_digest"),
}
_STUBS = KINDS | {Proposal: "proposal"}


@dataclass(frozen=True)
class Erased:
    """How many were erased because their time was over; `unanswered` of the proposals although nobody decided them."""

    contacts: int
    proposals: int
    unanswered: int
    histories: int
    scratches: int = 0


@transaction.atomic
def erase(row: Contact | Proposal, *, by: User | None, reason: str) -> None:
    """Erase what is personal in the row and in its whole history, for good; a stub says that and when.

    The reason stays with the stub: it must not name the person.
    """
    stored = type(row).objects.select_for_update().get(pk=row.pk)
    if stored.erased_at:
        return
    for name in _PERSONAL[type(row)]:
        setattr(stored, name, "")
    stored.erased_at, stored.version = timezone.now(), stored.version + 1
    if isinstance(stored, Proposal) and stored.kind in LETTERS and stored.state in {*OPEN, ProposalState.HELD}:
        stored.state, stored.decided_at = ProposalState.CLOSED, stored.erased_at
    with writing():
        stored.save()
        if isinstance(stored, Contact):
            stored.duties.all().delete()
        else:
            stored.messages.exclude(text="").update(text="")
    _erase_history(FORMER if isinstance(stored, Proposal) else KINDS[Contact], str(row.pk))
    _leave_stub(_STUBS[type(row)], str(row.pk), by, reason)


def erase_expired() -> Erased:
    """Erase every contact past its last day, every proposal decided or left alone long ago, and what undone ones left.

    Scratch drafts that nobody came back to are dropped.
    """
    now = timezone.now()
    expired = Contact.objects.filter(erased_at=None, expires_on__lt=timezone.localdate())
    closed = decided_before(_months_before(now, MONTHS_AFTER_CLOSING))
    left = quiet_since(_months_before(now, MONTHS_WITHOUT_ANSWER))
    unanswered = _erase_all(Proposal, left, "Nobody decided it in two years.")
    return Erased(
        contacts=_erase_all(Contact, expired, "The contact had expired."),
        proposals=_erase_all(Proposal, closed, "It was decided long ago.") + unanswered,
        unanswered=unanswered,
        histories=sum(1 for _history in _erase_left_histories(_months_before(now, MONTHS_AFTER_CLOSING))),
        scratches=_drop_scratches(),
    )


def decided_before(moment: datetime) -> QuerySet[Proposal]:
    """What was decided, passed on, closed or held before the moment, and still holds who proposed it."""
    ended = Proposal.objects.filter(erased_at=None).exclude(state__in=OPEN)
    return ended.annotate(ended=Coalesce("decided_at", _last_word(), "received_at")).filter(ended__lt=moment)


def quiet_since(moment: datetime) -> QuerySet[Proposal]:
    """What is still open although nobody has said or done anything about it since the moment."""
    waiting = Proposal.objects.filter(erased_at=None, state__in=OPEN)
    return waiting.annotate(last=Greatest("received_at", "taken_at", _last_word())).filter(last__lt=moment)


def _last_word() -> Subquery:
    words = ProposalMessage.objects.filter(proposal=OuterRef("pk")).order_by("-at")
    return Subquery(words.values("at")[:1])


def _drop_scratches() -> int:
    """What somebody typed and neither saved nor looked at again."""
    with writing():
        old = Scratch.objects.filter(saved_at__lt=timezone.now() - timedelta(days=DAYS_OF_A_SCRATCH))
        return old.delete()[0]


def _erase_all(model: type[Contact | Proposal], due: QuerySet, reason: str) -> int:
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
    for what, model in ((KINDS[Contact], Contact), (FORMER, Proposal)):
        there = model.objects.annotate(key=Cast("pk", CharField())).values("key")
        left = PrivateChange.objects.filter(what=what).exclude(key__in=there).order_by()
        left = left.values("key").annotate(last=Max("at")).filter(last__lt=long_ago, erased=False)
        for key in list(left.values_list("key", flat=True).distinct()):
            with transaction.atomic():
                _erase_history(what, key)
                _leave_stub(what, key, None, "It was taken back long ago.")
            yield key


def _erase_history(what: str, key: str) -> None:
    """Nobody may say how a reason was worded: it goes as well."""
    with writing():
        PrivateChange.objects.filter(what=what, key=key).update(before={}, after={}, reason="", erased=True)


def _leave_stub(what: str, key: str, by: User | None, reason: str) -> None:
    with writing():
        PrivateChange.objects.create(by=by, reason=reason, what=what, key=key, erased=True)


def _months_before(moment: datetime, months: int) -> datetime:
    """The same day some months ago, or the last day of that month."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)
