"""Funding in the admin."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.models import Entry, Funding

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter
from .forms import EntryForm


class FundingForm(EntryForm):
    """Says beside the field what an amount, its currency and its purpose need of each other."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        amount, currency = given.get("amount"), given.get("currency")
        if amount is not None and not currency and "currency" not in self.errors:
            self.add_error("currency", _("Say in which currency the amount is, such as USD."))
        if currency and amount is None and "amount" not in self.errors:
            self.add_error(
                "amount",
                _(
                    "Give the amount, or clear the currency. Where the source has only words, "
                    "they belong into “amount as reported”; 0 means that it was nothing."
                ),
            )
        if given.get("project") and given.get("initiative"):
            self.add_error("initiative", _("A line is for a project or for an initiative: clear one of the two."))
        return given


@admin.register(Funding)
class FundingAdmin(EntryAdmin):
    """Money sought and found."""

    form = FundingForm
    fieldsets = (
        NAMES,
        (
            _("Money"),
            {
                "fields": (("flow", "mechanism"), ("amount", "currency"), "amount_as_reported"),
                "description": _(
                    "One line for each thing that the money has done: when a pledge becomes a commitment, add a line "
                    "and leave the pledge. Leave the amount empty when the source gives none."
                ),
            },
        ),
        (
            _("What it is for"),
            {
                "fields": (("project", "initiative"), "heritage_types", "regions"),
                "description": _(
                    "A project or an initiative; neither for an offer that waits for a purpose, or for a need that "
                    "stands alone. Mechanism, place and heritage type set needs beside the offers that fit them."
                ),
            },
        ),
        (_("Who gives it"), {"fields": (("funder", "funder_as_reported"),)}),
        DATES,
    )
    autocomplete_fields = ("project", "initiative", "regions", "funder")
    list_display = ("code", "title", "flow", "money", "purpose", "shown_state", "sources", "updated")
    list_filter = ("state", "flow", "mechanism", RegionFilter, MissingFilter)
    list_with = ("project", "initiative")

    @admin.display(description=_("amount"), ordering="amount")
    def money(self, line: Funding) -> str:
        if line.amount is None:
            return format_html('<span class="missing">{}</span>', _("Not stated"))
        return f"{line.amount:,} {line.currency}"

    @admin.display(description=_("for"), empty_value="—")
    def purpose(self, line: Funding) -> Entry | None:
        return line.project or line.initiative
