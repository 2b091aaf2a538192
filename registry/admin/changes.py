"""The ledger in the admin: to be read and, batch by batch, taken back; never edited."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry import scope
from registry.models import Change

from .history import shown, subjects
from .lookups import StrictLookups
from .naming import MODELS


class NounFilter(admin.SimpleListFilter):
    """Changes of one noun."""

    title = _("noun")
    parameter_name = "noun"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(name, model._meta.verbose_name_plural.capitalize()) for name, model in MODELS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(entry_type=self.value()) if self.value() else queryset


class MineFilter(admin.SimpleListFilter):
    """My own changes."""

    title = _("editor")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("me", _("My own changes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(by=request.user) if self.value() == "me" else queryset


@admin.register(Change)
class ChangeAdmin(StrictLookups, admin.ModelAdmin):
    """Who changed what, when and why."""

    list_display = ("number", "at", "by", "action", "record", "reason")
    list_display_links = ("number",)
    list_filter = ("action", NounFilter, MineFilter)
    list_select_related = ("by",)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("entry_code",)
    search_help_text = _("The code of a record, such as PRJ-0001.")
    sortable_by = ("number",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """As far as this person sees the records."""
        return scope.visible_changes(request.user).order_by("-number")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        return (queryset.filter(entry_code=term.strip().upper()[:16]) if term.strip() else queryset), False

    @admin.display(description=_("record"))
    def record(self, change: Change) -> str:
        return format_html('{} <span class="quiet">{}</span>', change.entry_title, change.entry_code)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One change in words, and what else was changed with it."""
        change = self.get_object(request, object_id)
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        model = MODELS.get(change.entry_type)
        owner = self.admin_site.get_model_admin(model) if model else None
        entry = subjects([change]).get(change.entry_code)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change %(number)d") % {"number": change.number},
            "opts": self.opts,
            "change": change,
            "differences": shown([change])[0],
            "entry": entry,
            "entry_opts": model._meta if model else None,
            "may_undo": bool(owner) and owner.may_undo(request, change, entry),
            "together": Change.objects.filter(batch=change.batch).exclude(pk=change.pk)[:50],
        }
        return TemplateResponse(request, "admin/change.html", context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        return self.change_view(request, object_id)
