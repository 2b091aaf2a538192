"""Records and values as editors read them: titles and labels instead of codes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Field
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from registry import public, versions
from registry.models import ENTRIES, Entry, State

MODELS = {model._meta.model_name: model for model in ENTRIES}
_PREFIXES = {model.prefix: model for model in ENTRIES}
# Fields of a record that the public projection does not name, in the order of a form.
_COMMON = ("title", "other_names", "summary", "translations")


def model_of(code: str) -> type[Entry] | None:
    """The noun that a code belongs to; None for what is no code."""
    return _PREFIXES.get(code.partition("-")[0])


def titles(codes: Iterable[str]) -> dict[str, str]:
    """By code, the titles of the records that exist; one query a noun."""
    wanted: dict[type[Entry], set[str]] = {}
    for code in codes:
        if model := model_of(code):
            wanted.setdefault(model, set()).add(code)
    return {
        code: title
        for model, mine in wanted.items()
        for code, title in model.objects.order_by().filter(pk__in=mine).values_list("pk", "title")
    }


def with_code(entry: Entry) -> str:
    """Title, code and, where the public cannot read it, state: “Baku · REG-0002 (draft)”."""
    state = "" if entry.state == State.PUBLISHED else f" ({entry.get_state_display().lower()})"
    return f"{entry.title} · {entry.pk}{state}"


def fields_in_order(model: type[Entry]) -> list[str]:
    """Every recorded field in the order of the form, then its rows, then what the ledger keeps beside them."""
    names = [*_COMMON, *public.fields(model)]
    recorded = [f.name for f in versions.recorded_fields(model)]
    return list(dict.fromkeys([*names, *model.children, *recorded]))


def label(model: type[Entry], name: str) -> str:
    """What a field is called; a field that is no longer there keeps its name."""
    if name in {f.name for f in model._meta.get_fields()}:
        return public.label(model, name)
    return name


class Wording:
    """Puts the plain values of versions into words; looks the titles of all their codes up together."""

    def __init__(self, model: type[Entry], *snapshots: versions.Snapshot) -> None:
        self.model, self.snapshots = model, snapshots

    @cached_property
    def _titles(self) -> dict[str, str]:
        return titles(code for snapshot in self.snapshots for value in snapshot.values() for code in codes_in(value))

    def lines(self, name: str, value: Any) -> list[str]:
        """One line for a field, one a member for a list; no line where nothing is stated."""
        if value in (None, "", [], {}):
            return []
        if name in self.model.children:
            child = versions.child_model(self.model, name)
            return [self._row(child, row) for row in value]
        if name == "other_names":
            return [" · ".join(part for part in row.values() if part) for row in value]
        if name == "translations":
            return [" · ".join((code, *texts.values())) for code, texts in sorted(value.items())]
        fields = {f.name: f for f in (*self.model._meta.fields, *self.model._meta.many_to_many)}
        return self._lines(fields.get(name), value)

    def _lines(self, field: Field | None, value: Any) -> list[str]:
        if isinstance(value, list):
            base = getattr(field, "base_field", field)
            return [line for member in value for line in self._lines(base, member)]
        labels = dict(getattr(field, "flatchoices", None) or ())
        if value in labels:
            return [str(labels[value])]
        if isinstance(value, str) and value in self._titles:
            return [f"{self._titles[value]} ({value})"]
        return [str(value)]

    def _row(self, child: type, row: dict[str, Any]) -> str:
        parts = []
        for field in versions.child_fields(child):
            value = row.get(field.name)
            if field.name == "fields":
                parts.append(self._supported(value))
            elif value:
                parts.extend(self._lines(field, value))
        return " · ".join(part for part in parts if part)

    def _supported(self, names: list[str] | None) -> str:
        if not names:
            return ""
        return _("supports: %(fields)s") % {"fields": ", ".join(label(self.model, name) for name in names)}


def codes_in(value: Any) -> Iterator[str]:
    """The codes of records that plain values name, at any depth."""
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, Collection) and not isinstance(value, str):
        for member in value:
            yield from codes_in(member)
    elif isinstance(value, str) and len(value) <= 16 and model_of(value):
        yield value
