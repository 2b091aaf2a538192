"""The ledger in the admin: a feed to be read, narrowed and, save by save, taken back; never edited."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from registry import scope
from registry.models import Change

from .batches import rows_of
from .change_filters import BatchFilter, DaysFilter, EditorFilter, NounFilter
from .history import shown, sizes, subjects
from .lookups import StrictLookups, TitledList
from .naming import MODELS
from .saved_filters import SavedFilters

# Counting stops here; who looks for something older narrows the feed.
MOST = 10_000


class BoundedPaginator(Paginator):
    """Counts no further than the feed can be paged through."""

    @cached_property
    def count(self) -> int:
        """How many there are, or MOST."""
        return self.object_list.order_by()[:MOST].count()


class Feed(TitledList):
    """Its rows in words."""

    def get_results(self, request: HttpRequest) -> None:
        """Look up for the whole page what the rows say."""
        super().get_results(request)
        changes = list(self.result_list)
        size = sizes(changes)
        self.rows = [row | {"size": size[row["change"].batch]} for row in rows_of(changes)]
        self.counted_all = self.result_count < MOST


@admin.register(Change)
class ChangeAdmin(SavedFilters, StrictLookups, admin.ModelAdmin):
    """Who changed what, when and why."""

    change_list_template = "admin/changes.html"
    list_display = ("number",)
    list_filter = (EditorFilter, DaysFilter, "action", NounFilter, BatchFilter)
    list_select_related = ("by",)
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("entry_code",)
    search_help_text = _("The code of a record, such as PRJ-0001.")
    sortable_by = ()
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Feed]:
        return Feed

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """As far as this person sees the records."""
        return scope.visible_changes(request.user).order_by("-number")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        return (queryset.filter(entry_code=term.strip().upper()[:16]) if term.strip() else queryset), False

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
            "together": self.get_queryset(request).filter(batch=change.batch).exclude(pk=change.pk)[:50],
        }
        return TemplateResponse(request, "admin/change.html", context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        return self.change_view(request, object_id)
