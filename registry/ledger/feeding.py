"""Keeps the feed: after a commit, every public document that differs from the last one told is told anew.

The feed follows from the ledger. A process that dies between the two loses nothing: whoever comes next goes on from
the last change that the feed has seen.
"""

import secrets
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from registry import canonical, documents, public
from registry.models import ENTRIES, Change, Entry, FeedEntry, FeedState, State

from . import chaining
from .aside import put_again, put_all
from .locks import held
from .pointing import codes_pointing

_LOCK = -1  # a number that no job has
_ROUNDS = 3  # what others commit meanwhile is told with it, but nobody works for others for ever
_AT_ONCE = 300
_BY_NAME = {model._meta.model_name: model for model in ENTRIES}
# What the documents of others show of a record; why it was withdrawn is what a record merged into it answers as well.
_LENT = {"title", "state", "withdrawn_reason"}

# Records that may have to be told anew, each with the number of the last change that touches it, in its order.
_Touched = dict[tuple[type[Entry], str], int]


def catch_up_soon() -> None:
    """Tell it within the request that changed it, unless that takes long: the worker looks every few seconds."""
    catch_up(at_most=_AT_ONCE)


def catch_up(at_most: int | None = None) -> None:
    """Tell what has become public since the feed was last kept; a process that is just at it tells that as well.

    Where more records than `at_most` may have to be told anew, only what was taken back is: it never waits.
    """
    for _round in range(_ROUNDS):
        with held(_LOCK) as mine:
            if not mine:
                return
            touched = _touched(_unseen())
            looked = _tell_taken_back(0, at_most) if len(touched) > _AT_ONCE else 0
            if at_most is not None and len(touched) > at_most:
                return
            _tell(touched, looked)
        if not _unseen().exists():
            return


def look_through() -> int:
    """Compare every public document with what the feed told last, and tell what differs; how many entries that adds.

    Needed after `loaddata`, and after an upgrade that shows records otherwise.
    """
    with held(_LOCK) as mine:
        if not mine:
            return 0
        cause = Change.objects.revision()
        nouns = {model.slug: model for model in ENTRIES}
        told = FeedEntry.objects.current().order_by("number").values_list("noun", "code")
        everything = {(nouns[noun], code): cause for noun, code in told}
        for model in ENTRIES:
            codes = model.objects.public().order_by("pk").values_list("pk", flat=True)
            everything |= {(model, code): cause for code in codes}
        return _tell(everything, cause)


def _seen() -> int:
    """The number of the last change that the feed has dealt with; its newest entry keeps it."""
    return FeedEntry.objects.order_by("-number").values_list("change", flat=True).first() or 0


def _unseen() -> QuerySet[Change]:
    """The changes that the public may notice and the feed has not seen; a new reason of a withdrawal is one."""
    return Change.objects.filter(Q(public=True) | Q(state=State.WITHDRAWN), number__gt=_seen()).order_by("number")


def _touched(changes: QuerySet[Change]) -> _Touched:
    """What these changes are about, and what shows it, in the order of the last change that touches each."""
    found: _Touched = {}
    lending: dict[type[Entry], dict[str, int]] = {}
    for change in changes.only("number", "entry_type", "entry_code", "after").iterator():
        model = _BY_NAME[change.entry_type]
        found[model, change.entry_code] = change.number
        if _LENT & change.after.keys():
            lending.setdefault(model, {})[change.entry_code] = change.number
    for kind, numbers in lending.items():
        last = max(numbers.values())
        for key in codes_pointing(kind, list(numbers)):
            found[key] = max(found.get(key, last), last)
    return dict(sorted(found.items(), key=itemgetter(1)))


def _tell(touched: _Touched, looked: int) -> int:
    """Add an entry for each of these records whose document is another than the feed has; how many that are.

    Some hundred at a time, each in a transaction, so that what is taken back meanwhile comes between; `looked` is the
    last change that was looked at for that. Only when all are told the feed has seen their changes.
    """
    if not touched:
        return 0
    told, keys, seen, last = 0, list(touched), _seen(), max(touched.values())
    if len(keys) <= _AT_ONCE:
        told = _tell_some(touched)
    else:
        for start in range(0, len(keys), _AT_ONCE):
            told += _tell_some(dict.fromkeys(keys[start : start + _AT_ONCE], seen))
            looked = _tell_taken_back(looked, _AT_ONCE)
    newest = FeedEntry.objects.order_by("-number").only("number", "change").first()
    if newest and newest.change < last:
        newest.change = last
        put_again([newest], ["change"])
    return told


def _tell_taken_back(after: int, at_most: int | None) -> int:
    """Tell at once what changes behind a number withdrew, or show less exactly; the number of the last of them all.

    What shows these records is told in its turn, and so is what is left above `at_most`.
    """
    seen, newest = _seen(), Change.objects.revision()
    hidden = _unseen().filter(Q(state=State.WITHDRAWN) | Q(before__has_key="precision"), number__gt=after)
    named = hidden.order_by("-number").values_list("entry_type", "entry_code")[:at_most]
    keys = list(dict.fromkeys((_BY_NAME[kind], code) for kind, code in named))[::-1]
    for start in range(0, len(keys), _AT_ONCE):
        _tell_some(dict.fromkeys(keys[start : start + _AT_ONCE], seen))
    return newest


def untold() -> list[str]:
    """The codes of records of which the feed says something else than the public may read, tombstones included."""
    ever = dict(FeedEntry.objects.order_by("code").values_list("code", "noun").distinct())
    wrong = []
    for model in ENTRIES:
        codes = model.objects.public().order_by("pk").values_list("pk", flat=True)
        for chunk in documents.chunks(model, codes, host=""):
            told = _told([document["code"] for document in chunk])
            wrong += [now["code"] for now in chunk if told.get(now["code"]) != documents.compact(now)]
            for now in chunk:
                ever.pop(now["code"], None)
    nouns = {model.slug: model for model in ENTRIES}
    return wrong + [code for code, noun in ever.items() if _told([code]).get(code) != _tombstone(nouns[noun], code)]


def _told(codes: list[str]) -> dict[str, str]:
    return dict(FeedEntry.objects.current().filter(code__in=codes).values_list("code", "document"))


def _tombstone(model: type[Entry], code: str) -> str | None:
    gone = public.gone(model, code)
    return documents.compact(documents.tombstone(code, gone)) if gone else None


@transaction.atomic
def _tell_some(touched: _Touched) -> int:
    codes = [code for _model, code in touched]
    before = {entry.code: entry for entry in FeedEntry.objects.current().filter(code__in=codes)}
    now = _documents(touched.keys(), before)
    changed = [key for key in touched if key in now and now[key][1] != getattr(before.get(key[1]), "document", None)]
    last = FeedEntry.objects.order_by("-number").only("number", "at", "chain").first()
    replaced = [before[code] for _model, code in changed if code in before]
    for entry in replaced:
        entry.document = entry.salt = ""
    put_again(replaced, ["document", "salt"])
    new = []
    for model, code in changed:
        entry = _entry(model, code, *now[model, code], touched[model, code], last)
        new.append(entry)
        last = entry
    put_all(new)
    return len(new)


def _documents(keys: Iterable[tuple[type[Entry], str]], before: dict[str, FeedEntry]) -> dict[Any, tuple[str, str]]:
    """State and document of each record that is public; the tombstone of each that was told and is no longer."""
    by_noun: dict[type[Entry], list[str]] = {}
    for model, code in keys:
        by_noun.setdefault(model, []).append(code)
    found = {}
    for model, codes in by_noun.items():
        for chunk in documents.chunks(model, codes, host=""):
            found |= {(model, told["code"]): (FeedState.PUBLISHED, documents.compact(told)) for told in chunk}
        for code in codes:
            if (model, code) not in found and code in before and (gone := public.gone(model, code)):
                state = FeedState.MERGED if gone.now else FeedState.WITHDRAWN
                found[model, code] = state, documents.compact(documents.tombstone(code, gone))
    return found


def _entry(model: type[Entry], code: str, state: str, document: str, change: int, last: FeedEntry | None) -> FeedEntry:
    now = timezone.now()  # and not when the change was made: whoever asks for what is new since then would miss it
    entry = FeedEntry(
        number=last.number + 1 if last else 1,
        at=max(now, last.at) if last else now,
        code=code,
        noun=model.slug,
        state=state,
        document=document,
        salt=secrets.token_hex(16),
        change=change,
    )
    entry.digest = chaining.digest_of(entry)
    entry.chain = chaining.link_of(last.chain if last else canonical.FIRST, entry)
    return entry
