"""Digital resources in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import files, ledger
from registry.models import Entry, LinkCheck, Resource
from registry.versions import Snapshot

from . import uploads
from .base import DATES, NAMES, TRANSLATIONS, EntryAdmin
from .filters import MissingFilter, RegionFilter


@admin.register(Resource)
class ResourceAdmin(EntryAdmin):
    """Films, images, models, datasets and broadcasts."""

    form = uploads.ResourceForm
    change_form_template = "admin/resource_form.html"
    autocomplete_fields = ("creator", "initiative", "project", "site", "regions")
    list_display = ("code", "title", "kind", "status", "shown_state", "sources", "updated")
    list_filter = ("state", "kind", "status", "rights", RegionFilter, MissingFilter)

    def get_fieldsets(self, request: HttpRequest, obj: Resource | None = None) -> tuple:
        """A file can be taken away where there is one."""
        held = ("upload", "remove_file") if obj and obj.file_sha256 else ("upload",)
        return (
            NAMES,
            (gettext_lazy("Kind and availability"), {"fields": (("kind", "status"), "url", "shown_at", "languages")}),
            (gettext_lazy("File"), {"fields": (*held, "alternative_text")}),
            (gettext_lazy("Rights"), {"fields": (("rights", "rights_holder"), "creator")}),
            (gettext_lazy("Belongs to"), {"fields": ("initiative", "project", "site", "regions")}),
            DATES,
            TRANSLATIONS,
        )

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<path:object_id>/file/", view, name="registry_resource_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The file, of a draft too, for those who may see the record; for others there is none."""
        resource = self.get_object(request, object_id)
        if not (resource and resource.file_sha256 and self.has_view_permission(request, resource)):
            raise Http404
        return files.answer(request, resource.file_sha256, resource.file_type, resource.file_name)

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        resource = kwargs.get("obj")
        if resource and resource.file_sha256:
            context["file_url"] = reverse("admin:registry_resource_file", args=[resource.pk])
        if resource and resource.url:
            context["link"] = LinkCheck.objects.filter(code=resource.pk, url=resource.url).first()
        return super().render_change_form(request, context, **kwargs)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list, change: bool) -> None:
        """The file is on the disk before the record names it: a record never names one that is not there."""
        uploads.take(form.instance, form.cleaned_data)
        super().save_related(request, form, formsets, change)
        if form.instance.is_image and not form.instance.alternative_text:
            messages.warning(
                request,
                _("%(code)s shows an image that is not described. Say in the alternative text what can be seen.")
                % {"code": form.instance.pk},
            )

    def _store(self, request: HttpRequest, entry: Entry, kept: Snapshot, expected: int, reason: str) -> None:
        """After a conflict: a file goes together with all that is known of it."""
        differing = set(uploads.FILE_FIELDS) & set(self._carried(request, entry)["mine"])
        if differing & set(kept) not in (set(), differing):
            raise ledger.Refused(
                _("The file and what is known of it belong together: choose the same side for all of them.")
            )
        super()._store(request, entry, kept, expected, reason)
