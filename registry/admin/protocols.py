"""Emergency protocols in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.models import Activation, Protocol, ProtocolParticipation, ProtocolStep

from .base import DATES_AND_EVENT, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter
from .located import PLACE, Placed
from .private import roster
from .rows import CitationInline, rows


@admin.register(Protocol)
class ProtocolAdmin(Placed, EntryAdmin):
    """Who does what when heritage is in danger."""

    fieldsets = (
        NAMES,
        (_("Status"), {"fields": (("status", "edition"),)}),
        (_("When it applies"), {"fields": ("hazards", "activation_criteria")}),
        PLACE,
        DATES_AND_EVENT,
    )
    autocomplete_fields = ("regions", "event")
    inlines = (rows(ProtocolStep), rows(Activation, stacked=True), rows(ProtocolParticipation), CitationInline)
    list_display = ("code", "title", "status", "shown_state", "place", "sources", "updated")
    list_filter = ("state", "status", RegionFilter, MissingFilter)
    change_form_template = "admin/protocol_form.html"

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        """With whom to call, for those who may see it."""
        if protocol := kwargs.get("obj"):
            context["calls"] = roster.whom_to_call(request, protocol.pk)
        return super().render_change_form(request, context, **kwargs)
