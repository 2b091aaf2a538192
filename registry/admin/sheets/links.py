"""Where the imports are found: their addresses and their place in the sidebar."""

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from .downloads import problems_view, refused_view
from .listing import list_view
from .page import page_view
from .progress import progress_view


def urls(site: AdminSite) -> list[URLPattern]:
    """All imports, one of them, how far it is, and what can be taken home from its check."""
    return [
        path("imports/", site.admin_view(partial(list_view, site)), name="imports"),
        path("imports/<int:number>/", site.admin_view(partial(page_view, site)), name="import"),
        path("imports/<int:number>/progress/", site.admin_view(partial(progress_view, site)), name="import_progress"),
        path(
            "imports/<int:number>/problems.<str:form>",
            site.admin_view(partial(problems_view, site)),
            name="import_problems",
        ),
        path(
            "imports/<int:number>/refused.<str:form>",
            site.admin_view(partial(refused_view, site)),
            name="import_refused",
        ),
    ]


def in_sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """For those who bring sheets in or look after what others have brought."""
    if not (request.user.has_perm("registry.add_import") or request.user.has_perm("registry.view_import")):
        return []
    return [{"name": _("Imports"), "object_name": "Import", "admin_url": reverse("admin:imports"), "add_url": None}]
