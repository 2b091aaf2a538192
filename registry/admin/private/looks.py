"""Who saw what is private, and what of it was changed: to be read, without a word of what it says."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.lookups import StrictLookups
from registry.models import Look, PrivateChange


class ReadOnly(StrictLookups):
    """A list that nobody adds to, changes or shortens here."""

    list_display_links = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ("by",)
    search_fields = ("key",)
    search_help_text = _("The code of a record, such as SIT-0001.")
    sortable_by = ("at",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Look | PrivateChange | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Look | PrivateChange | None = None) -> bool:
        return False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        return (queryset.filter(key=term.strip().upper()[:20]) if term.strip() else queryset), False


@admin.register(Look)
class LookAdmin(ReadOnly, admin.ModelAdmin):
    """Who looked at what, and when."""

    list_display = ("at", "by", "what", "key")
    list_filter = ("what",)
    fields = ("at", "by", "what", "key")


@admin.register(PrivateChange)
class PrivateChangeAdmin(ReadOnly, admin.ModelAdmin):
    """Which fields of something private were changed, by whom and why; never what they hold."""

    list_display = ("at", "by", "what", "key", "named", "reason", "erased")
    list_filter = ("what", "erased")
    fields = ("at", "by", "what", "key", "named", "reason", "erased")

    @admin.display(description=_("fields"))
    def named(self, change: PrivateChange) -> str:
        names = sorted({*change.before, *change.after} - {"code"})
        return ", ".join(name.replace("_", " ") for name in names)
