"""Writes plain new and changed records of one noun in a few statements, with the outcome that `Batch.save` has."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone

from registry import derived, versions
from registry.models import Action, Entry, Observation, Region, Source, State
from registry.models.publication import is_supported, newly_stated
from registry.versions import Related

from . import tables
from .items import Draft, Item, NotPlain, Saved
from .places import settle
from .refusals import Refused
from .relations import Relations
from .rules import Rules
from .writes import end_plan, give_codes, index_dependents, lends_otherwise, lock_all, writing

if TYPE_CHECKING:
    from .batches import Batch


def store_together(batch: Batch, items: list[Item]) -> dict[Item, Saved]:
    """Store what is plain of different records of one noun; what is missing from the answer is not, and untouched."""
    model, now = type(items[0].entry), timezone.now()
    for item in items:
        vars(item.entry).pop("_prefetched_objects_cache", None)
        if item.publish:
            item.entry.state, item.entry.withdrawn_reason = State.PUBLISHED, ""
        end_plan(item.entry, item.as_it_was)
    give_codes(model, [item.entry for item in items if item.entry._state.adding and not item.entry.pk])
    done: dict[Item, Saved] = {}
    drafts = _drafts(model, items, done)
    relations = Relations(model, drafts)
    drafts = _publishable(model, _ruled(model, drafts, relations))
    if not drafts:
        return done
    with writing():
        _write(model, drafts, now)
        relations.write(drafts)
    _check_what_is_written(model, drafts)
    if lending := [d.entry for d in drafts if d.stored and lends_otherwise(d.before, d.after)]:
        index_dependents(lending)
    for draft in drafts:
        draft.entry._state.adding, draft.entry._state.db = False, "default"
        batch.note(draft.entry, _action(draft), draft.before, draft.after)
        done[draft.item] = Saved(draft.entry, batch.changes[-1])
    _settle_sites(batch, drafts)
    return done


def _drafts(model: type[Entry], items: list[Item], done: dict[Item, Saved]) -> list[Draft]:
    """The plain ones; what would change nothing is done already."""
    stored = lock_all(model, [item.entry.pk for item in items if not item.entry._state.adding])
    held = versions.stored_relations(model, list(stored), versions.relations(model))
    codes = {item.entry.pk for item in items}
    drafts = []
    for item in items:
        entry = item.entry
        if _points_into(entry, item.related, codes):
            continue
        if entry._state.adding:
            settle(entry)
            drafts.append(Draft(item, None, {}))
            continue
        now = stored.get(entry.pk)
        if now is None or now.merged_into or item.expected != now.version or _asks_about_others(entry):
            continue
        for name in derived.COLUMNS & vars(now).keys():
            vars(entry).setdefault(name, vars(now)[name])
        if entry.get_deferred_fields() - {"search"}:
            continue
        before = versions.snapshot(now, others=held[entry.pk])
        entry.version, entry.created_at = now.version, now.created_at
        moved = settle(entry, now)
        if not moved and versions.snapshot(entry, item.related, others=before) == before:
            done[item] = Saved(entry, None)
        else:
            drafts.append(Draft(item, now, before))
    return drafts


def _points_into(entry: Entry, related: Related, codes: set[str]) -> bool:
    """Whether it names another of its own noun that is written with it: the order then matters."""
    own = [f for f in type(entry).entry_relations() if f.related_model is type(entry)]
    named = {getattr(entry, f.attname) for f in own if not f.many_to_many}
    named |= {other.pk for f in own if f.many_to_many for other in related.get(f.name) or ()}
    return not named.isdisjoint(codes)


def _asks_about_others(entry: Entry) -> bool:
    """Whether a rule about a stored record asks what others of its noun hold, or who stands on it."""
    return isinstance(entry, Region) or (isinstance(entry, Source) and entry.state != State.PUBLISHED)


def _ruled(model: type[Entry], drafts: list[Draft], relations: Relations) -> list[Draft]:
    """Those that keep the rules, each with its snapshot."""
    rules = Rules(model)
    rules.learn([draft.entry for draft in drafts])
    kept = []
    for draft in drafts:
        if rules.keeps(draft.entry) and relations.keeps(draft):
            draft.after = versions.snapshot(draft.entry, others=relations.after(draft))
            kept.append(draft)
    return kept


def _publishable(model: type[Entry], drafts: list[Draft]) -> list[Draft]:
    """Those that are no published record, or have the support of their facts."""
    if not model.needs_citation:
        return drafts
    cited = {row["source"] for draft in drafts for row in draft.after["citations"]}
    published = set(Source.objects.public().filter(pk__in=cited).order_by().values_list("pk", flat=True))
    return [d for d in drafts if not d.entry.is_public or is_supported(d.after, published, _newly(d))]


def _newly(draft: Draft) -> set[str] | tuple[()] | None:
    if draft.item.as_it_was:
        return ()
    return newly_stated(draft.before, draft.after) if draft.before.get("state") == State.PUBLISHED else None


def _check_what_is_written(model: type[Entry], drafts: list[Draft]) -> None:
    """The rules of publication that a noun adds ask the database. Raises NotPlain with those that break one."""
    if model.publication_checklist is Entry.publication_checklist:
        return
    wrong = [d.item for d in drafts if d.entry.is_public and d.entry.publication_problems(_newly(d))]
    if wrong:
        raise NotPlain(wrong)


def _write(model: type[Entry], drafts: list[Draft], now: datetime) -> None:
    found = derived.columns([d.entry for d in drafts], {d.entry.pk: d.after for d in drafts})
    for draft in drafts:
        values = vars(draft.entry)
        values["updated_at"] = now
        values.update(found[draft.entry.pk])
        if draft.stored:
            values["version"] += 1
        else:
            values["created_at"] = now
    tables.add(model, [tables.row(draft.entry) for draft in drafts if not draft.stored])
    changed = [draft for draft in drafts if draft.stored]
    fields = [f for f in tables.columns(model) if not f.primary_key]
    names = {f.attname: f.column for f in fields if any(_differs(draft, f.attname) for draft in changed)}
    rows = [
        {"code": draft.entry.pk} | {column: vars(draft.entry)[name] for name, column in names.items()}
        for draft in changed
    ]
    tables.change(model, rows, tuple(names.values()))


def _differs(draft: Draft, name: str) -> bool:
    return vars(draft.entry)[name] != vars(draft.stored)[name]


def _action(draft: Draft) -> Action:
    if draft.item.publish:
        return Action.PUBLISHED
    new = not draft.stored and draft.item.action is Action.EDITED
    return Action.CREATED if new else draft.item.action


def _settle_sites(batch: Batch, drafts: list[Draft]) -> None:
    """Once for all observations of a site. Raises NotPlain with those of one that cannot be shown anew."""
    if not isinstance(drafts[0].entry, Observation):
        return
    for code in sorted({draft.entry.site_id for draft in drafts} - {None}):
        try:
            batch.settle_again(code)
        except (ValidationError, Refused) as refusal:
            raise NotPlain([draft.item for draft in drafts if draft.entry.site_id == code]) from refusal
