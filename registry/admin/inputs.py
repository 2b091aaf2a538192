"""Which input each kind of model field gets, in forms and in their inline rows alike."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from zoneinfo import available_timezones

import pycountry
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Field, QuerySet
from django.forms.widgets import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry import scope, versions
from registry.models import Entry

from .fields import (
    CodeInput,
    EntriesChoiceField,
    EntryChoiceField,
    LinesField,
    OtherNamesField,
    RecordsField,
    RecordsWidget,
    WordsField,
)
from .naming import codes_in, titles
from .translations import TranslationsField

_CODES = {
    "country": {c.alpha_2: c.name for c in sorted(pycountry.countries, key=lambda c: c.name)},
    "currency": {c.alpha_3: c.name for c in sorted(pycountry.currencies, key=lambda c: c.name)},
    "language": {
        language.alpha_2: language.name
        for language in sorted(pycountry.languages, key=lambda language: language.name)
        if hasattr(language, "alpha_2")
    },
    "time_zone": {
        zone: zone.replace("_", " ") for zone in sorted(available_timezones()) if zone.startswith(("Asia/", "Europe/"))
    },
}
# Lists of codes of records that the database does not relate.
_RECORDS = {"about", "sites"}
# From this length on, a text gets several lines.
_LONG = 300


class Inputs:
    """Chooses comfortable inputs; for a ModelAdmin and for an inline."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if isinstance(db_field, ArrayField):
            return self.formfield_for_array(db_field, request)
        if isinstance(db_field, models.JSONField):
            made = TranslationsField if db_field.name == "translations" else OtherNamesField
            return made(**described(db_field))
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        elif isinstance(db_field, models.DateField):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif db_field.name in _CODES and not db_field.is_relation:
            kwargs["widget"] = CodeInput(_CODES[db_field.name])
        elif type(db_field) is models.CharField and (db_field.max_length or 0) > _LONG:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if hasattr(getattr(field, "widget", None), "can_delete_related"):
            field.widget.can_delete_related = False  # one click beside a field must not end another record
        return field

    def formfield_for_array(self, db_field: ArrayField, request: HttpRequest) -> forms.Field:
        """Records by title, ticks where the terms are fixed, else one in each line."""
        if db_field.name in _RECORDS:
            said = _("Type a few letters of a title, or a code such as PRJ-0001.")
            widget = RecordsWidget(db_field, self.admin_site)
            widget.titles_of = partial(self._titles_for, request)
            return RecordsField(widget=widget, **described(db_field) | {"help_text": said})
        if db_field.base_field.choices:
            return forms.MultipleChoiceField(
                choices=db_field.base_field.choices, widget=CheckboxSelectMultiple, **described(db_field)
            )
        if isinstance(db_field.base_field, models.URLField):
            base = db_field.base_field.formfield(assume_scheme="https")
            return LinesField(base, **described(db_field) | {"help_text": _("One web address in each line.")})
        return WordsField(db_field.base_field.formfield(), **described(db_field))

    def formfield_for_foreignkey(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if issubclass(db_field.related_model, Entry):
            kwargs |= {"form_class": EntryChoiceField, "queryset": self.choices_of(db_field, request)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if issubclass(db_field.related_model, Entry):
            kwargs |= {"form_class": EntriesChoiceField, "queryset": self.choices_of(db_field, request)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices_of(self, db_field: Field, request: HttpRequest) -> QuerySet:
        """The records that the editor sees, and those that the record at hand points to already."""
        everything = db_field.related_model._default_manager.all()
        seen = scope.visible(request.user, everything)
        at_hand = self._at_hand(request) if scope.regions_of(request.user) else set()
        return seen | everything.filter(pk__in=at_hand) if at_hand else seen

    def _titles_for(self, request: HttpRequest, codes: Iterable[str]) -> dict[str, str]:
        """By code, the titles of records that the editor sees or that the record at hand names already."""
        asked = set(codes)
        hidden = asked - scope.seen(request.user, asked)
        return titles(asked - (hidden - self._at_hand(request) if hidden else hidden))

    def _at_hand(self, request: HttpRequest) -> set[str]:
        """The codes that the record of the form names, itself or in its rows."""
        code = request.resolver_match.kwargs.get("object_id")
        if not hasattr(request, "codes_at_hand"):
            owner = getattr(self, "parent_model", self.model)
            entry = owner.objects.filter(pk=code).first() if code else None
            request.codes_at_hand = set(codes_in(versions.snapshot(entry))) if entry else set()
        return request.codes_at_hand


def described(db_field: Field) -> dict[str, Any]:
    """What a form field takes over from its model field."""
    return {
        "label": capfirst(db_field.verbose_name),
        "help_text": db_field.help_text,
        "required": not db_field.blank,
    }
