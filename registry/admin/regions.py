"""Regions in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Region

from .base import NAMES, EntryAdmin
from .filters import MissingFilter


@admin.register(Region)
class RegionAdmin(EntryAdmin):
    """Places, and what they lie within."""

    fieldsets = (
        NAMES,
        (_("What and where"), {"fields": ("kind", "parent", "iso_code")}),
        (_("Point"), {"fields": (("longitude", "latitude"), "precision")}),
    )
    autocomplete_fields = ("parent",)
    list_display = ("code", "title", "kind", "parent", "iso_code", "shown_state", "sources", "updated")
    list_filter = ("state", "kind", MissingFilter)
    list_with = ("parent",)
