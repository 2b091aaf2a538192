"""What each column of a sheet means, as the editor has said, and what somebody said of the same header before."""

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from registry.models import Entry, Import, ImportState, User
from registry.search import fold

from .columns import Column, Sort, column_label, columns
from .days import Days
from .figures import Numbers
from .values import Told

IGNORED = "-"  # said to be left out, which is not the same as not said yet
_LOOKED_AT = 40


@dataclass(frozen=True)
class Meaning:
    """What one column of the sheet means: the name of a field, IGNORED, or "" while nobody has said."""

    to: str = ""
    numbers: str = ""
    dates: str = ""
    values: dict[str, str] = field(default_factory=dict)
    clear: bool = False
    remembered: bool = False


@dataclass(frozen=True)
class Mapping:
    """What all columns mean, and what was decided for the whole sheet."""

    meanings: list[Meaning]
    take_html_out: bool = False
    new_anyway: bool = False
    new_rows: tuple[int, ...] = ()  # rows that are to be added although a record with their title is there

    def as_json(self) -> dict[str, Any]:
        """For the import."""
        return asdict(self)

    @classmethod
    def of(cls, sheet: Import) -> "Mapping":
        """As it is kept with the import."""
        kept = dict(sheet.mapping)
        meanings = [Meaning(**meaning) for meaning in kept.pop("meanings", [])]
        return cls(meanings, **kept | {"new_rows": tuple(kept.get("new_rows", ()))})

    def columns(self, model: type[Entry]) -> dict[int, tuple[Column, Told]]:
        """By their place in the sheet, the columns that are taken and what was told of each."""
        known = columns(model)
        return {
            place: (known[m.to], Told(m.numbers, m.dates, m.values, m.clear, self.take_html_out))
            for place, m in enumerate(self.meanings)
            if m.to in known
        }

    def problems(self, headers: list[str]) -> tuple[list[str], list[str]]:
        """The headers that nobody has decided on, and the fields that more than one column is said to hold."""
        open_ = [header or f"{place + 1}" for place, header in enumerate(headers) if not self.meanings[place].to]
        counted = Counter(m.to for m in self.meanings if m.to not in {"", IGNORED})
        return open_, [name for name, count in counted.items() if count > 1]


def matched(model: type[Entry], headers: list[str], user: User) -> Mapping:
    """What the headers say by themselves or were once said to mean; the same header twice says nothing."""
    before = _remembered(model, user)
    said = _said(model)
    often = Counter(fold(header) for header in headers)
    taken: set[str] = set()
    meanings = []
    for header in headers:
        key = fold(header)
        found = Meaning()
        if key and often[key] == 1:
            found = Meaning(to=said[key]) if said.get(key) else before.get(key, Meaning())
            found = replace(found, values=before[key].values) if key in before and before[key].to == found.to else found
        if found.to != IGNORED and found.to in taken:
            found = Meaning()
        taken.add(found.to)
        meanings.append(found)
    return Mapping(meanings)


def _said(model: type[Entry]) -> dict[str, str]:
    """By folded name or label the one field that it can mean."""
    names = {fold(name): name for name in columns(model)} | {
        fold(name.replace("_", " ")): name for name in columns(model)
    }
    labels: dict[str, set[str]] = {}
    for name in columns(model):
        labels.setdefault(fold(column_label(model, name)), set()).add(name)
    return {key: next(iter(found)) for key, found in labels.items() if len(found) == 1 and key not in names} | names


def _remembered(model: type[Entry], user: User) -> dict[str, Meaning]:
    """By folded header what it last meant: to this editor, else to anybody."""
    earlier = Import.objects.filter(entry_type=model._meta.model_name).exclude(state=ImportState.READ)
    found: dict[str, Meaning] = {}
    kept = list(earlier.defer("content").order_by("-made_at")[:_LOOKED_AT])
    for sheet in sorted(kept, key=lambda sheet: sheet.by_id != user.pk):
        for header, meaning in zip(sheet.headers, Mapping.of(sheet).meanings, strict=False):
            if meaning.to == IGNORED or meaning.to in columns(model):
                again = replace(meaning, clear=False, remembered=True)
                found.setdefault(fold(header), replace(again, values=_possible(model, again)))
    found.pop("", None)
    return found


def _possible(model: type[Entry], meaning: Meaning) -> dict[str, str]:
    known = columns(model).get(meaning.to)
    return {text: code for text, code in meaning.values.items() if known and code in known.choices}


def can_clear(column: Column) -> bool:
    """Whether blank cells of the column can be said to empty the field."""
    return not column.kept and column.name not in {"code", "version", "title"}


def asks_numbers(column: Column) -> bool:
    """Whether numbers of the column can be written in two ways."""
    return column.sort in {Sort.DECIMAL, Sort.WHOLE} and not column.kept


def asks_dates(column: Column) -> bool:
    """Whether dates of the column can be written in two ways."""
    return column.sort in {Sort.DATES, Sort.DAY}


__all__ = [
    "IGNORED",
    "Days",
    "Mapping",
    "Meaning",
    "Numbers",
    "asks_dates",
    "asks_numbers",
    "can_clear",
    "matched",
]
