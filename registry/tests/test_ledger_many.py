"""Many records at once: the same outcome as one by one, and one that is refused leaves the others alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from registry import derived, ledger, versions
from registry.ledger.many import _store_alone
from registry.models import ENTRIES, Change, Entry, Observation
from registry.tests.rows import filled

pytestmark = pytest.mark.django_db


class _TakenBack(Exception):
    """Ends a transaction of which nothing shall stay."""


def one_by_one(batch, items):
    return [_store_alone(batch, item) for item in items]


def together(batch, items):
    return batch.save_many(items)


def copy(entry: Entry, **given: Any) -> ledger.Item:
    """A new record that holds what another holds."""
    new = type(entry)()
    related = versions.apply(new, versions.snapshot(entry) | {"state": "draft", "iso_code": ""} | given)
    return ledger.Item(new, related=related)


def again(entry: Entry, related: dict | None = None, **given: Any) -> ledger.Item:
    """An edit of a stored record."""
    entry = type(entry).objects.get(pk=entry.pk)
    for name, value in given.items():
        setattr(entry, name, value)
    return ledger.Item(entry, expected=entry.version, related=related or {})


def edits(entries: list[Entry]) -> list[ledger.Item]:
    """What a sheet may bring: new records, changed ones, ones that stay, and all that is refused."""
    first, second, third, fourth = entries
    published, renamed, unsupported = copy(first, title="New and public"), again(second, title="Rénamed"), copy(first)
    published.publish = unsupported.publish = True
    unsupported.related["citations"] = []
    conflict = again(third, title="Too late")
    conflict.expected -= 1
    names = [{"name": "Şəki", "language": "az", "note": ""}]
    emptied = {name: [] for name in versions.relations(type(first)) if name != "citations"}
    items = [
        copy(first, title="New", other_names=names),
        published,
        copy(first, title=""),
        copy(first, title="Hidden\u202eletters"),
        unsupported,
        again(first),
        renamed,
        conflict,
        again(third, summary="Said otherwise", related=emptied),
        again(fourth, other_names=names),
        again(second, title="From a version that is gone"),
        again(fourth, title="Without a version"),
        copy(first, title="Last"),
    ]
    items[-2].expected = None
    return items


def outcome(store: Callable, entries: list[Entry]) -> dict[str, Any]:
    """All that is in the register after the edits, and all that was answered."""
    found: dict[str, Any] = {}
    model, start = type(entries[0]), Change.objects.revision()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(%s, 5000)", [f"registry_{model._meta.model_name}_code"])
    try:
        with transaction.atomic():
            with ledger.batch(by=None, reason="A sheet") as batch:
                answers = store(batch, edits(entries))
            changes = Change.objects.filter(number__gt=start).order_by("number")
            if model is Observation:  # a site is shown anew once, after all
                changes = changes.order_by("entry_code", "version")
            left_out = {"number", "at", "batch", "chain"}
            found["changes"] = [{k: v for k, v in change.items() if k not in left_out} for change in changes.values()]
            found["answers"] = [said(answer) for answer in answers]
            found["records"] = {
                entry.pk: (versions.snapshot(entry), entry.version, indexed(entry))
                for kind in ENTRIES
                for entry in kind.objects.all()
            }
            raise _TakenBack
    except _TakenBack:
        return found


def said(answer: Any) -> Any:
    if isinstance(answer, ledger.Saved):
        return answer.entry.pk, answer.change and (answer.change.action, answer.change.before, answer.change.after)
    if isinstance(answer, ledger.EditConflict):
        return str(answer), answer.before, answer.mine, answer.theirs
    if isinstance(answer, ValidationError):
        return answer.message_dict if hasattr(answer, "error_dict") else answer.messages
    return type(answer).__name__, str(answer)


def indexed(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in vars(entry).items() if name in derived.COLUMNS | {"search", "precision"}}


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.noun)
def test_many_at_once_have_the_outcome_of_one_by_one(model):
    first = filled(model, title="First")
    more = [copy(first, title=f"Number {n}") for n in range(3)]
    with ledger.batch(by=None, reason="For a test") as batch:
        for item in more:
            batch.publish(item.entry, related=item.related)
    entries = [first, *(item.entry for item in more)]
    alone, all_at_once = outcome(one_by_one, entries), outcome(together, entries)
    for part, expected in alone.items():
        assert all_at_once[part] == expected
    refused = [answer for answer in alone["answers"] if not (isinstance(answer, tuple) and len(answer) == 2)]
    assert len(refused) >= 4 and len(alone["changes"]) >= 6
