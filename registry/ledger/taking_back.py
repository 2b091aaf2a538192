"""Takes changes back, many of one noun together and each as it would be alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry import versions
from registry.models import Action, Change, Entry, State
from registry.versions import Snapshot

from .deleting import delete_many, were_public
from .items import Item, Saved
from .refusals import Refused, words_of
from .writes import was_public

if TYPE_CHECKING:
    from .batches import Batch

_ACTIONS = {State.PUBLISHED: Action.PUBLISHED, State.WITHDRAWN: Action.WITHDRAWN}


@dataclass
class Undone:
    """What an undo took back, and what it left because somebody changed it later; both in words."""

    taken_back: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def take(self, codes: Iterable[str]) -> None:
        """Note records that were taken back, each once."""
        known = set(self.taken_back)
        self.taken_back += [code for code in codes if code not in known]

    def keep(self, what: str, why: ValidationError | Refused) -> None:
        """Note what could not be taken back."""
        self.kept.append(f"{what}: {words_of(why)}")

    @contextmanager
    def kept_if_refused(self, what: str, made: Batch) -> Iterator[None]:
        """Say what could not be taken back, and why; the rest goes on."""
        first = len(made.changes)
        try:
            with transaction.atomic():
                yield
        except (ValidationError, Refused) as refusal:
            del made.changes[first:]
            self.keep(what, refusal)


def take_back(made: Batch, changes: list[Change], done: Undone) -> None:
    """Take back changes of one batch, the newest first."""
    for some in _alike(changes):
        model, together = apps.get_model("registry", some[0].entry_type), _TOGETHER[_kind(some[0])]
        for change in together(made, model, some, done) if len(some) > 1 else some:
            with done.kept_if_refused(change.entry_code, made):
                _take_back(made, change, done)


def _kind(change: Change) -> str:
    if change.action == Action.DELETED:
        return "deletion"
    return "creation" if change.after and not change.before else "edit"


def _alike(changes: list[Change]) -> Iterator[list[Change]]:
    """Neighbours of one kind and noun, no record twice."""
    some: list[Change] = []
    codes: set[str] = set()
    for change in changes:
        same = some and (_kind(change), change.entry_type) == (_kind(some[0]), some[0].entry_type)
        if some and (not same or change.entry_code in codes):
            yield some
            some, codes = [], set()
        some.append(change)
        codes.add(change.entry_code)
    if some:
        yield some


def _take_back(made: Batch, change: Change, done: Undone) -> None:
    model = apps.get_model("registry", change.entry_type)
    entry = model.objects.filter(pk=change.entry_code).first()
    if change.action == Action.DELETED:
        if entry:
            raise Refused(_("it is in the register again"))
        entry = model(code=change.entry_code, version=change.version + 1)
        made.save(entry, related=versions.apply(entry, change.before))
    elif entry is None:
        raise Refused(_("it is no longer in the register"))
    elif change.after and not change.before:
        _take_back_creation(made, change, entry)
    else:
        item = _restored(made, change, entry, versions.snapshot(entry), was_public(entry), done)
        if item is None:
            return
        made.save(entry, expected=entry.version, related=item.related, action=item.action, as_it_was=True)
    done.take([change.entry_code])


def _take_back_creation(made: Batch, change: Change, entry: Entry) -> None:
    if _changed_later(made, [change]):
        raise Refused(_("it was changed later"))
    if was_public(entry):
        made.withdraw(entry, expected=entry.version, why=made.reason)
    else:
        made.delete(entry, expected=entry.version)


def _changed_later(made: Batch, changes: list[Change]) -> set[str]:
    """The codes that something else than this batch and its undo has changed since."""
    since = {change.entry_code: change.number for change in changes}
    others = Change.objects.filter(entry_code__in=list(since), number__gt=min(since.values())).order_by()
    others = others.exclude(batch__in=[changes[0].batch, made.id]).values_list("entry_code", "number")
    return {code for code, number in others if number > since[code]}


def _take_back_creations(made: Batch, model: type[Entry], changes: list[Change], done: Undone) -> list[Change]:
    """Those that must go one by one."""
    later = _changed_later(made, changes)
    entries = model.objects.in_bulk([c.entry_code for c in changes if c.entry_code not in later])
    public = were_public(entries)
    items = []
    for code in sorted(public):
        entry = entries[code]
        entry.state, entry.withdrawn_reason = State.WITHDRAWN, made.reason
        items.append(Item(entry, expected=entry.version, action=Action.WITHDRAWN))
    _save(made, items, done)
    drafts = [entry for code, entry in entries.items() if code not in public]
    deleted = delete_many(made, drafts) if drafts else set()
    done.take(change.entry_code for change in changes if change.entry_code in deleted)
    return [change for change in changes if change.entry_code not in public | deleted]


def _save(made: Batch, items: list[Item], done: Undone) -> None:
    answers = dict(zip((item.entry.pk for item in items), made.save_many(items), strict=True))
    done.take(code for code, answer in answers.items() if isinstance(answer, Saved))
    for code, answer in answers.items():
        if not isinstance(answer, Saved):
            done.keep(code, answer)


def _restore_together(made: Batch, model: type[Entry], changes: list[Change], done: Undone) -> list[Change]:
    """Those that must go one by one."""
    entries = model.objects.in_bulk([change.entry_code for change in changes])
    held = versions.stored_relations(model, list(entries), versions.relations(model))
    public, items, left = were_public(entries), [], []
    for change in changes:
        entry = entries.get(change.entry_code)
        if entry is None:
            left.append(change)
            continue
        with done.kept_if_refused(entry.pk, made):
            now = versions.snapshot(entry, others=held[entry.pk])
            item = _restored(made, change, entry, now, entry.pk in public, done)
            items += [item] if item else []
    _save(made, items, done)
    return left


def _bring_back_together(made: Batch, model: type[Entry], changes: list[Change], done: Undone) -> list[Change]:
    """Those that must go one by one."""
    there = set(model.objects.filter(pk__in=[c.entry_code for c in changes]).order_by().values_list("pk", flat=True))
    items = []
    for change in changes:
        if change.entry_code not in there:
            with done.kept_if_refused(change.entry_code, made):
                entry = model(code=change.entry_code, version=change.version + 1)
                items.append(Item(entry, related=versions.apply(entry, change.before)))
    _save(made, items, done)
    return [change for change in changes if change.entry_code in there]


_TOGETHER = {"edit": _restore_together, "creation": _take_back_creations, "deletion": _bring_back_together}


def _restored(made: Batch, change: Change, entry: Entry, now: Snapshot, public: bool, done: Undone) -> Item | None:
    """The record with the earlier values that nobody has changed since; None when there are none."""
    later = [name for name in change.after if now.get(name) not in (change.after[name], change.before.get(name))]
    bound = {name for group in entry.inseparable if {*group} & {*later} for name in group}
    done.kept.extend(_("%(code)s: %(field)s was changed later") % {"code": entry.pk, "field": name} for name in later)
    back = {
        name: value
        for name, value in change.before.items()
        if name in now and now[name] == change.after[name] and name not in bound
    }
    if not back:
        return None
    related = versions.apply(entry, back)
    if public and entry.state not in _ACTIONS:  # what people may have cited answers with a reason, never as unknown
        entry.state, entry.withdrawn_reason = State.WITHDRAWN, made.reason
    action = _ACTIONS.get(entry.state, Action.EDITED) if "state" in back else Action.EDITED
    return Item(entry, expected=entry.version, related=related, action=action, as_it_was=True)
