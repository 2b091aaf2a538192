"""A draft on its public page, as nobody else sees it: what the form holds, or what is stored."""

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm, all_valid
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from registry import ledger
from registry.admin.saving import related_of
from registry.models import Entry
from registry.versions import Related

from .checklist import Mistake, mistakes


class Previews:
    """For the admin of a noun."""

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [
            path("add/preview/", view, name=f"{name}_new"),
            path("<path:object_id>/preview/", view, name=name),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """The public page of what was posted, in the language asked for; of the stored record where nothing was."""
        entry = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and entry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self._may_preview(request, entry):
            raise PermissionDenied
        related: Related = {}
        if request.method == "POST":
            form, formsets = self._posted(request, entry)
            if not all([form.is_valid(), all_valid(formsets)]):
                return self._not_shown(request, entry, mistakes(self.model, form, formsets))
            change = entry is not None
            entry, related = self.save_form(request, form, change), related_of(form, formsets)
        elif entry is None:
            return self._not_shown(request, None, [Mistake("", _("Open the form and press Preview there."))])
        try:
            with ledger.as_if_published(entry, related, place_known=self.may_see_point(request, entry)):
                return self._public_page(request, entry)
        except ValidationError as error:
            return self._not_shown(request, entry, [Mistake("", words) for words in error.messages])
        except ledger.Refused as refusal:
            return self._not_shown(request, entry, [Mistake("", str(refusal))])

    def may_see_point(self, request: HttpRequest, entry: Entry) -> bool:
        """Whether a preview may show the point of the record."""
        return True

    def _may_preview(self, request: HttpRequest, entry: Entry | None) -> bool:
        if request.method == "POST" and entry is None:
            return self.has_add_permission(request)
        if request.method == "POST":
            return self.has_change_permission(request, entry)
        return self.has_view_or_change_permission(request, entry)

    def _posted(self, request: HttpRequest, entry: Entry | None) -> tuple[ModelForm, list[BaseFormSet]]:
        """The form and its rows as they were typed; nothing of it is stored."""
        form = self.get_form(request, entry, change=entry is not None)(request.POST, request.FILES, instance=entry)
        formsets, _inlines = self._create_formsets(request, form.instance, change=entry is not None)
        return form, formsets

    def _public_page(self, request: HttpRequest, entry: Entry) -> HttpResponse:
        """What the public view answers to somebody who is not signed in."""
        asked = request.GET.get("language", "")
        language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
        with translation.override(language):
            public = _as_public(request, entry.get_absolute_url())
            public.preview_languages = _languages(request)
            at = public.resolver_match
            response = at.func(public, *at.args, **at.kwargs)
            if hasattr(response, "render"):
                response.render()
        response["Cache-Control"] = "no-store, private"
        for name in ("ETag", "Last-Modified"):
            response.headers.pop(name, None)
        response["X-Robots-Tag"] = "noindex"
        return response

    def _not_shown(self, request: HttpRequest, entry: Entry | None, problems: list[Mistake]) -> HttpResponse:
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Nothing to show yet"),
            "opts": self.opts,
            "original": entry if entry and not entry._state.adding else None,
            "problems": problems,
        }
        return TemplateResponse(request, "admin/publishing/not_shown.html", context, status=400)


def _languages(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Code, name and address of the same preview in each language; of what was posted the form has the buttons."""
    if request.method == "POST":
        return []
    return [(code, name, f"{request.path}?language={code}") for code, name in settings.LANGUAGES]


def _as_public(request: HttpRequest, address: str) -> HttpRequest:
    """The same visitor, reading the address without being signed in."""
    public = copy(request)
    public.method, public.path, public.path_info = "GET", address, address
    public.GET = QueryDict()
    public.POST = QueryDict()
    public.META = {name: value for name, value in request.META.items() if not name.startswith("HTTP_IF_")}
    public.META |= {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": ""}
    public.user = AnonymousUser()
    public.resolver_match = resolve(address)
    public.is_preview = True
    return public
