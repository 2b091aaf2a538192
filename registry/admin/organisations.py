"""Organisations in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Organisation

from .base import NAMES, EntryAdmin
from .filters import MissingFilter


@admin.register(Organisation)
class OrganisationAdmin(EntryAdmin):
    """Who takes part in heritage work."""

    fieldsets = (NAMES, (_("Key facts"), {"fields": ("organisation_type", "country", "website")}))
    list_display = ("code", "title", "organisation_type", "country", "shown_state", "sources", "updated")
    list_filter = ("state", "organisation_type", MissingFilter)
