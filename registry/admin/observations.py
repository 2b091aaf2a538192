"""Observations in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Observation, ObservedThreat

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter, OneRegionFilter
from .rows import CitationInline, rows


@admin.register(Observation)
class ObservationAdmin(EntryAdmin):
    """What was seen at sites."""

    fieldsets = (
        NAMES,
        (_("Where"), {"fields": ("site", ("region", "place_as_reported"))}),
        DATES,
        (_("How"), {"fields": (("method", "observed_by"), "mission")}),
        (_("What was seen"), {"fields": (("condition", "trend"), ("damage_extent", "damage_class"))}),
        (_("How sure it is"), {"fields": (("verification", "verified_by"), "evidence")}),
    )
    autocomplete_fields = ("site", "region", "observed_by", "mission", "verified_by", "evidence")
    inlines = (rows(ObservedThreat), CitationInline)
    list_display = ("code", "title", "site", "dates", "method", "verification", "shown_state", "sources", "updated")
    list_filter = ("state", "verification", "method", "condition", OneRegionFilter, MissingFilter)
    list_with = ("site",)
