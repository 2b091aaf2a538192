"""Lists answer only the filters they show: no lookup of the ORM is reachable through an address."""

from typing import Any

from django.contrib.admin import ListFilter, ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest


class TitledList(ChangeList):
    """Titled with the noun."""

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        if not self.is_popup:
            self.title = str(self.opts.verbose_name_plural).capitalize()


class NarrowPaginator(Paginator):
    """Passes over the rows before a page by their keys alone; only the rows of the page are read whole."""

    def _get_page(self, rows: QuerySet, *args: Any, **kwargs: Any) -> Page:
        keys = list(rows.prefetch_related(None).values_list("pk", flat=True))
        whole = self.object_list.filter(pk__in=keys)
        return super()._get_page(whole, *args, **kwargs)


class StrictLookups:
    """For a ModelAdmin: any other parameter is a 400."""

    def lookup_allowed(self: ModelAdmin, lookup: str, value: str, request: HttpRequest) -> bool:
        allowed: set[str] = set()
        for item in self.get_list_filter(request):
            if isinstance(item, str):
                allowed |= {item, f"{item}__exact", f"{item}__id__exact"}
            elif issubclass(item, ListFilter):
                allowed |= set(getattr(item, "parameters", ())) or {
                    getattr(item, "parameter_name", "") or item.parameter
                }
        return lookup in allowed

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TitledList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """Nothing has a key that is not ASCII; other digits are not another spelling of it."""
        return super().get_object(request, object_id, from_field) if object_id.isascii() else None
