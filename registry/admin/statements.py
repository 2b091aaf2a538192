"""Statements in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Statement

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter


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
