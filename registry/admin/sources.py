"""Sources in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.models import Source

from .base import DATES, NAMES, EntryAdmin
from .filters import MissingFilter


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    """The documents that facts are taken from; they cite nothing themselves."""

    fieldsets = (
        NAMES,
        (_("Key facts"), {"fields": ("kind", "publisher", "language")}),
        DATES,
        (_("Where it is"), {"fields": (("url", "retrieved_on"), "archived_sha256")}),
        (_("Before relying on it"), {"fields": ("reliability_note",)}),
    )
    list_display = ("code", "title", "kind", "publisher", "language", "dates", "shown_state", "updated")
    list_filter = ("state", "kind", MissingFilter)
