"""The many-to-many relations and the rows of records that are stored together: what is to be added, what is to go."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, Model

from registry import versions
from registry.models import Citation, Entry
from registry.versions import Snapshot

from . import tables
from .items import Draft
from .rules import Rules


@dataclass
class _Rows:
    """One record's rows of one kind: those to add, those that stay, and the keys of those that go."""

    new: list[Model] = field(default_factory=list)
    kept: list[Snapshot] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


class Relations:
    """What the drafts of one noun state of other tables; asked and written with a few statements for each table."""

    def __init__(self, model: type[Entry], drafts: list[Draft]) -> None:
        self.model = model
        self.many = model._meta.many_to_many
        self.rows: dict[Draft, dict[str, _Rows]] = {draft: {} for draft in drafts}
        self.odd: set[Draft] = set()
        self.rules: dict[str, Rules] = {}
        for name in model.children:
            self._sort(name, [draft for draft in drafts if draft.item.related.get(name) is not None])

    def keeps(self, draft: Draft) -> bool:
        """Whether all its new rows keep their rules, and no stored row of it is given other values."""
        rows = self.rows[draft]
        return draft not in self.odd and all(self.rules[name].keeps(row) for name in rows for row in rows[name].new)

    def after(self, draft: Draft) -> Snapshot:
        """All its relations as a snapshot will have them."""
        found = {name: draft.before.get(name, []) for name in versions.relations(self.model)}
        for relation in self.many:
            if (given := draft.item.related.get(relation.name)) is not None:
                found[relation.name] = sorted({other.pk for other in given})
        for name, rows in self.rows[draft].items():
            found[name] = versions.in_order([*rows.kept, *map(versions.row_values, rows.new)])
        return found

    def write(self, drafts: list[Draft]) -> None:
        """Store what the drafts state."""
        for relation in self.many:
            self._write_relation(relation, drafts)
        for name in self.model.children:
            child = versions.child_model(self.model, name)
            stated = [self.rows[draft][name] for draft in drafts if name in self.rows[draft]]
            if gone := [key for rows in stated for key in rows.gone]:
                child._default_manager.filter(pk__in=gone).delete()
            tables.add(child, [tables.row(row) for rows in stated for row in rows.new])

    def _write_relation(self, relation: Field, drafts: list[Draft]) -> None:
        own, other = relation.m2m_column_name(), relation.m2m_reverse_name()
        added, gone = [], []
        for draft in drafts:
            was, now = set(draft.before.get(relation.name, ())), set(draft.after[relation.name])
            added += [{own: draft.entry.pk, other: code} for code in sorted(now - was)]
            gone += [{own: draft.entry.pk, other: code} for code in sorted(was - now)]
        tables.remove(relation.remote_field.through, gone)
        tables.add(relation.remote_field.through, added)

    def _sort(self, name: str, drafts: list[Draft]) -> None:
        """A row that did not change keeps its place."""
        changed = [draft for draft in drafts if self._values(draft, name) != draft.before.get(name, [])]
        owners = [draft.entry.pk for draft in changed if draft.before.get(name)]
        stored: dict[str, dict[int, Model]] = {code: {} for code in owners}
        if owners:
            for row in versions.stored_rows(self.model, owners, name):
                stored[versions.owner_of(row)][row.pk] = row
        for draft in changed:
            self.rows[draft][name] = self._sorted(draft, name, stored.get(draft.entry.pk, {}))
        if changed:
            child = versions.child_model(self.model, name)
            self.rules[name] = Rules(
                child, given=_FILLED_IN if child is Citation else (_way_back(self.model, name).name,)
            )
            self.rules[name].learn([row for draft in changed for row in self.rows[draft][name].new])

    def _values(self, draft: Draft, name: str) -> list[Snapshot]:
        return versions.in_order(map(versions.row_values, draft.item.related[name]))

    def _sorted(self, draft: Draft, name: str, stored: dict[int, Model]) -> _Rows:
        rows = _Rows()
        for row in draft.item.related[name]:
            values = versions.row_values(row)
            same = stored.get(row.pk) or next((s for s in stored.values() if versions.row_values(s) == values), None)
            if same is None:
                self._give_owner(draft.entry, name, row)
                rows.new.append(row)
            elif versions.row_values(stored.pop(same.pk)) == values:
                rows.kept.append(values)
            else:
                self.odd.add(draft)
        rows.gone = list(stored)
        return rows

    def _give_owner(self, entry: Entry, name: str, row: Model) -> None:
        row.pk, row._state.adding = None, True
        if name == "citations":
            row.entry_type, row.entry_code = ContentType.objects.get_for_model(entry), entry.pk
        else:
            setattr(row, _way_back(self.model, name).attname, entry.pk)


_FILLED_IN = ("entry_type", "entry_code")


def _way_back(model: type[Entry], name: str) -> Field:
    return model._meta.get_field(name).field
