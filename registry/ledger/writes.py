"""What a batch does to the database: lock, number, relate and index records, and mark that it is the ledger writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import derived, versions
from registry.models import ENTRIES, Change, Entry, State
from registry.versions import Related, Snapshot

from . import tables
from .refusals import EditConflict, Refused, VersionMissing

_AT_ONCE = 500

# True while the ledger writes; the tests refuse any other statement that changes a record.
_now_writing: ContextVar[bool] = ContextVar("now_writing", default=False)


def is_writing() -> bool:
    """Whether the statement at hand comes from the ledger."""
    return _now_writing.get()


@contextmanager
def writing() -> Iterator[None]:
    """Mark what happens inside as the ledger's own writing."""
    token = _now_writing.set(True)
    try:
        yield
    finally:
        _now_writing.reset(token)


def lock(entry: Entry, expected: int | None, related: Related) -> tuple[Entry, Snapshot]:
    """The stored record, locked until the end of the batch, and what it holds now.

    The lock leaves the key free, so that others may go on adding records that point to this one.
    """
    stored = type(entry).objects.select_for_update(of=("self",), no_key=True).filter(pk=entry.pk).first()
    if stored is None:
        raise Refused(_("%(code)s is no longer in the register.") % {"code": entry.pk})
    if expected is None:
        raise VersionMissing(
            _("The edit of %(code)s does not say which version it started from. Open the record again.")
            % {"code": entry.pk}
        )
    now = versions.snapshot(stored)
    if stored.version != expected:
        mine = versions.snapshot(entry, related)
        raise EditConflict(entry, expected, stored.version, versions.as_of(stored, expected), mine, now)
    return stored, now


def end_plan(entry: Entry, as_it_was: bool) -> None:
    """Only a draft is planned to be published; a time that an undo brings back when it is over is no plan."""
    over = as_it_was and entry.publish_at is not None and entry.publish_at <= timezone.now()
    if over or entry.state not in {State.DRAFT, State.IN_REVIEW}:
        entry.publish_at = None


def was_public(entry: Entry) -> bool:
    """Whether anybody may have read it, now or before."""
    return entry.is_public or Change.objects.of(entry.pk).public().exists()


def lock_all(model: type[Entry], codes: list[str]) -> dict[str, Entry]:
    """The stored records by code, locked as `lock` does it, in the one order in which nobody waits for another."""
    stored = model.objects.select_for_update(of=("self",), no_key=True).defer("search")
    return {entry.pk: entry for entry in stored.filter(pk__in=codes).order_by("pk")} if codes else {}


def give_code(entry: Entry) -> None:
    """The next code of the noun; a code that was ever used is passed over."""
    if not entry.pk:
        give_codes(type(entry), [entry])


def give_codes(model: type[Entry], entries: list[Entry]) -> None:
    """Codes for as many new records of a noun, as `give_code` gives one."""
    waiting = entries
    while waiting:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                [f"registry_{model._meta.model_name}_code", len(waiting)],
            )
            codes = [f"{model.prefix}-{number:04d}" for (number,) in cursor.fetchall()]
        used = set(model.objects.filter(pk__in=codes).order_by().values_list("pk", flat=True))
        used |= set(Change.objects.filter(entry_code__in=codes).order_by().values_list("entry_code", flat=True))
        free = [code for code in codes if code not in used]
        for entry, code in zip(waiting, free, strict=False):
            entry.pk = code
        waiting = waiting[len(free) :]


def relate(entry: Entry, name: str, rows: list[Model]) -> None:
    """Make a relation hold exactly these records or rows; a row that did not change keeps its place."""
    relation = getattr(entry, name)
    if name not in entry.children:
        relation.set(rows)
        return
    stored = {row.pk: row for row in relation.all()}
    changed, new = [], []
    for row in rows:
        values = versions.row_values(row)
        same = stored.get(row.pk) or next((s for s in stored.values() if versions.row_values(s) == values), None)
        if same is None:
            new.append(row)
        elif versions.row_values(stored.pop(same.pk)) != values:
            changed.append(row)
    for row in stored.values():
        row.delete()
    for row in new:
        row.pk, row._state.adding = None, True
        if name == "citations":
            row.entry_type, row.entry_code = ContentType.objects.get_for_model(entry), entry.pk
        else:
            setattr(row, entry._meta.get_field(name).field.name, entry)
    for row in changed + new:
        row.full_clean()
        row.save()


def reindex() -> int:
    """Store anew what is derived from every record; how many records there are. No change of the record itself."""
    count = 0
    for model in ENTRIES:
        codes = list(model.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(codes), _AT_ONCE):
            with transaction.atomic():
                some = model.objects.filter(pk__in=codes[start : start + _AT_ONCE]).order_by("pk")
                entries = list(some.select_for_update(of=("self",), no_key=True))
                index(entries)
                count += len(entries)
    return count


def index(entries: list[Entry], held: dict[str, Snapshot] | None = None) -> None:
    """Store the words and the places that records of one noun are found by; `held` has their snapshots, where known."""
    if not entries:
        return
    model = type(entries[0])
    held = held or versions.stored_relations(model, [entry.pk for entry in entries], versions.relations(model))
    found = derived.columns(entries, held)
    changed = []
    for entry in entries:
        new = found[entry.pk]
        if any(vars(entry).get(name) != value for name, value in new.items()):
            changed.append({"code": entry.pk} | new)
            vars(entry).update(new)
    with writing():
        tables.change(model, changed, tuple(found[entries[0].pk]))


def index_dependents(entries: list[Entry]) -> None:
    """Store anew what other records are found by, after the names, the place or the state of these changed."""
    for others in derived.dependents(entries):
        index(others)


def lends_otherwise(before: Snapshot, after: Snapshot) -> bool:
    """Whether other records are now found by other words: what it lends them, or its being public, changed."""
    if State.PUBLISHED not in {before.get("state"), after["state"]}:
        return False
    return any(before.get(name) != after.get(name) for name in derived.LENT)
