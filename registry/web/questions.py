"""What the form of a list asks beside its facets: a year, a day, and what records state or leave out."""

from dataclasses import dataclass
from datetime import date

from registry import facets
from registry.models import Entry

from .queries import ListQuery

DATED = ("year", "updated_since")
STATED = ("missing", "has")


@dataclass(frozen=True)
class Line:
    """A question that is answered by typing; `kind` is that of its input."""

    name: str
    label: str
    value: str
    kind: str


def dated(query: ListQuery) -> list[Line]:
    """The questions for time that the list has; a moment, unlike a day, needs a field of text."""
    found = []
    for name in DATED:
        if name in query.filterset.base_filters:
            value = query.data.get(name, "")
            kind = "date" if name == "updated_since" and _is_day(value) else "text"
            found.append(Line(name, str(query.filterset.base_filters[name].label), value, kind))
    return found


def stated(query: ListQuery, model: type[Entry]) -> list[facets.Facet]:
    """Every field of the noun, to ask for the records that leave it out or state it; not counted, for its cost."""
    asked = query.filterset(query.data, queryset=model.objects.public())
    found = []
    for name in STATED:
        chosen = set(query.data.getlist(name))
        choices = asked.filters[name].extra["choices"]
        options = [facets.Option(field, str(label), 0, field in chosen) for field, label in choices]
        found.append(facets.Facet(name, str(asked.filters[name].label), options))
    return found


def carried(query: ListQuery, shown: list[facets.Facet]) -> list[tuple[str, str]]:
    """What the form must carry along although no field of it shows it."""
    return query.given(without={"q", *DATED, *STATED, *(facet.name for facet in shown)})


def _is_day(text: str) -> bool:
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
