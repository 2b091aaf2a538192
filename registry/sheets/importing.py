"""Bringing a checked sheet in: what the check has shown is written, chunk by chunk, and nothing else."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry import ledger
from registry.models import Import, ImportRow, ImportState, Job, RowOutcome, State

from .checking import MODELS
from .filling import fill, others
from .limits import CHUNK
from .problems import problems_of
from .rights import Rights

Tell = Callable[[int, int], None]
_DONE = ("added", "changed", "kept")


def bring_in(job: Job, tell: Tell) -> dict[str, Any]:
    """Write what the check has shown, from the row where an earlier run stopped; a record changed since stays."""
    sheet = Import.objects.defer("content").get(pk=job.given["import"])
    try:
        with override(job.given.get("language")):
            _run(sheet, tell)
    except Exception:
        stopped = Job.objects.filter(pk=job.pk, stop_asked=True).exists()
        _end(sheet, ImportState.STOPPED if stopped else ImportState.FAILED)
        raise
    _end(sheet, ImportState.IMPORTED)
    return {name: sheet.counts.get(f"done_{name}", 0) for name in _DONE}


def _run(sheet: Import, tell: Tell) -> None:
    while chunk := _next(sheet):
        _write(sheet, chunk)
        tell(min(sheet.next_row, sheet.counts["last"]), sheet.counts["last"])


def _end(sheet: Import, state: ImportState) -> None:
    sheet.state = state
    ledger.put(sheet, only=["state"])


def _next(sheet: Import) -> list[ImportRow]:
    """The next rows that are new or changed."""
    doing = [RowOutcome.NEW, RowOutcome.CHANGED]
    rows = ImportRow.objects.filter(sheet=sheet, outcome__in=doing, number__gte=sheet.next_row).order_by("number")
    return list(rows[:CHUNK])


def _write(sheet: Import, rows: list[ImportRow]) -> None:
    """One transaction: the records, what became of each row, and where the next run goes on."""
    model, rights = MODELS[sheet.entry_type], Rights(sheet.by)
    entries = rights.seen(model, [row.code for row in rows if row.code])
    known = others(model, (row.after for row in rows))
    items: list[ledger.Item] = []
    storing: list[ImportRow] = []
    for row in rows:
        entry = entries.get(row.code) if row.code else model()
        try:
            _refuse_what_moved(row, entry, rights)
            values = {name: value for name, value in row.after.items() if name != "state"}
            related = fill(entry, values, known)
        except (ledger.Refused, ValidationError) as refusal:
            _refuse(row, refusal)
            continue
        publish = row.after.get("state") == State.PUBLISHED
        items.append(ledger.Item(entry, row.version, related, publish=publish))
        storing.append(row)
    before = dict(sheet.counts), sheet.next_row
    try:
        with ledger.batch(by=sheet.by, reason=sheet.reason, going_on=sheet.batch) as batch:
            for row, answer in zip(storing, batch.save_many(items), strict=True):
                if isinstance(answer, ledger.Saved):
                    row.code = answer.entry.pk
                else:
                    _refuse(row, answer)
            _count(sheet, rows)
            ledger.put_again([row for row in storing if row.outcome == RowOutcome.NEW], ["code"])
            ledger.put_again([row for row in rows if row.problems], ["outcome", "problems"])
            ledger.put(sheet, only=["counts", "next_row"])
    except BaseException:
        sheet.counts, sheet.next_row = before
        raise


def _refuse_what_moved(row: ImportRow, entry: Any, rights: Rights) -> None:
    """The check has shown one version: somebody else's work since then is kept."""
    if row.outcome == RowOutcome.NEW:
        if reason := rights.against_adding(type(entry)):
            raise ledger.Refused(reason)
    elif entry is None:
        raise ledger.Refused(_("%(code)s is no longer in the register.") % {"code": row.code})
    elif entry.version != row.version:
        words = _("The record was changed since the check (version %(then)d, now %(now)d). It was left as it is.")
        raise ledger.Refused(words % {"then": row.version, "now": entry.version})
    elif reasons := rights.against_changing(entry):
        raise ledger.Refused(" ".join(reasons))
    if row.after.get("state") and not rights.has("publish", type(entry)):
        raise ledger.Refused(_("You may not publish records of this noun."))


def _refuse(row: ImportRow, refusal: Exception) -> None:
    row.outcome = RowOutcome.REFUSED
    row.problems = [problem.as_json() for problem in problems_of(refusal)]


def _count(sheet: Import, rows: list[ImportRow]) -> None:
    counts = dict(sheet.counts)
    for row in rows:
        name = {RowOutcome.NEW: "added", RowOutcome.CHANGED: "changed"}.get(row.outcome, "kept")
        counts[f"done_{name}"] = counts.get(f"done_{name}", 0) + 1
    sheet.counts, sheet.next_row = counts, rows[-1].number + 1
