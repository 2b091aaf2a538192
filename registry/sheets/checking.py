"""The dry run of an import: every row is saved as it would be, seen, and taken back again."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry import ledger, scope
from registry.models import ENTRIES, Entry, Import, ImportRow, ImportState, Job, RowOutcome, State
from registry.search import fold

from . import reading
from .cells import Row
from .comparing import Compared, Comparison
from .filling import fill, others
from .limits import CHUNK, Unreadable
from .mapping import Mapping
from .problems import problems_of, visible
from .rights import Rights

Tell = Callable[[int, int], None]
# New records have codes of their own during the dry run, which nobody else is given.
_PASSING, _A_SHEET = 900_000_000_000, 1_000_000
_MOST_VALUES = 50
MODELS = {model._meta.model_name: model for model in ENTRIES}


class _Seen(Exception):
    """The dry run of a chunk has shown what it would do."""


def check(job: Job, tell: Tell) -> dict[str, Any]:
    """Find what each row would do, and every reason against it; raises Refused when the file cannot be read."""
    sheet = Import.objects.get(pk=job.given["import"])
    ledger.drop(ImportRow.objects.filter(sheet=sheet))
    try:
        with override(job.given.get("language")):
            Check(sheet).run(tell)
    except Exception as error:
        sheet.state = ImportState.READ
        ledger.put(sheet, only=["state"])
        if isinstance(error, Unreadable):
            raise ledger.Refused(str(error)) from error
        raise
    sheet.state = ImportState.CHECKED
    ledger.put(sheet, only=["state", "counts"])
    return dict(sheet.counts)


def earlier(sheet: Import) -> Import | None:
    """The last import of the same file, read in the same way, that brought anything in."""
    done = Import.objects.filter(sha256=sheet.sha256, entry_type=sheet.entry_type).exclude(pk=sheet.pk)
    done = done.filter(state__in=[ImportState.IMPORTED, ImportState.STOPPED]).defer("content").order_by("-made_at")
    same = (other for other in done if other.reading.get("sheet") == sheet.reading.get("sheet"))
    return next(same, None)


class Check:
    """One dry run, chunk by chunk."""

    def __init__(self, sheet: Import) -> None:
        self.sheet, self.model = sheet, MODELS[sheet.entry_type]
        self.reading = reading.Reading(**sheet.reading)
        self.mapping = Mapping.of(sheet)
        self.rights = Rights(sheet.by)
        before = earlier(sheet)
        self.counts: Counter[str] = Counter({str(outcome): 0 for outcome in RowOutcome})
        self.unknown: dict[str, Counter[str]] = defaultdict(Counter)
        self.kinds: Counter[str] = Counter()
        self.earlier = before.pk if before else None
        self.comparison = Comparison(sheet, self.model, self.rights, self._given(before))
        self.titles: dict[str, int] = {}
        self.last = 0

    def run(self, tell: Tell) -> None:
        """All rows; counts are kept with the import."""
        content = bytes(self.sheet.content)
        of = reading.estimate(content, self.reading)
        done = 0
        for rows in _chunks(reading.rows(content, self.reading)):
            compared = self.comparison.compare(rows)
            self._find_likely_duplicates(compared)
            self._try(compared)
            self._keep(compared)
            done += len(rows)
            tell(done, max(of, done))
        self._refuse_named_twice()
        self.sheet.counts = {
            **self.counts,
            "rows": done,
            "last": self.last,
            "unknown": {name: found.most_common(_MOST_VALUES) for name, found in self.unknown.items()},
            "kinds": dict(self.kinds),
            "earlier": self.earlier,
        }

    def _given(self, before: Import | None) -> dict[int, str]:
        """The codes that rows without one were given when the same file was imported, as far as they are there."""
        if before is None:
            return {}
        added = dict(before.rows.filter(outcome=RowOutcome.NEW).exclude(code="").values_list("number", "code"))
        there = set(self.model.objects.filter(pk__in=added.values()).values_list("pk", flat=True))
        return {number: code for number, code in added.items() if code in there}

    def _find_likely_duplicates(self, compared: Iterable[Compared]) -> None:
        """A new record with the title of one that is there, or of a row before it, is asked about."""
        new = {row: fold(row.title)[:300] for row in compared if row.entry is None and not row.code}
        if not new:
            return
        records = scope.visible(self.sheet.by, self.model.objects.exclude(state=State.WITHDRAWN))
        records = records.filter(title_folded__in=set(new.values()))
        there = dict(records.order_by("-pk").values_list("title_folded", "pk"))
        for row, title in new.items():
            above = self.titles.setdefault(title, row.number) if title else row.number
            if self.mapping.new_anyway or row.number in self.mapping.new_rows:
                continue
            if code := there.get(title):
                words = _("%(code)s has this title already. Give its code to change it, or say that this one is new.")
                row.refuse("title", words % {"code": code}, row.title, "duplicate")
            elif above != row.number:
                words = _("Row %(row)d has the same title. Take one of them out, or say that this one is new.")
                row.refuse("title", words % {"row": above}, row.title, "duplicate")

    def _try(self, compared: list[Compared]) -> None:
        """Save what could be saved, by the ledger and its rules, and take all of it back."""
        doing = [row for row in compared if row.outcome in {RowOutcome.NEW, RowOutcome.CHANGED}]
        wrong = [row for row in compared if row.problems]
        known = others(self.model, (row.after for row in compared))
        try:
            with ledger.batch(by=self.sheet.by, reason=_("Check of a sheet")) as batch:
                refused = self._save(batch, doing, known, publish=self.sheet.publish)
                if self.sheet.publish:  # what is not complete yet comes in as it is
                    self._save(batch, refused, known, publish=False)
                raise _Seen
        except _Seen:
            pass
        for row in wrong:
            self._add_what_the_model_says(row, known)

    def _save(self, batch: ledger.Batch, rows: list[Compared], known: dict, *, publish: bool) -> list[Compared]:
        """Those that the ledger refused; why is noted on the last try."""
        items, saving, refused = [], [], []
        for row in rows:
            entry = self._entry(row)
            try:
                related = fill(entry, row.after, known)
            except ValidationError as error:
                row.problems += problems_of(error)
                continue
            wanted = publish and not entry.merged_into and entry.state in {State.DRAFT, State.IN_REVIEW}
            items.append(ledger.Item(entry, row.entry.version if row.entry else None, related, publish=wanted))
            saving.append(row)
        for row, item, answer in zip(saving, items, batch.save_many(items), strict=True):
            if isinstance(answer, ledger.Saved):
                if item.publish:
                    row.before |= {"state": row.entry.state} if row.entry else {}
                    row.after["state"] = str(State.PUBLISHED)
                if reason := self.rights.against_placing(answer.entry):
                    row.refuse("", reason)
            elif item.publish:
                refused.append(row)
            else:
                row.problems += problems_of(answer)
        return refused

    def _entry(self, row: Compared) -> Entry:
        """The record as stored, or a new one; never the one that an earlier try has changed."""
        if row.entry:
            return _copy(row.entry)
        return self.model(code=f"{self.model.prefix}-{_PASSING + self.sheet.pk % 90_000 * _A_SHEET + row.number}")

    def _add_what_the_model_says(self, row: Compared, known: dict) -> None:
        """A row that is refused for a cell is told its other mistakes too."""
        named = {problem.column for problem in row.problems}
        if (row.code and not row.entry) or not row.after:
            return
        entry = self._entry(row)
        try:
            fill(entry, row.after, known)
            entry.full_clean(exclude=named - {""}, validate_constraints=False)
        except ValidationError as error:
            row.problems += [problem for problem in problems_of(error) if problem.column not in named]

    def _keep(self, compared: list[Compared]) -> None:
        kept = []
        for row in compared:
            self.counts[str(row.outcome)] += 1
            self.last = row.number
            for problem in row.problems:
                self.kinds[problem.kind] += bool(problem.kind)
                if problem.kind == "choice" and len(self.unknown[problem.column]) < _MOST_VALUES * 4:
                    self.unknown[problem.column][visible(problem.value[:100])] += 1
            if row.outcome != RowOutcome.UNCHANGED:
                kept.append(self._as_kept(row))
        ledger.put_all(kept)

    def _as_kept(self, row: Compared) -> ImportRow:
        return ImportRow(
            sheet=self.sheet,
            number=row.number,
            code=row.code if row.entry else "",
            title=visible(row.title),
            outcome=row.outcome,
            version=row.entry.version if row.entry else None,
            before={} if row.problems else row.before,
            after={} if row.problems else row.after,
            problems=[problem.as_json() for problem in row.problems],
        )

    def _refuse_named_twice(self) -> None:
        """The first of two rows with one code is refused as well: nobody knows which of them is meant."""
        for row in ImportRow.objects.filter(sheet=self.sheet, number__in=self.comparison.named_twice):
            if row.outcome == RowOutcome.CHANGED:
                self.counts[row.outcome] -= 1
                self.counts[RowOutcome.REFUSED] += 1
                words = _("The code stands in a later row as well. Keep one of the rows.")
                row.outcome, row.before, row.after = RowOutcome.REFUSED, {}, {}
                row.problems = [{"column": "code", "message": words, "value": row.code, "kind": ""}]
                ledger.put(row, only=["outcome", "before", "after", "problems"])


def _copy(entry: Entry) -> Entry:
    """Another object with the same values."""
    made = type(entry)(pk=entry.pk)
    for name in vars(entry).keys() - {"_state", "_prefetched_objects_cache"}:
        vars(made)[name] = vars(entry)[name]
    made._state.adding, made._state.db = False, entry._state.db
    return made


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
