"""The lines of a comparison: one a field, with what each record says in it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from registry import gap, public
from registry.models import CountryBudget, Entry, Funding, GapBasis

from . import dates, facts, gap_table
from .nouns import NOUNS


@dataclass(frozen=True)
class Cell:
    """What one record says in a field; `fact` is None where its noun has no such field."""

    fact: facts.Fact | None
    detail: str = ""

    @property
    def said(self) -> tuple:
        """What two cells are compared by."""
        return (self.fact is None, self.detail) + (() if self.fact is None else (self.fact.missing, self.fact.value))


@dataclass(frozen=True)
class Line:
    """A field, a cell for each record, and whether they say different things."""

    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        """One record alone does not differ."""
        return any(cell.said != self.cells[0].said for cell in self.cells)


def lines(entries: list[Entry], notes: dict[str, list[facts.Footnote]]) -> list[Line]:
    """The summary, then every field that any of the records' pages shows, in the order of those pages.

    `notes` are the footnotes by the code of the record.
    """
    told = {entry.pk: {fact.name: fact for fact in facts.facts(entry, notes[entry.pk])} for entry in entries}
    labels = {}
    for model in dict.fromkeys(type(entry) for entry in entries):
        for name in public.fields(model):
            if any(name in said for said in told.values()):
                labels.setdefault(name, public.label(model, name))
    if len({type(entry) for entry in entries}) > 1:
        first = [Line(_("Kind of record"), [_kind(entry) for entry in entries])]
    else:
        first = []
    summary = Line(_("Summary"), [_summary(entry, notes[entry.pk]) for entry in entries])
    fields = [
        Line(label, [_cell(entry, name, label, told[entry.pk].get(name)) for entry in entries])
        for name, label in labels.items()
    ]
    return [*first, summary, *fields] if entries else []


def _kind(entry: Entry) -> Cell:
    return Cell(facts.Fact("kind", "", "text", str(NOUNS[type(entry)].label)))


def _summary(entry: Entry, notes: list[facts.Footnote]) -> Cell:
    fact = facts.Fact("summary", "", "text", entry.shown_summary, facts.notes_on("summary", notes))
    return Cell(replace(fact, missing=not entry.summary))


def _cell(entry: Entry, name: str, label: str, fact: facts.Fact | None) -> Cell:
    if fact:
        return Cell(replace(fact, correct_url=""), "" if fact.missing else _detail(entry, name))
    has_it = name in public.fields(type(entry))
    return Cell(facts.Fact(name, label, "text", None, missing=True) if has_it else None)


def _detail(entry: Entry, name: str) -> str:
    """What a figure of money is the figure of; it never stands alone."""
    if isinstance(entry, CountryBudget) and name == "amount":
        row = gap_table.row_of(entry)
        parts = [_("Annual heritage budget"), row.year_text, row.maturity_text]
        return " · ".join(str(part) for part in parts if part)
    if isinstance(entry, CountryBudget) and name == "gap_percent":
        return _gap(entry)
    if isinstance(entry, Funding) and name == "amount":
        parts = [entry.get_flow_display(), dates.words(entry.dates) or _("Date not stated")]
        return " · ".join(str(part) for part in parts if part)
    return ""


def _gap(budget: CountryBudget) -> str:
    if not gap.readings(budget):
        return budget.get_gap_basis_display()
    said = {"basis": budget.get_gap_basis_display(), "range": gap_table.row_of(budget).range_text}
    if budget.gap_basis == GapBasis.UNKNOWN:
        return _("Of what is not stated; in money %(range)s, by both readings") % said
    return _("%(basis)s; in money %(range)s") % said
