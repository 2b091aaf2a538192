"""The editors' desk: what is mine first, then what waits for a decision, then the gaps in the data and the news."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from registry.models import ENTRIES

from .lacking import gaps
from .latest import latest
from .mine import mine
from .waiting import waiting

__all__ = ["contents"]


def contents(site: AdminSite, request: HttpRequest) -> dict[str, Any]:
    """What the desk shows to this person, in a number of questions that does not grow with the register."""
    models = [model for model in ENTRIES if site.get_model_admin(model).has_view_permission(request)]
    return {
        **mine(site, request, models),
        "reviews": waiting(site, request, models),
        "gaps": gaps(site, request, models),
        "latest": latest(request),
    }
