"""Country budgets in the admin."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.models import CountryBudget

from .base import NAMES, EntryAdmin
from .filters import MissingFilter, OneRegionFilter


@admin.register(CountryBudget)
class CountryBudgetAdmin(EntryAdmin):
    """Budgets and their gaps, each with its definition, its year and its source."""

    fieldsets = (
        NAMES,
        (_("Whose budget, and when"), {"fields": ("region", "label_as_reported", "year", "event")}),
        (_("Amount"), {"fields": (("amount", "currency"), "amount_as_reported", "maturity")}),
        (_("Gap"), {"fields": (("gap_percent", "gap_basis"),)}),
    )
    autocomplete_fields = ("region", "event")
    list_display = ("code", "title", "region", "year", "money", "gap", "gap_basis", "shown_state", "sources", "updated")
    list_filter = ("state", "maturity", "gap_basis", OneRegionFilter, MissingFilter)
    list_with = ("region",)

    @admin.display(description=_("amount"), ordering="amount")
    def money(self, budget: CountryBudget) -> str:
        if budget.amount is None:
            return format_html('<span class="missing">{}</span>', _("Not stated"))
        return f"{budget.amount:,} {budget.currency}"

    @admin.display(description=_("gap"), ordering="gap_percent", empty_value="—")
    def gap(self, budget: CountryBudget) -> str | None:
        return None if budget.gap_percent is None else f"{budget.gap_percent.normalize():f} %"
