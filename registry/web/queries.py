"""The address of a list as its state: what it asks, what it ignores, and the addresses one step away."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from registry import iso_names, ordering
from registry.filters import EntryFilter
from registry.filters.changes import MonthFilter
from registry.filters.fields import OwnCountryFilter
from registry.models import Entry

from . import dates


@dataclass(frozen=True)
class Chip:
    """One thing the list was asked, and the address without it."""

    label: str
    value: str
    url: str
    count: int | None = None


@dataclass
class ListQuery:
    """A list's query string, understood: questions that cannot be read are left out and said."""

    filterset: type[EntryFilter]
    data: QueryDict
    order: ordering.Ordering
    page: int
    notices: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, raw: QueryDict, filterset: type[EntryFilter], model: type[Entry]) -> "ListQuery":
        """Keep what the list understands; name the rest in a notice."""
        data = raw.copy()
        query = cls(filterset, data, ordering.read(filterset, ordering.DEFAULT), 1)
        query.page = query._page(data.pop("page", ["1"])[-1])
        query._order(data.pop("ordering", [""])[-1])
        known = set(filterset.base_filters)
        for name in [name for name in data if name not in known]:
            del data[name]
            query.notices.append(
                _("“%(name)s” is not something this list can be asked; it was left out.") % {"name": name[:40]}
            )
        for name in [name for name in data if not any(value.strip() for value in data.getlist(name))]:
            del data[name]
        asked = filterset(data, queryset=model.objects.public())
        for name, errors in asked.errors.items():
            data.pop(name, None)
            query.notices.append(_("%(problem)s It was left out.") % {"problem": " ".join(errors)})
        return query

    def _page(self, text: str) -> int:
        if text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text):
            return int(text)
        self.notices.append(_("“%(text)s” is not the number of a page; this is the first.") % {"text": text[:20]})
        return 1

    def _order(self, text: str) -> None:
        if not text:
            return
        try:
            self.order = ordering.read(self.filterset, text)
        except ordering.UnknownOrder:
            self.notices.append(_("“%(text)s” is not an order this list has.") % {"text": text[:40]})

    def url(self, **changes: str | None) -> str:
        """The address of the list with these parameters put in place, or taken out where None."""
        query = self._ordered()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    def without(self, name: str, value: str) -> str:
        """The address of the list without one value of one question."""
        query = self._ordered()
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        return f"?{query.urlencode()}"

    def _ordered(self) -> QueryDict:
        query = self.data.copy()
        if self.order.name != ordering.DEFAULT:
            query["ordering"] = self.order.name
        return query

    def given(self, without: Collection[str] = ()) -> list[tuple[str, str]]:
        """What was asked, one pair of name and value each, for a form to carry along."""
        return [(name, value) for name in self.data if name not in without for value in self.data.getlist(name)]

    def chips(self) -> list[Chip]:
        """Every question asked, in words, with the way to drop it."""
        asked = self.filterset(self.data, queryset=self.filterset.Meta.model.objects.public())
        asked.is_valid()
        found = []
        for name in self.data:
            question = asked.filters[name]
            labels = {str(code): str(label) for code, label in question.extra.get("choices", ())}
            labels |= _titles(asked.form.cleaned_data.get(name))
            if isinstance(question, OwnCountryFilter):
                labels |= {code: iso_names.country(code) for code in self.data.getlist(name)}
            if isinstance(question, MonthFilter):
                labels |= {month: dates.words(month) for month in self.data.getlist(name)}
            found += [
                Chip(str(question.label), labels.get(value, value), self.without(name, value))
                for value in self.data.getlist(name)
            ]
        return found


def _titles(answer: object) -> dict[str, str]:
    """What records are called that a question names by code; a country is named by its ISO code as well."""
    records = [record for record in answer if isinstance(record, Entry)] if isinstance(answer, list) else []
    return {code: record.shown_title for record in records for code in (record.pk, getattr(record, "iso_code", ""))}
