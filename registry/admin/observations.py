"""Observations in the admin."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.models import Observation, ObservedThreat

from .base import NAMES, EntryAdmin
from .filters import MissingFilter, OneRegionFilter
from .rows import CitationInline, rows


@admin.register(Observation)
class ObservationAdmin(EntryAdmin):
    """What was seen at sites."""

    fieldsets = (
        NAMES,
        (
            _("What was seen"),
            {
                "fields": (("condition", "trend"), ("damage_extent", "damage_class")),
                "description": _("As the source tells it. What it does not tell stays “Not stated”."),
            },
        ),
        (
            _("Where"),
            {
                "fields": ("site", ("region", "place_as_reported")),
                "description": _("Any of the three, or none: a look at an unknown place is a record as well."),
            },
        ),
        (
            _("When"),
            {
                "fields": (("dates", "dates_as_reported"),),
                "description": _(
                    "The day of the look, never that of the report. Without it, it stands on no time line."
                ),
            },
        ),
        (_("How"), {"fields": (("method", "observed_by"), "mission")}),
        (
            _("How sure it is"),
            {
                "fields": (("verification", "verified_by"), "evidence"),
                "description": _(
                    "Corroborated: two published sources below that do not depend on each other. Verified: the body "
                    "that verified it, the method and the date. Figures count these two rungs alone."
                ),
            },
        ),
    )
    autocomplete_fields = ("site", "region", "observed_by", "mission", "verified_by", "evidence")
    inlines = (rows(ObservedThreat), CitationInline)
    list_display = ("code", "title", "where", "dates", "verification", "shown_state", "sources", "updated")
    list_filter = ("state", "verification", "condition", "method", OneRegionFilter, MissingFilter)
    list_with = ("site", "region")

    @admin.display(description=_("where"))
    def where(self, entry: Observation) -> str:
        """The site or the region, drafts included, else the source's own word."""
        if place := entry.site or entry.region:
            return place.title
        if entry.place_as_reported:
            return f"“{entry.place_as_reported}”"
        return format_html('<span class="missing">{}</span>', _("Not stated"))
