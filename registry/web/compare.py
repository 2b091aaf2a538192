"""Up to four records side by side, field by field: what differs, what is the same, and what no source says."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from registry.models import CountryBudget, Entry

from . import compared, facts
from .chosen import MOST, choose
from .gap_table import gap_tables
from .nouns import NOUNS, Noun
from .records import list_url

_KNOWN = {"code", "add", "only"}
DIFFERENCES = "differences"


@dataclass(frozen=True)
class Column:
    """A record that is compared: its noun, its sources, and the address without it."""

    entry: Entry
    noun: Noun
    footnotes: list[facts.Footnote]
    without_url: str


class Compare(TemplateView):
    """The page that compares the records that its address names by code."""

    template_name = "registry/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The table, what the address named in vain, and ways to add or drop a record."""
        asked = self.request.GET
        chosen = choose(asked)
        codes = [entry.pk for entry in chosen.entries]
        columns = _columns(chosen.entries)
        lines = compared.lines(chosen.entries, {column.entry.pk: column.footnotes for column in columns})
        only = asked.get("only") == DIFFERENCES and len(columns) > 1
        models = {type(entry) for entry in chosen.entries}
        return super().get_context_data(**kwargs) | {
            "here": "compare",
            "columns": columns,
            "lines": [line for line in lines if line.differs or not only],
            "same": sum(not line.differs for line in lines),
            "only": only,
            "switch_url": address(codes) if only else f"{address(codes)}&only={DIFFERENCES}",
            "gaps": gap_tables([entry for entry in chosen.entries if isinstance(entry, CountryBudget)]),
            "notices": [*_unknown(asked), *chosen.notices],
            "codes": codes,
            "room": MOST - len(codes),
            "words": chosen.words,
            "offers": [(entry, NOUNS[type(entry)], address([*codes, entry.pk])) for entry in chosen.offers],
            "lists": [(NOUNS[model].label_plural, list_url(model)) for model in NOUNS if not models or model in models],
        }


def address(codes: list[str]) -> str:
    """Where these records are compared."""
    asked = urlencode([("code", code) for code in codes])
    return reverse("registry:compare") + (f"?{asked}" if asked else "")


def _columns(entries: list[Entry]) -> list[Column]:
    """The sources are numbered through, so that a footnote means one of them."""
    found, above = [], 0
    codes = [entry.pk for entry in entries]
    for entry in entries:
        notes = [replace(note, number=note.number + above) for note in facts.footnotes(entry)]
        above += len(notes)
        others = address([code for code in codes if code != entry.pk])
        found.append(Column(entry, NOUNS[type(entry)], notes, others))
    return found


def _unknown(asked: QueryDict) -> list[str]:
    return [
        _("“%(name)s” is not something this page can be asked; it was left out.") % {"name": name[:40]}
        for name in asked
        if name not in _KNOWN
    ]
