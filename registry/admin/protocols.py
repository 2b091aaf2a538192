"""Emergency protocols in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Activation, Protocol, ProtocolParticipation, ProtocolStep

from .base import DATES_AND_EVENT, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter
from .located import PLACE, Placed
from .rows import CitationInline, rows


@admin.register(Protocol)
class ProtocolAdmin(Placed, EntryAdmin):
    """Who does what when heritage is in danger."""

    fieldsets = (
        NAMES,
        (_("Status"), {"fields": (("status", "edition"),)}),
        (_("When it applies"), {"fields": ("hazards", "activation_criteria")}),
        PLACE,
        DATES_AND_EVENT,
    )
    autocomplete_fields = ("regions", "event")
    inlines = (rows(ProtocolStep), rows(Activation, stacked=True), rows(ProtocolParticipation), CitationInline)
    list_display = ("code", "title", "status", "shown_state", "place", "sources", "updated")
    list_filter = ("state", "status", RegionFilter, MissingFilter)
