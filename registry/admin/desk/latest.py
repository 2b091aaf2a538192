"""What others did lately to the records that this person looks after."""

from django.http import HttpRequest

from registry import scope
from registry.admin.batches import address
from registry.models import Change

from .mine import SHOWN

_LOOKED_AT = 100


def latest(request: HttpRequest) -> list[tuple[Change, str]]:
    """The newest, each with the address of its record."""
    seen = scope.visible_changes(request.user).exclude(by=request.user).select_related("by").order_by("-number")
    found = list(seen.defer("before", "after")[:_LOOKED_AT])
    mine = scope.looked_after(request.user, {change.entry_code for change in found})
    return [(change, address(change)) for change in found if change.entry_code in mine][:SHOWN]
