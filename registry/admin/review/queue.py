"""The review queue: what is mine first, then by age."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import ENTRIES, OPEN, Origin, Proposal, ProposalKind, ProposalState, Region, RegionKind
from registry.review.queue import in_region, queued
from registry.review.rights import visible

_PER_PAGE = 50
_MOST_REGIONS = 200
# From whom, in words that name nobody.
_FROM = {
    Origin.PUBLIC: gettext_lazy("a visitor"),
    Origin.CONTRIBUTOR: gettext_lazy("a contributor"),
    Origin.PARTNER: gettext_lazy("a partner"),
}
NOUNS = {model._meta.model_name: capfirst(model._meta.verbose_name) for model in ENTRIES}


def queue_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Fifty on a page; every filter is part of the address."""
    if not request.user.has_perm("registry.view_proposal"):
        raise PermissionDenied
    asked = _asked(request)
    found = _narrowed(queued(visible(request.user, Proposal.objects.all()), request.user, timezone.now()), asked)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("p"))
    now = timezone.now()
    context = {
        **site.each_context(request),
        "title": _("Review queue"),
        "page": page,
        "rows": [_row(proposal, now) for proposal in page],
        "filters": _filters(asked),
        "asked": {name: value for name, value in asked.items() if value},
        "query": "&".join(f"{name}={value}" for name, value in asked.items() if value),
    }
    return TemplateResponse(request, "admin/review/queue.html", context)


def _row(proposal: Proposal, now: Any) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "noun": NOUNS.get(proposal.entry_type, ""),
        "origin": sender(proposal),
        "is_taken": proposal.is_taken(now),
    }


def sender(proposal: Proposal) -> str:
    """From whom: a partner by the account that its token belongs to, anybody else in words that name nobody."""
    account = proposal.account
    return _("a partner, %(account)s") % {"account": account} if account else str(_FROM[proposal.origin])


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address narrows the queue by; anything that is no choice narrows nothing."""
    choices = {
        "state": {"held", "decided", *(state.value for state in OPEN)},
        "kind": set(ProposalKind.values),
        "noun": set(NOUNS),
    }
    asked = {name: request.GET.get(name, "") for name in choices}
    asked = {name: value if value in choices[name] else "" for name, value in asked.items()}
    region = request.GET.get("region", "")[:16]
    known = region.isascii() and "\0" not in region and Region.objects.filter(pk=region).exists()
    return asked | {"region": region if known else ""}


def _narrowed(proposals: QuerySet[Proposal], asked: dict[str, str]) -> QuerySet[Proposal]:
    if asked["state"] == "decided":
        proposals = proposals.decided()
    else:
        states = {"": OPEN}.get(asked["state"], [asked["state"]])
        proposals = proposals.filter(state__in=states)
    if asked["kind"]:
        proposals = proposals.filter(kind=asked["kind"])
    if asked["noun"]:
        proposals = proposals.filter(entry_type=asked["noun"])
    return in_region(proposals, Region.objects.get(pk=asked["region"])) if asked["region"] else proposals


def _filters(asked: dict[str, str]) -> list[dict[str, Any]]:
    """One select a filter, with what is chosen."""
    states = [("", _("Everything open"))]
    states += [(state.value, state.label) for state in (*OPEN, ProposalState.HELD)]
    states += [("decided", _("Decided"))]
    wide = Region.objects.filter(kind__in=[RegionKind.COUNTRY, RegionKind.BASIN]).order_by("title_folded")
    regions = list(wide.values_list("pk", "title")[:_MOST_REGIONS])
    if asked["region"] and asked["region"] not in dict(regions):
        regions += Region.objects.filter(pk=asked["region"]).values_list("pk", "title")
    found = (
        ("state", _("State"), states),
        ("kind", _("Kind"), [("", _("Any")), *ProposalKind.choices]),
        ("noun", _("Noun"), [("", _("Any")), *NOUNS.items()]),
        ("region", _("Region"), [("", _("Any")), *regions]),
    )
    return [{"name": name, "label": label, "choices": rows, "value": asked[name]} for name, label, rows in found]
