"""Missions in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import InventoryItem, Mission, MissionParticipation, MissionStep

from .base import DATES_AND_EVENT, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter
from .located import PLACE, Placed
from .rows import CitationInline, rows


@admin.register(Mission)
class MissionAdmin(Placed, EntryAdmin):
    """Field missions and their inventories."""

    fieldsets = (
        NAMES,
        (_("Status"), {"fields": (("status", "status_as_reported"), "obstacles")}),
        (_("Mandate"), {"fields": ("mandated_by", "parties", "purpose", "preconditions", "legal_references")}),
        PLACE,
        DATES_AND_EVENT,
    )
    autocomplete_fields = ("mandated_by", "parties", "legal_references", "regions", "event")
    inlines = (rows(MissionStep), rows(InventoryItem), rows(MissionParticipation), CitationInline)
    list_display = ("code", "title", "status", "shown_state", "place", "sources", "updated")
    list_filter = ("state", "status", RegionFilter, MissingFilter)
