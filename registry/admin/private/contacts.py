"""Contacts in the admin: who stands behind which record, whom to call first, and until when that is kept."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry import scope
from registry.admin.inputs import Inputs, described
from registry.admin.naming import model_of, titles
from registry.admin.rows import RowFormSet, RowsOfRecord
from registry.models import Contact, ContactDuty

from .personal import PersonalAdmin

SOON = timedelta(days=60)
_USUAL = timedelta(days=365)


class RecordWidget(AutocompleteMixin, forms.Select):
    """One record of any noun, found by title or code; `titles_of` names those that the editor sees."""

    titles_of: Callable[[Iterable[str]], dict[str, str]]

    def get_url(self) -> str:
        return reverse("admin:records", current_app=self.admin_site.name)

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list[tuple]:
        code = next((text for text in value if text), "")
        options = [self.create_option(name, "", "", False, 0)]
        if code:
            known = self.titles_of([code])
            label = f"{known[code]} · {code}" if code in known else code
            options.append(self.create_option(name, code, label, True, 1))
        return [(None, options, 0)]


class RecordField(forms.CharField):
    """The code of a record that there is for the editor."""

    widget: RecordWidget

    def clean(self, value: str | None) -> str:
        code = super().clean(value)
        if code and code not in self.widget.titles_of([code]):
            raise ValidationError(_("There is no record %(code)s."), params={"code": code[:20]})
        return code


class DutyInline(RowsOfRecord, Inputs, admin.TabularInline):
    """The records that the contact stands behind; for a protocol what they are called for, and in which order."""

    model = ContactDuty
    formset = RowFormSet
    fields = ("code", "duty", "position")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "code":
            widget = RecordWidget(db_field, self.admin_site)
            widget.titles_of = lambda codes: titles(scope.seen(request.user, codes))
            return RecordField(widget=widget, **described(db_field))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        return request.user.has_perm("registry.view_contact")

    def has_add_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        return not (obj and obj.erased_at)

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission


class KeptFilter(admin.SimpleListFilter):
    """Until when contacts are kept."""

    title = _("kept until")
    parameter_name = "kept"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("soon", _("Expires within 60 days")), ("expired", _("Expired")), ("erased", _("Erased"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        kept = queryset.filter(erased_at=None)
        match self.value():
            case "soon":
                return kept.filter(expires_on__range=(today, today + SOON))
            case "expired":
                return kept.filter(expires_on__lt=today)
            case "erased":
                return queryset.exclude(erased_at=None)
        return queryset


@admin.register(Contact)
class ContactAdmin(PersonalAdmin):
    """The people behind records; never public."""

    code_path = "duties__code"
    fieldsets = (
        (None, {"fields": ("name", ("position", "organisation"))}),
        (_("How to reach them"), {"fields": (("email", "telephone"),)}),
        (_("Consent, and until when this is kept"), {"fields": (("consent", "consent_on"), ("as_of", "expires_on"))}),
        (_("Note"), {"fields": ("note",)}),
    )
    inlines = (DutyInline,)
    list_display = ("who", "position", "organisation", "stands_behind", "consent", "kept_until")
    list_display_links = ("who",)
    list_filter = (KeptFilter, "consent")
    search_fields = ("name", "position", "organisation", "email", "duties__code")
    search_help_text = _("A name, a position, an organisation, an e-mail address, or the code of a record.")
    ordering = ("erased_at", "expires_on", "pk")
    sortable_by = ("who", "kept_until")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("duties")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"expires_on": timezone.localdate() + _USUAL}

    def get_formset_kwargs(self, request: HttpRequest, obj: Contact, inline: Any, prefix: str) -> dict[str, Any]:
        """A new contact stands behind the record that the link came from."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        code = request.GET.get("record", "")
        if request.method == "GET" and obj._state.adding and model_of(code):
            kwargs["initial"] = [{"code": code[:16]}]
        return kwargs

    @admin.display(description=_("name"), ordering="name")
    def who(self, contact: Contact) -> str:
        return contact.name or str(contact)

    @admin.display(description=_("stands behind"))
    def stands_behind(self, contact: Contact) -> str:
        return ", ".join(dict.fromkeys(duty.code for duty in contact.duties.all()))

    @admin.display(description=_("kept until"), ordering="expires_on")
    def kept_until(self, contact: Contact) -> str:
        if contact.erased_at:
            return format_html('<span class="quiet">{} {}</span>', _("Erased"), f"{contact.erased_at:%Y-%m-%d}")
        today = timezone.localdate()
        if contact.expires_on < today:
            return format_html('<span class="missing">{} {}</span>', contact.expires_on, _("(expired)"))
        soon = contact.expires_on <= today + SOON
        return format_html('<span class="missing">{}</span>', contact.expires_on) if soon else str(contact.expires_on)
