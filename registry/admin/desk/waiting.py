"""What waits for a decision: proposals in the queue, those that want a second person, drafts in review."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.models import Entry, Proposal, ProposalState, State
from registry.review.rights import visible

from .counts import Count, bounded, list_of, noun_of


def waiting(site: AdminSite, request: HttpRequest, models: list[type[Entry]]) -> list[Count]:
    """Each as many as the list behind it shows."""
    found = []
    if request.user.has_perm("registry.view_proposal"):
        queue, seen = reverse("admin:review"), visible(request.user, Proposal.objects.open())
        seconded, held = ProposalState.SECONDED, ProposalState.HELD
        spam = visible(request.user, Proposal.objects.filter(state=held, folded_into=None))
        number, wanting = bounded(seen), bounded(seen.filter(state=seconded))
        asked = ngettext("Proposal in the review queue", "Proposals in the review queue", number)
        second = ngettext("Proposal that wants a second person", "Proposals that want a second person", wanting)
        found = [
            Count(asked, number, queue),
            Count(second, wanting, f"{queue}?state={seconded}"),
            Count(_("Held as possible spam"), bounded(spam), f"{queue}?state={held}"),
        ]
    for model in models:
        seen = site.get_model_admin(model).get_queryset(request).filter(state=State.IN_REVIEW)
        number, address = bounded(seen), list_of(model, f"state__exact={State.IN_REVIEW}")
        found.append(Count(_("%s in review") % noun_of(model, number), number, address))
    return [count for count in found if count.number]
