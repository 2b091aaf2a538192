"""Passing on what a visitor wrote to the people behind the record, and erasing who proposed something."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import LETTERS, Contact, Proposal, User
from registry.review.passing_on import PASSABLE, letter, may_pass_on, people_behind
from registry.review.rights import visible


@dataclass(frozen=True)
class PassingOn:
    """Whom it could be passed on to, and the message as they would read it."""

    willing: list[Contact]
    unwilling: int
    message: EmailMessage


def block(request: HttpRequest, proposal: Proposal) -> PassingOn | None:
    """For the page of a proposal that is words alone; None where there is nothing to pass on, or nobody who may."""
    if proposal.kind not in LETTERS or proposal.erased_at or proposal.state not in PASSABLE:
        return None
    if not may_pass_on(request.user, proposal):
        return None
    behind = people_behind(proposal, by=request.user)
    willing = [contact for contact in behind if contact.may_be_written_to]
    return PassingOn(willing, len(behind) - len(willing), letter(proposal))


def chosen(data: QueryDict) -> frozenset[int]:
    """The keys of the contacts that were ticked."""
    return frozenset(int(key) for key in data.getlist("to") if key.isascii() and key.isdigit() and len(key) < 19)


def may_erase(user: User, proposal: Proposal) -> bool:
    """Whoever may delete proposals; once."""
    return not proposal.erased_at and user.has_perm("registry.delete_proposal")


def erase_view(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """Ask, with a reason; then erase whoever proposed it, and their words, for good."""
    if not request.user.has_perm("registry.view_proposal"):
        raise PermissionDenied
    proposal = get_object_or_404(visible(request.user, Proposal.objects.all()), pk=number)
    if not may_erase(request.user, proposal):
        raise PermissionDenied
    page = reverse("admin:review_proposal", args=[number])
    reason = request.POST.get("reason", "").strip()[:500]
    if request.method == "POST" and reason:
        ledger.erase(proposal, by=request.user, reason=reason)
        messages.success(request, _("Erased, with its whole history. A stub stays that says when."))
        return HttpResponseRedirect(page)
    context = {
        **site.each_context(request),
        "title": _("Erase for good?"),
        "number": proposal.pk,
        "noun": Proposal._meta.verbose_name,
        "back": page,
        "problem": _("Say why, without naming the person.") if request.method == "POST" else "",
    }
    return TemplateResponse(request, "admin/erase.html", context)
