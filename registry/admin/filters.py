"""The filters beside the lists of the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.models import Region

from .fields import EntriesChoiceField
from .quality import GAPS


class MissingFilter(admin.SimpleListFilter):
    """Records that lack something a reader would ask for."""

    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(name, gap.label) for name, gap in GAPS[model_admin.model].items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        gap = GAPS[queryset.model].get(self.value() or "")
        return gap.narrow(queryset) if gap else queryset


class RegionFilter(admin.ListFilter):
    """Records in a place or in what lies within it; the place is found by typing its name."""

    title = _("region")
    template = "admin/region_filter.html"
    path = "regions"
    parameter = "region"

    def __init__(self, request: HttpRequest, params: dict, model: type[Model], model_admin: admin.ModelAdmin) -> None:
        super().__init__(request, params, model, model_admin)
        if self.parameter in params:
            self.used_parameters[self.parameter] = params.pop(self.parameter)[-1]
        self.model_admin = model_admin
        self.field = model._meta.get_field(self.path)

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return [self.parameter]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        code = self.used_parameters.get(self.parameter)
        if not code:
            return queryset
        return queryset.pointing_to(self.path, Region.objects.within(Region.objects.filter(pk=code)))

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """One item: the input, and the other parameters that the form keeps."""
        code = self.used_parameters.get(self.parameter)
        formfield = self.field.formfield(form_class=EntriesChoiceField)
        formfield.required = False
        widget = AutocompleteSelect(self.field, self.model_admin.admin_site)
        widget.choices, widget.is_required = formfield.choices, False
        kept = [(k, v) for k, values in changelist.filter_params.items() if k != self.parameter for v in values]
        yield {
            "input": widget.render(self.parameter, code, {"id": "id_region_filter"}),
            "kept": kept,
            "selected": bool(code),
            "without": changelist.get_query_string(remove=[self.parameter]),
        }


class OneRegionFilter(RegionFilter):
    """For nouns with a single region."""

    path = "region"
