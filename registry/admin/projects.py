"""Projects in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Project, ProjectParticipation

from .base import DATES_AND_EVENT, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter
from .located import PLACE, Placed
from .rows import CitationInline, rows


@admin.register(Project)
class ProjectAdmin(Placed, EntryAdmin):
    """Restoration, revitalisation and revival works."""

    fieldsets = (
        NAMES,
        (_("Status"), {"fields": (("status", "status_as_reported"),)}),
        (_("Heritage"), {"fields": ("heritage_types", "sites")}),
        PLACE,
        DATES_AND_EVENT,
    )
    autocomplete_fields = ("regions", "sites", "event")
    inlines = (rows(ProjectParticipation), CitationInline)
    list_display = ("code", "title", "status", "shown_state", "place", "sources", "updated")
    list_editable = ("title", "status")
    list_filter = ("state", "status", "scope", RegionFilter, MissingFilter)
