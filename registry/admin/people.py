"""The people behind records and what was written to them, told on other pages to those who may know it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from registry import ledger
from registry.models import ContactDuty, Enquiry, EnquiryState


def behind(request: HttpRequest, code: str) -> dict[str, Any]:
    """How many stand behind a record, and where to see them; nothing for those who may not know."""
    if not request.user.has_perm("registry.view_contact"):
        return {}
    found = ContactDuty.objects.filter(code=code).order_by().values("contact").distinct().count()
    listing = reverse("admin:registry_contact_changelist")
    add = reverse("admin:registry_contact_add") if request.user.has_perm("registry.add_contact") else ""
    return {"contacts_behind": found, "contacts_url": f"{listing}?q={code}", "contact_add_url": f"{add}?record={code}"}


def roster(request: HttpRequest, code: str) -> list[ContactDuty] | None:
    """Whom to call, the first first; None for those who may not see it. The look is kept."""
    if not request.user.has_perm("registry.view_contact"):
        return None
    return [duty for duty in ledger.contacts_of(code, by=request.user) if not duty.contact.erased_at]


def waiting(request: HttpRequest) -> dict[str, object]:
    """For the desk: how many enquiries nobody has dealt with, and where they are."""
    if not request.user.has_perm("registry.view_enquiry"):
        return {}
    found = Enquiry.objects.filter(state__in=[EnquiryState.RECEIVED, EnquiryState.HELD])
    return {"enquiries_waiting": found.count(), "enquiries_url": reverse("admin:registry_enquiry_changelist")}
