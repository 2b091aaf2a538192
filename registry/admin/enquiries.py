"""Enquiries in the admin: read what visitors wrote, say what became of it, and pass it on."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.models import Enquiry

from .naming import model_of, titles
from .passing_on import PassingOn
from .personal import PersonalAdmin


@admin.register(Enquiry)
class EnquiryAdmin(PassingOn, PersonalAdmin):
    """What visitors wrote about records; never public."""

    code_path = "code"
    fieldsets = (
        (_("What was written"), {"fields": ("kind", "about", "received_at", "name", "email", "text")}),
        (_("What became of it"), {"fields": ("state", "note")}),
    )
    readonly_fields = ("kind", "about", "received_at", "name", "email", "text")
    list_display = ("received_at", "kind", "code", "name", "state")
    list_display_links = ("received_at",)
    list_filter = ("state", "kind")
    search_fields = ("code", "name", "email")
    search_help_text = _("The code of a record, a name or an e-mail address.")
    sortable_by = ("received_at",)
    ordering = ("-received_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Visitors write them."""
        return False

    @admin.display(description=_("record"))
    def about(self, enquiry: Enquiry) -> str:
        model, known = model_of(enquiry.code), titles([enquiry.code])
        if enquiry.code not in known:
            return enquiry.code
        url = reverse(f"admin:registry_{model._meta.model_name}_change", args=[enquiry.code])
        return format_html('<a href="{}">{}</a> <span class="quiet">{}</span>', url, known[enquiry.code], enquiry.code)
