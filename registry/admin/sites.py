"""Sites in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Designation, Identifier, Site

from .base import NAMES, EntryAdmin
from .filters import MissingFilter, OneRegionFilter
from .rows import CitationInline, rows


@admin.register(Site)
class SiteAdmin(EntryAdmin):
    """What is protected."""

    fieldsets = (
        NAMES,
        (_("Heritage"), {"fields": ("heritage_types",)}),
        (_("Place"), {"fields": (("region", "region_as_reported"), "precision_chosen")}),
    )
    autocomplete_fields = ("region",)
    inlines = (rows(Designation), rows(Identifier), CitationInline)
    list_display = ("code", "title", "region", "precision", "shown_state", "sources", "updated")
    list_filter = ("state", "precision", OneRegionFilter, MissingFilter)
    list_with = ("region",)
