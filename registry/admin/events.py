"""Events in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Event

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter, OneRegionFilter


@admin.register(Event)
class EventAdmin(EntryAdmin):
    """Assemblies, conferences and meetings."""

    fieldsets = (
        NAMES,
        (_("Key facts"), {"fields": ("kind", "number_in_series", "part_of", "region")}),
        DATES,
        (_("Organiser"), {"fields": ("organiser",)}),
    )
    autocomplete_fields = ("part_of", "region", "organiser")
    list_display = ("code", "title", "kind", "dates", "region", "shown_state", "sources", "updated")
    list_filter = ("state", "kind", OneRegionFilter, MissingFilter)
    list_with = ("region",)
