"""Initiatives in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Initiative, InitiativeParticipation

from .base import DATES_AND_EVENT, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter
from .located import PLACE, Placed
from .rows import CitationInline, rows


@admin.register(Initiative)
class InitiativeAdmin(Placed, EntryAdmin):
    """What was proposed, adopted or run together."""

    fieldsets = (
        NAMES,
        (_("Kind and status"), {"fields": ("kind", ("status", "status_as_reported"))}),
        (_("Aim and outcome"), {"fields": ("objective", "expected_outcome", "actual_outcome")}),
        PLACE,
        DATES_AND_EVENT,
        (_("Online"), {"fields": ("owhc_type", "hashtags", "links")}),
    )
    autocomplete_fields = ("regions", "event")
    inlines = (rows(InitiativeParticipation), CitationInline)
    list_display = ("code", "title", "kind", "status", "shown_state", "place", "sources", "updated")
    list_editable = ("status",)
    list_filter = ("state", "status", "kind", "scope", RegionFilter, MissingFilter)
