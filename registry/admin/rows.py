"""The rows that belong to a record, each kind edited as one list: citations, organisations with their roles, steps."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.admin import GenericStackedInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.db.models import Field, Model
from django.forms.formsets import BaseFormSet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry import public
from registry.models import Citation, Entry, Row

from .inputs import Inputs, described


class WholeList:
    """A formset that hands over all rows at once.

    A row's key only says which stored row it was: when somebody removed that one meanwhile, it is a new row, and the
    version of the record tells that the list has changed.
    """

    accessor: str

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        initial = form.fields["id"].initial
        form.fields["id"] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=initial)

    def rows(self) -> list[Model]:
        """The rows that are to remain, in their order."""
        kept = [form for form in self.initial_forms if form not in self.deleted_forms]
        new = [form for form in self.extra_forms if form.has_changed() and form not in self.deleted_forms]
        return [form.instance for form in kept + new]


class CitationFormSet(WholeList, BaseGenericInlineFormSet):
    """The citations of a record."""

    accessor = "citations"


class RowFormSet(WholeList, BaseInlineFormSet):
    """Any other rows of a record."""

    @property
    def accessor(self) -> str:
        """What the record calls them."""
        return self.fk.remote_field.related_name


class RowsOfRecord:
    """Who may change the record may change its rows; a form with more of them than `max_num` is refused unread."""

    max_num = 150

    def has_add_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return True

    def get_formset(self, request: HttpRequest, obj: Entry | None = None, **kwargs: Any) -> type[BaseFormSet]:
        return super().get_formset(request, obj, **kwargs | {"absolute_max": self.max_num})

    def get_extra(self, request: HttpRequest, obj: Entry | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class CitationInline(RowsOfRecord, Inputs, GenericStackedInline):
    """Where the facts stand: source, place in it, and the fields it supports."""

    model = Citation
    formset = CitationFormSet
    ct_field, ct_fk_field = "entry_type", "entry_code"
    fields = ("source", "locator", "fields", "note")
    autocomplete_fields = ("source",)
    verbose_name_plural = _("sources")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name != "fields":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        names = ("title", "other_names", "summary", *public.fields(self.parent_model))
        choices = [(name, public.label(self.parent_model, name)) for name in names]
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple(attrs={"class": "terms"}), **described(db_field)
        )


class RowInline(RowsOfRecord, Inputs):
    """The rows of one kind, with the fields that the public reads."""

    formset = RowFormSet

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields = public.ROW_FIELDS[self.model]
        self.autocomplete_fields = tuple(field.name for field in self.model.entry_relations())


def rows(model: type[Row], *, stacked: bool = False) -> type[RowInline]:
    """The inline for a kind of row: one line each, or one under the other where a row says much."""
    layout = admin.StackedInline if stacked else admin.TabularInline
    return type(f"{model.__name__}Inline", (RowInline, layout), {"model": model, "__module__": __name__})
