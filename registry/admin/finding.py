"""Finding records while typing: for the fields that point to one noun, and for those that point to any."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse

from registry import scope, search
from registry.models import ENTRIES, Entry

from .naming import with_code

_SHOWN = 20


class Autocomplete(AutocompleteJsonView):
    """One noun, by title; an unusable query finds nothing."""

    paginate_by = _SHOWN

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            search.tsquery(request.GET.get("term", ""))
        except ValidationError:
            return _found([])
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        queryset = super().get_queryset()
        return queryset.order_by("title_folded", "pk") if issubclass(queryset.model, Entry) else queryset

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        shown = super().serialize_result(obj, to_field_name)
        return shown | {"text": with_code(obj)} if isinstance(obj, Entry) else shown


def any_noun(site: AdminSite, request: HttpRequest) -> JsonResponse:
    """Records of every noun that this person may see, the first few of each."""
    found: list[Entry] = []
    term = request.GET.get("term", "")
    for model in ENTRIES:
        if site.get_model_admin(model).has_view_permission(request):
            try:
                mine = scope.visible(request.user, model.objects.order_by("title_folded"))
                found.extend(search.find(mine, term)[:_SHOWN])
            except ValidationError:
                return _found([])
    return _found(sorted(found, key=lambda entry: (entry.title_folded, entry.pk))[:_SHOWN])


def _found(entries: list[Entry]) -> JsonResponse:
    results = [{"id": entry.pk, "text": with_code(entry)} for entry in entries]
    return JsonResponse({"results": results, "pagination": {"more": False}})
