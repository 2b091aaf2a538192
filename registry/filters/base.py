"""What every list can be asked, on pages and in the API alike."""

from functools import cache
from typing import ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import public, search
from registry.models import Entry, Source

from .fields import ChosenFilter, CodeFilter, MomentFilter


class SearchField(forms.CharField):
    """Words to look for."""

    def clean(self, value: str) -> str:
        """The words as they were typed; above 200 characters or 16 words it is an error."""
        text = super().clean(value)
        search.tsquery(text)
        return text


class SearchFilter(django_filters.Filter):
    """Records in which every word begins one of theirs, on any keyboard."""

    field_class = SearchField

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        """An empty search finds everything."""
        return search.find(queryset, value) if value else queryset


class StatedFilter(ChosenFilter):
    """Records that state every one of the given fields, or none of them."""

    def __init__(self, *, stated: bool, **kwargs: object) -> None:
        self.stated = stated
        super().__init__(**kwargs)

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """Field by field."""
        for name in value or []:
            queryset = queryset.stating(name, self.stated)
        return queryset


class EntryFilter(django_filters.FilterSet):
    """The questions that fit every noun; a noun adds its own, its facets and its orders."""

    facets: ClassVar[tuple[str, ...]] = ()
    orders: ClassVar[dict[str, str]] = {}

    q = SearchFilter(label=_("Words"))
    source = CodeFilter(field_name="citations__source", model=Source, label=_("Source"))
    updated_since = MomentFilter(field_name="updated_at", label=_("Changed since"))
    has = StatedFilter(stated=True, label=_("States"))
    missing = StatedFilter(stated=False, label=_("Does not state"))

    def __init__(self, data: QueryDict | None = None, queryset: QuerySet | None = None, **kwargs: object) -> None:
        super().__init__(data, queryset, **kwargs)
        for name in ("has", "missing"):
            self.filters[name].extra["choices"] = _what_may_be_stated(queryset.model)

    @classmethod
    def ordering_columns(cls) -> dict[str, str]:
        """The orders a reader may ask for, by name, with the column that each sorts by."""
        return {"updated_at": "updated_at", "title": "title_folded", "code": "code", **cls.orders}


@cache
def _what_may_be_stated(model: type[Entry]) -> list[tuple[str, str | Promise]]:
    """The public fields of a noun, each with its label."""
    return [(name, public.lazy_label(model, name)) for name in ("summary", *public.fields(model), "citations")]
