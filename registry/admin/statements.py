"""Statements in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.models import Statement

from .base import DATES, NAMES, EntryAdmin
from .fields import RecordsField, RecordsWidget
from .filters import MissingFilter
from .inputs import described


@admin.register(Statement)
class StatementAdmin(EntryAdmin):
    """What named speakers said, in our words."""

    fieldsets = (
        NAMES,
        (_("Who said it"), {"fields": (("speaker", "speaker_role"), "affiliation", "event")}),
        DATES,
        (_("What it is about"), {"fields": ("about",)}),
        (_("Verification"), {"fields": ("verification",)}),
    )
    autocomplete_fields = ("affiliation", "event")
    list_display = ("code", "title", "speaker", "verification", "dates", "shown_state", "sources", "updated")
    list_editable = ("verification",)
    list_filter = ("state", "verification", MissingFilter)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "about":
            help_text = _("Records of any noun: type a few letters of a title, or a code such as PRJ-0001.")
            widget = RecordsWidget(db_field, self.admin_site)
            return RecordsField(widget=widget, **described(db_field) | {"help_text": help_text})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
