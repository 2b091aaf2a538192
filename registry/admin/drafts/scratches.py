"""The form of an entry keeps what is typed every few seconds, and offers it again after a crash or a lost session."""

import copy
from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from registry.admin.differences import Difference
from registry.models import Entry

from . import keeping
from .restoring import differing, realigned

_FORM = "application/x-www-form-urlencoded"


class Scratches:
    """One scratch draft an editor and record."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(csrf_protect(self.scratch_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_scratch"
        return [
            path("scratch/", view, name=f"{name}_new"),
            path("<path:object_id>/scratch/", view, name=name),
            *super().get_urls(),
        ]

    def may_type(self, request: HttpRequest, entry: Entry | None) -> bool:
        """Whether this person may use the form at all."""
        return self.has_change_permission(request, entry) if entry else self.has_add_permission(request)

    def scratch_view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """GET: who is signed in, and a token for forms. POST: keep what was typed, or throw it away."""
        entry = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and entry is None:
            raise Http404
        if not self.may_type(request, entry):
            raise PermissionDenied
        code = entry.pk if entry else ""
        if request.method != "POST":
            return JsonResponse({"user": request.user.pk, "token": get_token(request)})
        if request.content_type != _FORM or len(request.body) > keeping.MOST:
            problem = _("Not saved: there is too much in the form to keep it before you save.")
            return JsonResponse({"problem": problem}, status=413)
        if "_drop" in request.POST:
            keeping.forget(request.user, self.model, code)
            return HttpResponseRedirect(self._form_url(code))
        form = self.get_form(request, entry, change=bool(entry), fields=self._form_fields(request, entry))
        prefixes = [rows.get_default_prefix() for rows, _inline in self.get_formsets_with_inlines(request, entry)]
        typed = keeping.narrowed(request.POST, keeping.kept_names(form), prefixes)
        scratch = keeping.keep(request.user, self.model, code, typed)
        return JsonResponse({"saved_at": scratch.saved_at.isoformat(), "token": get_token(request)})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kw: Any
    ) -> HttpResponse:
        """With `?restore=1` the form is filled with what was typed; nothing is stored by that."""
        wanted = request.method == "GET" and "restore" in request.GET
        if wanted and (scratch := keeping.find(request.user, self.model, unquote(object_id or ""))):
            request.typed, request.restoring = keeping.as_sent(scratch), True
        return super().changeform_view(request, object_id, *args, **kw)

    def get_form(self, request: HttpRequest, obj: Entry | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return _filled(form, request.typed) if getattr(request, "restoring", False) else form

    def get_formset_kwargs(self, request: HttpRequest, obj: Entry, inline: Any, prefix: str) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        typed = getattr(request, "typed", {})
        return given | {"data": typed} if f"{prefix}-TOTAL_FORMS" in typed else given

    def _create_formsets(self, request: HttpRequest, obj: Entry, change: bool) -> tuple[list, list]:
        formsets, inlines = super()._create_formsets(request, obj, change)
        for rows in formsets if hasattr(request, "typed") else ():
            if rows.is_bound:
                rows.data = realigned(rows.data, rows.prefix, rows.get_queryset())
        if getattr(request, "restoring", False):
            _say_nothing(formsets)
        return formsets, inlines

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        entry = kwargs.get("obj")
        if self.may_type(request, entry) and not context.get("is_popup"):
            context["autosave"] = self._autosave(request, entry, context)
        return super().render_change_form(request, context, **kwargs)

    def _autosave(self, request: HttpRequest, entry: Entry | None, context: dict) -> dict[str, Any]:
        """What the template and its script need."""
        code, form = entry.pk if entry else "", type(context["adminform"].form)
        came_back = request.method == "POST"
        scratch = None if came_back else keeping.find(request.user, self.model, code)
        return {
            "url": self._url(f"scratch{'' if code else '_new'}", *([code] if code else [])),
            "form_url": self._form_url(code),
            "left_out": " ".join(sorted(set(form.base_fields) - keeping.kept_names(form))),
            "state": "returned" if came_back else "restored" if hasattr(request, "typed") else "",
            "scratch": scratch,
            "older": bool(scratch and entry and scratch.version != entry.version),
            "differences": self._compared(request, entry, keeping.as_sent(scratch)) if scratch else [],
        }

    def _compared(self, request: HttpRequest, entry: Entry | None, typed: QueryDict) -> list[Difference]:
        """In which fields what was typed differs from the record as it is stored."""
        stored = entry or self.model()
        request.typed, restoring = typed, getattr(request, "restoring", False)
        request.restoring = False
        form = self.get_form(request, entry, change=bool(entry), fields=self._form_fields(request, entry))
        filled = form(typed, instance=copy.copy(stored))
        formsets, _inlines = self._create_formsets(request, filled.instance, change=bool(entry))
        request.restoring = restoring
        return differing(stored, filled, formsets, typed)

    def response_add(self, request: HttpRequest, obj: Entry, *args: Any, **kwargs: Any) -> HttpResponse:
        keeping.forget(request.user, self.model, "")
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        keeping.forget(request.user, self.model, obj.pk)
        return super().response_change(request, obj)

    def resolve_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A settled conflict is a save as well."""
        answer = super().resolve_view(request, object_id)
        if isinstance(answer, HttpResponseRedirect):
            keeping.forget(request.user, self.model, object_id)
        return answer

    def _form_fields(self: ModelAdmin, request: HttpRequest, entry: Entry | None) -> list[str]:
        return flatten_fieldsets(self.get_fieldsets(request, entry))

    def _form_url(self, code: str) -> str:
        return self._url("change", code) if code else self._url("add")

    def _url(self, name: str, *args: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)


def _filled(form: type[BaseForm], typed: QueryDict) -> type[BaseForm]:
    """The form with what was typed in it; mistakes are named when it is saved."""

    class Filled(form):
        def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
            super().__init__(typed, *args, **kwargs)
            self._errors, self.cleaned_data = ErrorDict(), {}

    return Filled


def _say_nothing(formsets: Iterable[BaseFormSet]) -> None:
    for rows in formsets:
        if rows.is_bound:
            rows._errors, rows._non_form_errors = [], rows.error_class()
            for form in rows.forms:
                form._errors, form.cleaned_data = ErrorDict(), {}
