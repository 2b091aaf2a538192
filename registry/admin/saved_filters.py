"""Views of a list that an editor comes back to: a name for its search, its filters and its order."""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from registry import ledger
from registry.models import SavedFilter


class SavedFilters:
    """For the ModelAdmin of a list: one's own views, and those that others lend to everybody."""

    def get_urls(self) -> list:
        save = self.admin_site.admin_view(csrf_protect(require_POST(self.save_filter_view)))
        change = self.admin_site.admin_view(csrf_protect(require_POST(self.change_filter_view)))
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("views/", save, name=f"{name}_save_filter"),
            path("views/<int:number>/", change, name=f"{name}_change_filter"),
            *super().get_urls(),
        ]

    def saved_filters(self, request: HttpRequest) -> QuerySet:
        """Those that this person is shown above the list, by name."""
        theirs = Q(by=request.user) | Q(shared=True)
        return SavedFilter.objects.filter(theirs, entry_type=self.opts.model_name).select_related("by")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        shown = {}
        if request.user.is_authenticated and "_popup" not in request.GET:
            now = self.own_query(request, request.GET)
            saved = [(found, f"?{found.query}", found.query == now) for found in self.saved_filters(request)]
            shown = {"saved_filters": saved, "query_to_save": now}
        return super().changelist_view(request, shown | (extra_context or {}))

    def own_query(self: ModelAdmin, request: HttpRequest, given: QueryDict) -> str:
        """Of a query, what this list answers to: its search, its order and its filters; never the page."""
        own = QueryDict(mutable=True)
        for name, values in sorted(given.lists()):
            filled = [value for value in values if value]
            if filled and (name in {SEARCH_VAR, ORDER_VAR} or self.lookup_allowed(name, filled[-1], request)):
                own.setlist(name, filled)
        return own.urlencode()

    def save_filter_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the view under a name; a name that is used already is given the new view."""
        self._check(request)
        name = " ".join(request.POST.get("name", "").split())
        mine = SavedFilter.objects.filter(by=request.user, entry_type=self.opts.model_name, name=name).first()
        saved = mine or SavedFilter(by=request.user, entry_type=self.opts.model_name, name=name)
        saved.query = self.own_query(request, QueryDict(request.POST.get("query", "")))
        saved.shared = "shared" in request.POST
        return self._put(request, saved)

    def change_filter_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Rename, lend or delete one's own."""
        self._check(request)
        saved = get_object_or_404(SavedFilter, pk=number, by=request.user, entry_type=self.opts.model_name)
        if "_delete" in request.POST:
            ledger.drop(saved)
            self.message_user(request, _("The view “%(name)s” was deleted.") % {"name": saved.name})
            return HttpResponseRedirect(self._list_url())
        saved.name, saved.shared = " ".join(request.POST.get("name", "").split()), "shared" in request.POST
        return self._put(request, saved)

    def _put(self, request: HttpRequest, saved: SavedFilter) -> HttpResponse:
        try:
            ledger.put(saved)
        except ValidationError as error:
            title, refusal = _("The view was not saved"), " ".join(error.messages)
            context = {**self.admin_site.each_context(request), "title": title, "refusal": refusal, "opts": self.opts}
            return TemplateResponse(request, "admin/refused.html", context, status=400)
        self.message_user(request, _("The view “%(name)s” is saved.") % {"name": saved.name})
        return HttpResponseRedirect(f"{self._list_url()}?{saved.query}")

    def _check(self: ModelAdmin, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
