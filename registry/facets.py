"""Counts beside each choice of a list; a facet's counts ignore its own selection, so that choices can be added."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, Func, QuerySet, Value, When
from django.http import QueryDict

from registry.filters import EntryFilter
from registry.models import Region, RegionKind


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


def count(filterset: type[EntryFilter], data: QueryDict, queryset: QuerySet, names: list[str]) -> list[Facet]:
    """The named facets over the records that every other question leaves; choices that none has and nobody chose are
    left out."""
    found = []
    for name in names:
        others = data.copy()
        chosen = set(others.pop(name, []))
        asked = filterset(others, queryset=queryset.order_by())
        counts = _counts(asked, name)
        labels = _labels(asked, name)
        options = [
            Option(value, str(label), counts.get(value, 0), value in chosen)
            for value, label in labels.items()
            if counts.get(value) or value in chosen
        ]
        found.append(Facet(name, str(asked.filters[name].label), options))
    return found


def _labels(asked: EntryFilter, name: str) -> dict[str, str]:
    choices = asked.filters[name].extra.get("choices")
    if choices:
        return dict(choices)
    countries = Region.objects.public().filter(kind=RegionKind.COUNTRY).exclude(iso_code="").order_by("title_folded")
    return dict(countries.values_list("iso_code", "title"))


def _counts(asked: EntryFilter, name: str) -> dict[str, int]:
    records = asked.qs.order_by()
    column = asked.filters[name].field_name
    if name == "country":
        return _by_country(records, column)
    expression = Func(F(column), function="unnest") if name == "heritage_type" else F(column)
    rows = records.annotate(choice=expression).values("choice").annotate(n=Count("pk")).values_list("choice", "n")
    return dict(rows)


def _by_country(records: QuerySet, path: str) -> dict[str, int]:
    if path == "country":
        return dict(records.values_list("country").annotate(n=Count("pk")))
    places = Region.objects.public()
    countries = places.filter(kind=RegionKind.COUNTRY).exclude(iso_code="")
    cases = [
        When(**{f"{path}__in" if path else "pk__in": places.within([country])}, then=Value(country.iso_code))
        for country in countries
    ]
    if not cases:
        return {}
    rows = records.annotate(choice=Case(*cases)).exclude(choice=None).values("choice")
    return dict(rows.annotate(n=Count("pk", distinct=True)).values_list("choice", "n"))
