"""Digital resources in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Resource

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter, RegionFilter


@admin.register(Resource)
class ResourceAdmin(EntryAdmin):
    """Films, images, models, datasets and broadcasts."""

    fieldsets = (
        NAMES,
        (_("Kind and availability"), {"fields": (("kind", "status"), "url", "shown_at", "languages")}),
        (_("Rights"), {"fields": (("rights", "rights_holder"), "creator", "alternative_text")}),
        (_("Belongs to"), {"fields": ("initiative", "project", "site", "regions")}),
        DATES,
    )
    autocomplete_fields = ("creator", "initiative", "project", "site", "regions")
    list_display = ("code", "title", "kind", "status", "shown_state", "sources", "updated")
    list_filter = ("state", "kind", "status", "rights", RegionFilter, MissingFilter)
