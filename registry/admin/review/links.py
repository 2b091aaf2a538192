"""Where the review is found: its addresses and its places in the sidebar."""

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from .mine import mine_view
from .page import page_view
from .passing_on import erase_view
from .queue import queue_view


def urls(site: AdminSite) -> list[URLPattern]:
    """The queue, one proposal by its number, and my own."""
    return [
        path("review/", site.admin_view(partial(queue_view, site)), name="review"),
        path("review/mine/", site.admin_view(partial(mine_view, site)), name="my_proposals"),
        path("review/<int:number>/", site.admin_view(partial(page_view, site)), name="review_proposal"),
        path("review/<int:number>/erase/", site.admin_view(partial(erase_view, site)), name="review_erase"),
    ]


def in_sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """For those who may read proposals the queue; for those who may write them their own."""
    pages = (
        ("view_proposal", _("Review queue"), "ReviewQueue", "admin:review"),
        ("add_proposal", _("My proposals"), "MyProposals", "admin:my_proposals"),
    )
    return [
        {"name": name, "object_name": key, "admin_url": reverse(url), "add_url": None}
        for right, name, key, url in pages
        if request.user.has_perm(f"registry.{right}")
    ]
