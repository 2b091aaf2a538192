"""The queue of proposals: what it holds, in which order, and what narrows it."""

from datetime import datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from registry.models import ENTRIES, Proposal, ProposalState, Region, User
from registry.models.placed import Placed
from registry.models.proposals import REVIEWING_TAKES


def queued(proposals: QuerySet[Proposal], user: User, now: datetime) -> QuerySet[Proposal]:
    """With `mine` and `people` on each: first what waits for this user, then the rest, the oldest first."""
    others = Proposal.objects.filter(folded_into=OuterRef("pk")).exclude(state=ProposalState.CLOSED).order_by()
    counted = others.values("folded_into").annotate(n=Count("pk")).values("n")
    return (
        proposals.filter(folded_into=None)
        .select_related("by", "taken_by")
        .annotate(
            mine=Case(When(_waits_for(user, now), then=Value(1)), default=Value(0)),
            people=Coalesce(Subquery(counted), Value(0)) + Value(1),
        )
        .order_by(F("mine").desc(), "received_at", "pk")
    )


def _waits_for(user: User, now: datetime) -> Q:
    """Taken by the user, answered to the user, or decided by somebody else and to be confirmed."""
    taken = Q(taken_by=user, taken_at__gt=now - REVIEWING_TAKES)
    answered = Q(taken_by=user, taken_at=None, state=ProposalState.WAITING)
    waits = taken | answered
    if user.has_perm("registry.second_proposal"):
        mine = Q(first_reviewer=user) | Q(by=user, by__isnull=False)
        waits |= Q(state=ProposalState.SECONDED) & ~mine
    return waits


def in_region(proposals: QuerySet[Proposal], region: Region) -> QuerySet[Proposal]:
    """Those about records in the region or in what lies within it, new ones included."""
    within = list(Region.objects.within([region]))
    proposed = Q(proposed__region__in=within) | Q(proposed__parent__in=within)
    about = Q(code="") & (proposed | Q(proposed__regions__has_any_keys=within))
    for model in ENTRIES:
        if model is Region:
            about |= Q(code__in=within)
        elif issubclass(model, Placed):
            there = model.objects.filter(pk=OuterRef("code"), places__contains=[region.pk]).order_by()
            about |= Q(entry_type=model._meta.model_name) & Exists(there)
    return proposals.filter(about)
