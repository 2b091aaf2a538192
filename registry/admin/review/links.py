"""Where the review is found: its addresses and its places in the sidebar."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from .mine import mine_view
from .page import page_view
from .passing_on import erase_view
from .queue import queue_view


def urls(site: AdminSite) -> list[URLPattern]:
    """The queue, one proposal by its number, and my own."""

    def view(function: Any) -> Any:
        def answer(request: HttpRequest, **given: Any) -> HttpResponse:
            return function(site, request, **given)

        return site.admin_view(answer)

    return [
        path("review/", view(queue_view), name="review"),
        path("review/mine/", view(mine_view), name="my_proposals"),
        path("review/<int:number>/", view(page_view), name="review_proposal"),
        path("review/<int:number>/erase/", view(erase_view), name="review_erase"),
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
