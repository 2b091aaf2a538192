"""Passing on what a visitor wrote to the people behind the record, and closing it, on the page of the proposal."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import ledger, review
from registry.admin.forms import version_from
from registry.models import Contact, Proposal, User
from registry.review.passing import PASSABLE, WORDS, letter, people_behind
from registry.review.rights import is_author, visible


@dataclass(frozen=True)
class PassingOn:
    """Whom it could be passed on to, and the message as they would read it."""

    willing: list[Contact]
    unwilling: int
    message: EmailMessage
    pass_on_url: str
    close_url: str


def block(request: HttpRequest, proposal: Proposal) -> PassingOn | None:
    """For the page of a proposal that is words alone: what this person may do with it.

    None where there is nothing to pass on, or nobody here who may.
    """
    if proposal.kind not in WORDS:
        return None
    if proposal.erased_at or proposal.state not in PASSABLE or not may_pass_on(request.user, proposal):
        return None
    behind = people_behind(proposal, by=request.user)
    willing = [contact for contact in behind if contact.may_be_written_to]
    return PassingOn(
        willing,
        len(behind) - len(willing),
        letter(proposal),
        reverse("admin:review_pass_on", args=[proposal.pk]),
        reverse("admin:review_close", args=[proposal.pk]),
    )


def may_pass_on(user: User, proposal: Proposal) -> bool:
    """Whoever reviews proposals and sees contacts; nobody what they wrote themselves."""
    rights = ("registry.review_proposal", "registry.view_contact")
    return user.has_perms(rights) and not is_author(user, proposal)


def pass_on_view(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """Mark it and send it, or neither."""
    proposal, page = _asked(request, number), reverse("admin:review_proposal", args=[number])
    keys = {int(key) for key in request.POST.getlist("to") if key.isascii() and key.isdigit() and len(key) < 19}
    try:
        failed = review.pass_on(proposal, by=request.user, version=version_from(request.POST.get("version")), to=keys)
    except ledger.Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(page)
    messages.success(request, _("Passed on."))
    if failed:
        without = ", ".join(str(contact.pk) for contact in failed)
        messages.error(request, _("The mail server did not take it for contact %(keys)s.") % {"keys": without})
    return HttpResponseRedirect(page)


def close_view(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """Close it, with a word to whoever wrote or without."""
    proposal = _asked(request, number)
    words = {name: request.POST.get(name, "")[:5000] for name in ("text", "note")}
    try:
        review.close(proposal, by=request.user, version=version_from(request.POST.get("version")), **words)
    except ledger.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Closed."))
    return HttpResponseRedirect(reverse("admin:review_proposal", args=[number]))


def erase_view(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """Ask, with a reason; then erase whoever proposed it, and their words, for good."""
    proposal = _found(request, number)
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


def may_erase(user: User, proposal: Proposal) -> bool:
    """Whoever may delete proposals; once."""
    return not proposal.erased_at and user.has_perm("registry.delete_proposal")


def _asked(request: HttpRequest, number: int) -> Proposal:
    proposal = _found(request, number)
    if request.method != "POST":
        raise Http404
    if not may_pass_on(request.user, proposal):
        raise PermissionDenied
    return proposal


def _found(request: HttpRequest, number: int) -> Proposal:
    if not request.user.has_perm("registry.view_proposal"):
        raise PermissionDenied
    return get_object_or_404(visible(request.user, Proposal.objects.all()), pk=number)
