"""What I have proposed myself: how it stands, what the editors said, and my answer."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import ledger, review
from registry.admin.forms import version_from
from registry.models import Proposal, ProposalKind, ProposalState

from .words import as_proposed, conversation

_PER_PAGE = 20


def mine_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Mine alone, the newest first; POST answers a question or takes one back."""
    if not request.user.has_perm("registry.add_proposal"):
        raise PermissionDenied
    mine = Proposal.objects.filter(by=request.user).prefetch_related("messages")
    problem, number = "", ""
    if request.method == "POST":
        number = request.POST.get("proposal", "")
        proposal = mine.filter(pk=version_from(number)).first()
        if proposal is None:
            raise Http404
        problem = _answered(request, proposal)
        if not problem:
            return HttpResponseRedirect(f"{request.path}#proposal-{proposal.pk}")
    page = Paginator(mine.order_by("-received_at", "-pk"), _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": _("My proposals"),
        "page": page,
        "proposals": _rows(list(page)),
        "problem": problem,
        "problem_at": number,
        "typed": request.POST.get("text", ""),
    }
    return TemplateResponse(request, "admin/review/mine.html", context, status=400 if problem else 200)


def _answered(request: HttpRequest, proposal: Proposal) -> str:
    """What went wrong, in words."""
    try:
        if "take_back" in request.POST:
            review.take_back_own(proposal, by=request.user)
            messages.success(request, _("Taken back."))
        else:
            review.answer(proposal.reference, request.POST.get("text", ""))
            messages.success(request, _("The editors have your answer."))
    except (ledger.Refused, ValidationError) as refusal:
        return ledger.words_of(refusal)
    return ""


def _rows(proposals: list[Proposal]) -> list[dict[str, Any]]:
    """In as many questions for one as for many; a draft has no fields here, it is read in its own form."""
    fields = as_proposed(proposals)
    return [
        {
            "proposal": proposal,
            "url": _address(proposal),
            "fields": fields[proposal.pk],
            "conversation": conversation(proposal.messages.all(), with_internal=False),
            "was_returned": proposal.kind == ProposalKind.PUBLISH and proposal.state == ProposalState.DECLINED,
        }
        for proposal in proposals
    ]


def _address(proposal: Proposal) -> str:
    name = f"admin:registry_{proposal.entry_type}_change"
    return reverse(name, args=[proposal.code]) if proposal.code else ""
