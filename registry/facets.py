"""Counts beside each choice of a list; a facet's counts ignore its own selection, so that choices can be added."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, QuerySet
from django.http import QueryDict

from registry import iso_names
from registry.filters import EntryFilter
from registry.filters.fields import OwnCountryFilter
from registry.models import Placed, Region, RegionKind
from registry.search import fold

MOST_SHOWN = 8  # choices of a facet, before the rest is folded away


@dataclass(frozen=True)
class Option:
    """One choice: its code, its label, how many records it would find, whether it is chosen."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A question with its choices."""

    name: str
    label: str
    options: list[Option]
    newest_first: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether anything is chosen."""
        return any(option.selected for option in self.options)

    @property
    def shown(self) -> list[Option]:
        """What a form shows of a long list: the choices that most records have, or the first, and those chosen."""
        if len(self.options) <= MOST_SHOWN + 1:
            return self.options
        ranked = self.options if self.newest_first else sorted(self.options, key=lambda option: -option.count)
        kept = {option.value for option in (*ranked[:MOST_SHOWN], *(o for o in ranked if o.selected))}
        return [option for option in self.options if option.value in kept]

    @property
    def folded(self) -> list[Option]:
        """The others, in their order."""
        shown = {option.value for option in self.shown}
        return [option for option in self.options if option.value not in shown]


def count(filterset: type[EntryFilter], data: QueryDict, queryset: QuerySet, names: list[str]) -> list[Facet]:
    """The named facets over the records that every other question leaves; choices that none has and nobody chose are
    left out."""
    found = []
    for name in names:
        others = data.copy()
        chosen = set(others.pop(name, []))
        asked = filterset(others, queryset=queryset.order_by())
        counts = _counts(asked, name)
        labels = _labels(asked, name, {*counts, *chosen})
        options = [
            Option(value, label if isinstance(label, str) else str(label), counts.get(value, 0), value in chosen)
            for value, label in labels.items()
            if counts.get(value) or value in chosen
        ]
        found.append(Facet(name, str(asked.filters[name].label), options))
    return found


def _labels(asked: EntryFilter, name: str, codes: set[str]) -> dict[str, str]:
    question = asked.filters[name]
    if choices := question.extra.get("choices"):
        return dict(choices)
    if isinstance(question, OwnCountryFilter):
        names = {code: iso_names.country(code) for code in codes if code}
        return dict(sorted(names.items(), key=lambda named: fold(named[1])))
    return {country.iso_code: country.shown_title for country in _countries().only("iso_code", "title", "translations")}


def _counts(asked: EntryFilter, name: str) -> dict[str, int]:
    records = asked.qs.order_by()
    column = asked.filters[name].field_name
    if name == "country" and issubclass(records.model, Placed):
        codes = dict(_countries().values_list("pk", "iso_code"))
        return {codes[place]: n for place, n in grouped(records, "places").items() if place in codes}
    return grouped(records, column)


def grouped(records: QuerySet, column: str) -> dict[str, int]:
    """How many of the records have each value of a column, of the list in a column, or of a column of their rows."""
    in_rows = "__" in column
    is_list = not in_rows and isinstance(records.model._meta.get_field(column), ArrayField)
    choice = Func(F(column), function="unnest") if is_list else F(column)
    counted = records.exclude(**{column: None}) if in_rows else records
    rows = counted.annotate(choice=choice).values("choice").annotate(n=Count("pk", distinct=in_rows))
    return dict(rows.values_list("choice", "n"))


def _countries() -> QuerySet:
    return Region.objects.public().filter(kind=RegionKind.COUNTRY).exclude(iso_code="").order_by("title_folded")
