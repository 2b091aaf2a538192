"""Programmes in the admin."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Programme, ProgrammeParticipation, Session

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter
from .located import PLACE, Placed
from .rows import CitationInline, rows


class SessionInline(rows(Session, stacked=True)):
    """A session: two short fields to a line."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields = ("title", ("dates", "time_zone"), ("starts_at", "ends_at"), "region", ("venue", "seats"))


@admin.register(Programme)
class ProgrammeAdmin(Placed, EntryAdmin):
    """Training, volunteering, outreach and research."""

    fieldsets = (
        NAMES,
        (_("Kind and status"), {"fields": (("kind", "status"),)}),
        (_("Taking part"), {"fields": ("how_to_join", "website")}),
        PLACE,
        DATES,
        (_("Belongs to"), {"fields": ("initiative", "event")}),
    )
    autocomplete_fields = ("regions", "initiative", "event")
    inlines = (SessionInline, rows(ProgrammeParticipation), CitationInline)
    list_display = ("code", "title", "kind", "status", "shown_state", "place", "sources", "updated")
    list_editable = ("status",)
    list_filter = ("state", "kind", "status", RegionFilter, MissingFilter)
