"""Records that a proposed new one may be already: titles that share its words."""

from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from registry import scope, search
from registry.admin.naming import with_code
from registry.models import Proposal
from registry.review.subjects import model_of

_SHOWN = 5
_SHORT = 4


def alike(site: AdminSite, request: HttpRequest, proposal: Proposal) -> list[tuple[str, str]]:
    """Label and address of a few records: those that hold all words of the title, else its two longest."""
    model = model_of(proposal)
    if not site.get_model_admin(model).has_view_permission(request):
        return []
    records = scope.visible(request.user, model.objects.order_by("title_folded"))
    words = sorted((word for word in proposal.title.split() if len(word) >= _SHORT), key=len, reverse=True)
    for term in (proposal.title, " ".join(words[:2])):
        try:
            found = list(search.find(records, term)[:_SHOWN]) if term.strip() else []
        except ValidationError:
            found = []
        if found:
            name = f"admin:registry_{model._meta.model_name}_change"
            return [(with_code(entry), reverse(name, args=[entry.pk])) for entry in found]
    return []
