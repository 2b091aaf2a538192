"""Rows of a sheet against the records they name: what each would change, and every reason against it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from registry.models import Entry, Import, RowOutcome
from registry.versions import Snapshot

from . import stored, texts
from .cells import Cell, Kind, Row, Typed, text_of
from .columns import Column, Sort
from .finding import Finder, is_code
from .mapping import Mapping
from .problems import Problem, Wrong, visible
from .rights import Rights
from .values import Told, blank, named_by, shown, value

_UNSORTED = {Sort.RECORDS, Sort.CHOICES, Sort.ROWS}


@dataclass(eq=False)
class Compared:
    """A row with the record it names, if any, and the values that would change."""

    number: int
    code: str = ""
    entry: Entry | None = None
    before: Snapshot = field(default_factory=dict)
    after: Snapshot = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    title: str = ""

    @property
    def outcome(self) -> RowOutcome:
        """What the row is to the register so far."""
        if self.problems:
            return RowOutcome.REFUSED
        if self.entry is None:
            return RowOutcome.NEW
        return RowOutcome.CHANGED if self.after else RowOutcome.UNCHANGED

    def refuse(self, column: str, message: str, value: str = "", kind: str = "") -> None:
        """Add a reason."""
        self.problems.append(Problem(column, str(message), value, kind))


class Comparison:
    """Compares the rows of one sheet, chunk by chunk; `given` are the codes that an earlier import gave its rows."""

    def __init__(self, sheet: Import, model: type[Entry], rights: Rights, given: dict[int, str]) -> None:
        self.model, self.rights, self.given = model, rights, given
        self.width = len(sheet.headers)
        self.mapped = Mapping.of(sheet).columns(model)
        self.places = {column.name: place for place, (column, _told) in self.mapped.items()}
        self.taken = {c.name: c for c, _told in self.mapped.values() if c.name not in {"code", "version"}}
        self.finder = Finder(rights.user)
        self.first_seen: dict[str, int] = {}  # code -> the row that named it first
        self.named_twice: set[int] = set()

    def compare(self, rows: Iterable[Row]) -> list[Compared]:
        """Each row with what it would change; a record that the editor may not see is not there."""
        rows = list(rows)
        codes = {row.number: self._code(row) for row in rows}
        entries = self.rights.seen(self.model, {code for code in codes.values() if code})
        now = stored.snapshots(self.model, list(entries.values()), self.taken.values())
        for column, told in self.mapped.values():
            self._look_up(column, told, rows, now, codes)
        return [self._row(row, codes[row.number], entries, now) for row in rows]

    def _cell(self, row: Row, name: str) -> Cell:
        place = self.places.get(name, -1)
        return row.cells[place] if 0 <= place < len(row.cells) else ""

    def _code(self, row: Row) -> str:
        code = visible(text_of(self._cell(row, "code")).strip())
        return code.upper() if is_code(code) else code or self.given.get(row.number, "")

    def _look_up(self, column: Column, told: Told, rows: list[Row], now: dict, codes: dict[int, str]) -> None:
        if column.sort not in {Sort.RECORD, Sort.RECORDS, Sort.CODES, Sort.ROWS}:
            return
        named: dict[Any, set[str]] = {}
        for row in rows:
            cell = self._cell(row, column.name)
            held = now.get(codes[row.number])
            if cell and not (held and texts.same(shown(cell), texts.text(column, held[column.name]))):
                for points_to, text in named_by(column, cell, told):
                    named.setdefault(points_to, set()).add(visible(text))
        for points_to, wanted in named.items():
            self.finder.load(points_to, wanted)

    def _row(self, row: Row, code: str, entries: dict[str, Entry], now: dict[str, Snapshot]) -> Compared:
        made = Compared(row.number, code[:16], entries.get(code))
        if row.problem:
            made.refuse("", row.problem)
            return made
        if any(text_of(cell).strip() for cell in row.cells[self.width :]):
            made.refuse("", _("The row has cells beyond the last header. Look for a separator too many."))
        self._identify(made, row, code)
        held = now.get(code, {})
        for column, told in self.mapped.values():
            if column.name not in {"code", "version"}:
                self._compare_cell(made, column, self._cell(row, column.name), told, held)
        made.title = str(made.after.get("title") or (made.entry.title if made.entry else ""))[:300]
        if made.entry and made.after:
            self._check_version(made, self._cell(row, "version"))
            made.problems += [Problem("", reason) for reason in self.rights.against_changing(made.entry)]
        elif not made.entry and not code and (reason := self.rights.against_adding(self.model)):
            made.refuse("", reason)
        return made

    def _identify(self, made: Compared, row: Row, code: str) -> None:
        cell = self._cell(row, "code")
        if isinstance(cell, Typed) and cell.kind is Kind.FORMULA:
            made.refuse("code", _("The cell contains a formula. Copy the column and paste its values."))
        elif code and not made.entry:
            words = _("There is no %(noun)s %(code)s. Correct the code, or leave it empty to add a new record.")
            made.refuse("code", words % {"noun": self.model._meta.verbose_name, "code": code[:40]}, code)
        if code and (first := self.first_seen.setdefault(code, row.number)) != row.number:
            made.refuse("code", _("The code stands in row %d as well. Keep one of the rows.") % first, code)
            self.named_twice.add(first)
        if made.entry and made.entry.merged_into:
            words = _("The record was merged into %(into)s. Correct that one.")
            made.refuse("code", words % {"into": made.entry.merged_into}, code)

    def _compare_cell(self, made: Compared, column: Column, cell: Cell, told: Told, held: Snapshot) -> None:
        now = held.get(column.name, blank(column) if column.sort is not Sort.ROWS else [])
        text = shown(cell)
        plain = isinstance(cell, str) or cell.kind not in {Kind.FORMULA, Kind.ERROR}
        if plain and made.entry and texts.same(text, texts.text(column, now)):
            return
        if column.kept:
            if text.strip() and plain and not self._is_same(column, cell, told, now):
                made.problems.append(Problem(column.name, str(_WHY_KEPT.get(column.name, _KEPT)), text, "kept"))
            return
        try:
            read = value(column, cell, told, self.finder)
        except Wrong as wrong:
            made.refuse(column.name, str(wrong), wrong.value or text, wrong.kind)
            return
        if read is None:
            if not (told.clear and made.entry):
                return
            read = blank(column)
        if column.name == "title":
            read = " ".join(read.split())
        if _ordered(column, read) != _ordered(column, now):
            if made.entry:
                made.before[column.name] = now
            made.after[column.name] = _ordered(column, read)

    def _is_same(self, column: Column, cell: Cell, told: Told, now: Any) -> bool:
        try:
            return value(column, cell, told, self.finder) == now
        except Wrong:
            return False

    def _check_version(self, made: Compared, cell: Cell) -> None:
        """A row that was written from an older version would take back what somebody changed since."""
        version = text_of(cell).strip()
        if not version or version == str(made.entry.version):
            return
        made.problems = [problem for problem in made.problems if problem.kind != "kept"]
        words = _("The record is now at version %(now)d, the row was written from %(then)s. Export it again.")
        made.refuse("version", words % {"now": made.entry.version, "then": version[:20]}, version)


_KEPT = "The register works this out itself: leave the cell as it is, or empty it."
_WHY_KEPT = {
    "state": "A sheet does not change the state; it may have changed since. Empty the cell, or export it again."
}


def _ordered(column: Column, plain: Any) -> Any:
    """As a version holds it: the members of a set in one order."""
    if column.sort is Sort.ROWS:
        return sorted((_row_ordered(column, row) for row in plain), key=repr)
    return sorted(plain) if column.sort in _UNSORTED else plain


def _row_ordered(column: Column, row: Snapshot) -> Snapshot:
    """With the fields in the order of the model, as a version has them."""
    names = [part.name for part in column.parts]
    fields = sorted(names, key=[f.name for f in column.row._meta.concrete_fields].index)
    return {name: sorted(row[name]) if isinstance(row[name], list) else row[name] for name in fields}
