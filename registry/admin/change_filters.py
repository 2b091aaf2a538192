"""What narrows the feed of changes: the noun, who, the days, one save."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from registry.models import Change, User

from .forms import version_from
from .naming import MODELS

_MOST_EDITORS = 100


class NounFilter(admin.SimpleListFilter):
    """Changes of one noun."""

    title = _("noun")
    parameter_name = "noun"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(name, model._meta.verbose_name_plural.capitalize()) for name, model in MODELS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(entry_type=self.value()) if self.value() else queryset


class EditorFilter(admin.SimpleListFilter):
    """My own changes, or those of somebody else who ever changed something."""

    title = _("editor")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        ever = Change.objects.filter(by=OuterRef("pk")).order_by()
        others = User.objects.exclude(pk=request.user.pk).filter(Exists(ever)).order_by("username")[:_MOST_EDITORS]
        return [("me", _("My own changes")), *((str(user.pk), str(user)) for user in others)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.filter(by=request.user.pk if self.value() == "me" else version_from(self.value()) or 0)


class BatchFilter(admin.SimpleListFilter):
    """The changes of one save; offered only where it is chosen already, as by a link."""

    title = _("one save")
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(self.value(), _("What was saved together"))] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        try:
            return queryset.filter(batch=UUID(self.value()))
        except ValueError as error:
            raise IncorrectLookupParameters from error


class DaysFilter(admin.ListFilter):
    """From one day to another, both included, in UTC; either may be open."""

    title = _("days")
    template = "admin/days_filter.html"
    parameters = ("from", "until")

    def __init__(self, request: HttpRequest, params: dict, model: type[Model], model_admin: admin.ModelAdmin) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.parameters:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return list(self.parameters)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        first, last = (self._day(name) for name in self.parameters)
        if first:
            queryset = queryset.filter(at__gte=_morning(first))
        return queryset.filter(at__lt=_morning(last) + timedelta(days=1)) if last else queryset

    def _day(self, name: str) -> date | None:
        """The day, or none; IncorrectLookupParameters for what is no day."""
        text = self.used_parameters.get(name, "")
        try:
            found = parse_date(text) if text else None
        except ValueError as error:
            raise IncorrectLookupParameters from error
        if text and (found is None or not 1900 < found.year < 3000):
            raise IncorrectLookupParameters
        return found

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """One item: both days, and the other parameters that the form keeps."""
        kept = changelist.filter_params.items()
        yield {
            "days": [(name, label, self.used_parameters.get(name, "")) for name, label in _LABELS],
            "kept": [(name, value) for name, values in kept if name not in self.parameters for value in values],
            "selected": bool(self.used_parameters),
            "without": changelist.get_query_string(remove=list(self.parameters)),
        }


_LABELS = (("from", _("From")), ("until", _("Until")))


def _morning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
