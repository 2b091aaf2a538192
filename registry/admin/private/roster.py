"""Who stands behind a record, told on its own page and on duty to those who may know it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from registry import ledger
from registry.models import ContactDuty
from registry.scope import looked_after


def behind(request: HttpRequest, code: str) -> dict[str, Any]:
    """How many stand behind a record, and where to see them; nothing for those who may not know."""
    if not _may_know(request, code):
        return {}
    found = ContactDuty.objects.filter(code=code).order_by().values("contact").distinct().count()
    listing = reverse("admin:registry_contact_changelist")
    may_add = request.user.has_perm("registry.add_contact")
    add = f"{reverse('admin:registry_contact_add')}?record={code}" if may_add else ""
    return {"contacts_behind": found, "contacts_url": f"{listing}?q={code}", "contact_add_url": add}


def whom_to_call(request: HttpRequest, code: str) -> list[ContactDuty] | None:
    """Whom to call, the first first; None for those who may not see it. The look is kept."""
    if not _may_know(request, code):
        return None
    return [duty for duty in ledger.contacts_of(code, by=request.user) if not duty.contact.erased_at]


def _may_know(request: HttpRequest, code: str) -> bool:
    """Who may see contacts, of the records in the regions they look after."""
    return request.user.has_perm("registry.view_contact") and bool(looked_after(request.user, [code]))
