"""Funding in the admin."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.models import Funding

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter


@admin.register(Funding)
class FundingAdmin(EntryAdmin):
    """Money sought and found."""

    fieldsets = (
        NAMES,
        (_("Money"), {"fields": (("flow", "mechanism"), ("amount", "currency"), "amount_as_reported")}),
        (_("What it is for"), {"fields": ("project", "initiative", "heritage_types", "regions")}),
        (_("Who gives it"), {"fields": (("funder", "funder_as_reported"),)}),
        DATES,
    )
    autocomplete_fields = ("project", "initiative", "regions", "funder")
    list_display = ("code", "title", "flow", "mechanism", "money", "shown_state", "sources", "updated")
    list_filter = ("state", "flow", "mechanism", RegionFilter, MissingFilter)

    @admin.display(description=_("amount"), ordering="amount")
    def money(self, line: Funding) -> str:
        if line.amount is None:
            return format_html('<span class="missing">{}</span>', _("Not stated"))
        return f"{line.amount:,} {line.currency}"
