"""Questions to the public history: of which nouns, what was done, and in which month."""

import re
from datetime import date
from typing import ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.models import ENTRIES, Action, Change
from registry.models.translations import capitalised

from .fields import ChosenFilter


class NounFilter(ChosenFilter):
    """Changes of records of any of the nouns."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        """By the name under which the ledger keeps the noun."""
        kept = [model._meta.model_name for model in ENTRIES if model.noun in value]
        return queryset.filter(entry_type__in=kept) if value else queryset


class MonthField(forms.CharField):
    """Months as a year and a number, 2026-11, one or more."""

    widget = forms.SelectMultiple

    def clean(self, value: list[str] | None) -> list[date]:
        """The first day of each."""
        months = [month for month in value or [] if month]
        try:
            if not all(re.fullmatch(r"\d{4}-\d\d", month, re.ASCII) for month in months):
                raise ValueError(months)
            return [date.fromisoformat(f"{month}-01") for month in months]
        except ValueError as error:
            raise ValidationError(_("Give a month as a year and a number, such as 2026-11.")) from error


class MonthFilter(django_filters.Filter):
    """Changes made in any of the months, by the clock of the register."""

    field_class = MonthField

    def filter(self, queryset: QuerySet, value: list[date]) -> QuerySet:
        """By the month that each is counted under."""
        return queryset.in_months(value) if value else queryset


class ChangeFilter(django_filters.FilterSet):
    """The history narrowed; its only order is the newest first."""

    facets: ClassVar[tuple[str, ...]] = ("noun", "action", "month")

    noun = NounFilter(label=_("Kind of record"), choices=[(m.noun, capitalised(m._meta.verbose_name)) for m in ENTRIES])
    action = ChosenFilter(label=_("What was done"), choices=Action.choices)
    month = MonthFilter(label=_("Month"))

    class Meta:
        model = Change
        fields: list[str] = []

    @classmethod
    def ordering_columns(cls) -> dict[str, str]:
        """One order, under the name that lists have for it."""
        return {"updated_at": "number"}
