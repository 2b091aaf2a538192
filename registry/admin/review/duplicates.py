"""Records that a proposed new one may be already."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse

from registry.admin.naming import with_code
from registry.models import Proposal
from registry.review.subjects import model_of


def alike(site: AdminSite, request: HttpRequest, proposal: Proposal) -> list[tuple[str, str]]:
    """Label and address of a few records, as somebody who types the title in a form is told them."""
    model = model_of(proposal)
    noun = site.get_model_admin(model)
    if not noun.has_view_permission(request):
        return []
    given = proposal.proposed
    found = noun.alike(request, proposal.title, [*given.get("regions", []), given.get("region", "")])
    name = f"admin:registry_{model._meta.model_name}_change"
    return [(with_code(entry), reverse(name, args=[entry.pk])) for entry in found]
