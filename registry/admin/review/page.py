"""The page of one proposal: Current, Proposed, Evidence, and what to decide about each field."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger, review
from registry.admin.naming import label
from registry.models import LETTERS, Entry, Proposal, ProposalKind, ProposalState
from registry.review import rights
from registry.review.checking import DECIDABLE
from registry.review.seconding import drifted, pending
from registry.review.subjects import model_of, obstacle, record_of

from .deeds import DEEDS, Sent, said
from .duplicates import alike
from .forms import ReviewForm
from .passing_on import block, may_erase
from .queue import sender
from .words import conversation, shown


def page_view(site: AdminSite, request: HttpRequest, number: int) -> HttpResponse:
    """Reading needs one right, deciding another; what lies in other regions is not there."""
    if not request.user.has_perm("registry.view_proposal"):
        raise PermissionDenied
    proposal = rights.visible(request.user, Proposal.objects.filter(pk=number)).select_related("by", "taken_by").first()
    if proposal is None:
        raise Http404
    if proposal.folded_into_id:
        return HttpResponseRedirect(reverse("admin:review_proposal", args=[proposal.folded_into_id]))
    if request.method != "POST":
        return _page(site, request, proposal)
    record = record_of(proposal)
    form = _form(site, request, proposal, record)
    problems, done = _carry_out(request, proposal, form)
    if done is None:
        proposal = Proposal.objects.select_related("by", "taken_by").get(pk=number)
        return _page(site, request, proposal, form, problems)
    return _onwards(request, done, proposal)


def _carry_out(request: HttpRequest, proposal: Proposal, form: ReviewForm) -> tuple[list[str], Proposal | None]:
    """What was done, or why not, in words."""
    name = request.POST.get("do", "decide")
    if name not in DEEDS:
        raise SuspiciousOperation("The review page has no such button.")
    rights.check_may_review(request.user)
    valid = form.is_valid()
    if name == "decide" and not valid:
        return [], None
    try:
        done = DEEDS[name][0](Sent.of(proposal, form, request.user, request.POST))
    except ledger.EditConflict:
        return [_("Somebody has changed the record since you opened this page. Look at it again below.")], None
    except ledger.VersionMissing:
        return [_("The page does not say which version of the record it showed. Look at it again below.")], None
    except ledger.Refused as refusal:
        return [str(refusal)], None
    except ValidationError as error:
        return _explained(proposal, error), None
    if done:
        messages.success(request, str(said(name, done)))
    return [], done


def _explained(proposal: Proposal, error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    named = {name: label(model_of(proposal), name) for name in error.error_dict if name != NON_FIELD_ERRORS}
    return [
        f"{named[name]}: {message}" if name in named else message
        for name, found in error.message_dict.items()
        for message in found
    ]


def _onwards(request: HttpRequest, done: Proposal, before: Proposal) -> HttpResponse:
    """To the form of a record that was just made, to the queue when all is said, else to this page again."""
    if done.kind == ProposalKind.NEW and done.code and not before.code:
        name = f"admin:registry_{done.entry_type}_change"
        return HttpResponseRedirect(reverse(name, args=[done.code]))
    stays = done.state in DECIDABLE
    return HttpResponseRedirect(request.path if stays else reverse("admin:review"))


def _form(site: AdminSite, request: HttpRequest, proposal: Proposal, record: Entry | None) -> ReviewForm:
    given = request.POST if request.method == "POST" else None
    sides = [] if proposal.kind == ProposalKind.PUBLISH else review.sides(proposal, record)
    return ReviewForm(given, request=request, site=site, proposal=proposal, record=record, sides=sides)


def _page(
    site: AdminSite,
    request: HttpRequest,
    proposal: Proposal,
    form: ReviewForm | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    record, now = record_of(proposal), timezone.now()
    form = form or _form(site, request, proposal, record)
    if proposal.name or proposal.email:
        ledger.note_look(request.user, "proposal", str(proposal.pk))
    sides = review.sides(proposal, record)
    decision = pending(proposal)
    inputs = {side.name: parts for side, parts in form.rows()}
    context = {
        **site.each_context(request),
        **_rights(request, proposal, now),
        "title": str(proposal),
        "proposal": proposal,
        "record": record,
        "record_url": reverse(f"admin:registry_{proposal.entry_type}_change", args=[record.pk]) if record else "",
        "obstacle": obstacle(proposal, record) if proposal.state in {*DECIDABLE, ProposalState.SECONDED} else "",
        "origin": sender(proposal),
        "fields": [(field, inputs.get(field.side.name)) for field in shown(proposal, sides, decision)],
        "decision": decision,
        "drifted": [label(model_of(proposal), name) for name in drifted(proposal, record)],
        "form": form,
        "media": form.media,
        "problems": problems or [],
        "is_letter": proposal.kind in LETTERS,
        "passing_on": block(request, proposal),
        "may_erase": may_erase(request.user, proposal),
        "is_new": proposal.kind == ProposalKind.NEW,
        "is_draft": proposal.kind == ProposalKind.PUBLISH,
        "others": list(proposal.folded.exclude(state=ProposalState.CLOSED).select_related("by")),
        "alike": alike(site, request, proposal) if proposal.kind == ProposalKind.NEW and not proposal.code else [],
        "conversation": conversation(proposal.messages.select_related("by")),
    }
    refused = bool(problems or form.errors) and request.method == "POST"
    return TemplateResponse(request, "admin/review/page.html", context, status=409 if refused else 200)


def _rights(request: HttpRequest, proposal: Proposal, now: Any) -> dict[str, Any]:
    """What this person may do here; the buttons follow it, and the ledger's side checks it again."""
    user, model = request.user, model_of(proposal)
    reviews = user.has_perm("registry.review_proposal") and not rights.is_author(user, proposal)
    taken = proposal.is_taken(now)
    free = not taken or proposal.taken_by_id == user.pk
    seconds = user.has_perm("registry.second_proposal") and proposal.first_reviewer_id != user.pk
    return {
        "is_author": rights.is_author(user, proposal),
        "reviews": reviews,
        "is_taken": taken,
        "has_it": taken and proposal.taken_by_id == user.pk,
        "may_decide": reviews and free and proposal.state in DECIDABLE,
        "may_accept": rights.may_publish(user, model),
        "may_second": reviews and free and seconds and proposal.state == ProposalState.SECONDED,
        "is_held": proposal.state == ProposalState.HELD,
    }
