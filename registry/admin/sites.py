"""Sites in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry import ledger, versions
from registry.models import Designation, Identifier, Site
from registry.places import is_finer

from .base import NAMES, TRANSLATIONS, EntryAdmin
from .filters import MissingFilter, OneRegionFilter
from .forms import EntryForm
from .private.exact_place_forms import NewSiteForm
from .private.exact_places import ExactPlaces, published
from .rows import CitationInline, rows

_EXACT = ("exact_longitude", "exact_latitude"), "exact_as_it_is"
_PLACE = ("region", "region_as_reported"), "precision_chosen"
_NOT_FINER = _("To show a place more exactly needs the right to see exact places.")


class SiteForm(EntryForm):
    """A site: its exact place is on a page of its own."""

    may_see = False  # set on the class that is made for one request

    def clean_precision_chosen(self) -> str:
        """Who may not see the exact place cannot have it shown, either."""
        chosen = self.cleaned_data["precision_chosen"]
        if not self.may_see and "precision_chosen" in self.changed_data and is_finer(chosen, self.instance.precision):
            raise forms.ValidationError(_NOT_FINER)
        return chosen


@admin.register(Site)
class SiteAdmin(ExactPlaces, EntryAdmin):
    """What is protected."""

    autocomplete_fields = ("region",)
    inlines = (rows(Designation), rows(Identifier), CitationInline)
    list_display = ("code", "title", "region", "precision", "shown_state", "sources", "updated")
    list_filter = ("state", "precision", OneRegionFilter, MissingFilter)
    list_with = ("region",)

    def get_fieldsets(self, request: HttpRequest, obj: Site | None = None) -> tuple:
        """The exact place is asked for once, with a new site; later it has a page of its own."""
        exact = _EXACT if obj is None and _may_enter(request) else ()
        shown = ("published_point",) if obj else ()
        place = (_("Place"), {"fields": (_PLACE[0], *exact, _PLACE[1], *shown)})
        return (NAMES, (_("Heritage"), {"fields": ("heritage_types",)}), place, TRANSLATIONS)

    def get_readonly_fields(self, request: HttpRequest, obj: Site | None = None) -> tuple[str, ...]:
        return ("published_point",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Site | None = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = NewSiteForm if obj is None and _may_enter(request) else SiteForm
        form = super().get_form(request, obj, change, **kwargs)
        form.may_see = obj is None or self.rights(request, obj).see
        return form

    @admin.display(description=_("published point"))
    def published_point(self, site: Site) -> str:
        return published(site)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: list[BaseFormSet], change: bool
    ) -> None:
        place = form.exact_place() if isinstance(form, NewSiteForm) else None
        if place is None:
            super().save_related(request, form, formsets, change)
            return
        reason = form.cleaned_data.get("reason", "").strip() or _("No reason given")
        try:
            with ledger.batch(by=request.user, reason=reason) as request.open_batch:
                request.open_batch.place(form.instance, place)
                super().save_related(request, form, formsets, change)
        finally:
            request.open_batch = None

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        site = kwargs.get("obj")
        if site:
            rights = self.rights(request, site)
            if rights.see or rights.enter:
                context["exact_place_url"] = reverse("admin:registry_site_exact_place", args=[site.pk])
        return super().render_change_form(request, context, **kwargs)

    def against_putting(self, request: HttpRequest, entry: Site, name: str, value: Any) -> str:
        finer = name == "precision_chosen" and is_finer(value, entry.precision)
        return str(_NOT_FINER) if finer and not self.rights(request, entry).see else ""

    def _store(self, request: HttpRequest, entry: Site, kept: versions.Snapshot, expected: int, reason: str) -> None:
        if is_finer(kept.get("precision_chosen", ""), entry.precision) and not self.rights(request, entry).see:
            raise ledger.Refused(_NOT_FINER)
        super()._store(request, entry, kept, expected, reason)


def _may_enter(request: HttpRequest) -> bool:
    return request.user.has_perm("registry.add_exactplace")
