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
        (
            _("Status"),
            {
                "fields": (("status", "status_as_reported"), "obstacles"),
                "description": _(
                    "The status known now; the steps that led to it, each with its date, stand below. What blocks the "
                    "mission is told near the top of its page: in words that belong to whoever said it."
                ),
            },
        ),
        (
            _("Mandate and conditions"),
            {
                "fields": ("mandated_by", "parties", "purpose", "preconditions", "legal_references"),
                "description": _("Legal references are sources: resolutions, conventions, agreements."),
            },
        ),
        PLACE,
        DATES_AND_EVENT,
    )
    autocomplete_fields = ("mandated_by", "parties", "legal_references", "regions", "event")
    inlines = (rows(MissionStep), rows(MissionParticipation), rows(InventoryItem), CitationInline)
    list_display = ("code", "title", "status", "mandated_by", "place", "shown_state", "sources", "updated")
    list_with = ("regions", "mandated_by")
    list_filter = ("state", "status", RegionFilter, MissingFilter)
