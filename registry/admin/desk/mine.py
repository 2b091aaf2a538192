"""What is mine: drafts, what I typed and did not save, what came back to me, what goes on in the background."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from registry import planning, scope
from registry.admin.naming import MODELS, titles
from registry.models import (
    OPEN,
    Change,
    Entry,
    Import,
    Job,
    JobState,
    Project,
    Proposal,
    ProposalKind,
    ProposalState,
    Scratch,
    State,
)

SHOWN = 10
# My drafts are looked for among so many of my latest changes.
_LOOKED_AT = 500


@dataclass(frozen=True)
class Line:
    """Something on the desk: what it is, where it leads, and a few words about it."""

    title: str
    url: str
    about: str
    when: Any = None
    state: str = ""


def mine(site: AdminSite, request: HttpRequest, models: list[type[Entry]]) -> dict[str, Any]:
    """Everything that waits for this person alone; with nothing of it and no past, what to do first."""
    changed = list(
        Change.objects.filter(by=request.user).order_by("-number").values_list("entry_type", "entry_code")[:_LOOKED_AT]
    )
    found = {
        "drafts": _drafts(site, request, models, changed),
        "scratches": _scratches(request, models),
        "returned": _returned(request),
        "running": Job.objects.filter(by=request.user, state__in=[JobState.WAITING, JobState.RUNNING])[:SHOWN],
        "imports": Import.objects.filter(by=request.user).defer("content").select_related("job")[:5],
        "planned": [_planned(item) for item in planning.planned(request.user, SHOWN)],
        "not_published": planning.refused(request.user)[:SHOWN],
    }
    adds = Project in models and site.get_model_admin(Project).has_add_permission(request)
    return found | {"starts": adds and not changed and not any(found.values())}


def _drafts(
    site: AdminSite, request: HttpRequest, models: list[type[Entry]], changed: list[tuple[str, str]]
) -> list[Line]:
    codes: dict[str, set[str]] = {}
    for noun, code in changed:
        codes.setdefault(noun, set()).add(code)
    found: list[Entry] = []
    for model in models:
        if here := codes.get(model._meta.model_name):
            drafts = site.get_model_admin(model).get_queryset(request).filter(pk__in=here, state=State.DRAFT)
            found += drafts.order_by("-updated_at")[:SHOWN]
    found.sort(key=lambda entry: entry.updated_at, reverse=True)
    return [Line(e.title, _form(e._meta.model_name, e.pk), e.pk, e.updated_at) for e in found[:SHOWN]]


def _scratches(request: HttpRequest, models: list[type[Entry]]) -> list[Line]:
    nouns = [model._meta.model_name for model in models]
    found = list(Scratch.objects.filter(by=request.user, entry_type__in=nouns)[:SHOWN])
    known = titles(scope.looked_after(request.user, {scratch.code for scratch in found if scratch.code}))
    lines = []
    for scratch in found:
        typed = (scratch.typed.get("title") or [""])[0]
        noun = MODELS[scratch.entry_type]._meta.verbose_name
        if not scratch.code:
            url = reverse(f"admin:registry_{scratch.entry_type}_add")
            lines.append(Line(typed or _("Without a title"), url, _("new %s") % noun, scratch.saved_at))
        elif scratch.code in known:
            url = _form(scratch.entry_type, scratch.code)
            lines.append(Line(known[scratch.code], url, scratch.code, scratch.saved_at))
    return lines


def _returned(request: HttpRequest) -> list[Line]:
    """Drafts that the review sent back and that are drafts still, and proposals about which I was asked something."""
    asked = Proposal.objects.filter(by=request.user, state=ProposalState.ASKED).order_by("-received_at")[:SHOWN]
    back = Proposal.objects.filter(by=request.user, kind=ProposalKind.PUBLISH, state=ProposalState.DECLINED)
    again = Proposal.objects.filter(by=request.user, kind=ProposalKind.PUBLISH, state__in=OPEN).values("code")
    back = back.exclude(code__in=again).order_by("-decided_at")[:SHOWN]
    asked, back = list(asked), list(back)
    known = titles(scope.looked_after(request.user, {p.code for p in (*asked, *back) if p.code}))
    drafts = _still_drafts(back) & set(known)
    lines = [
        Line(known.get(p.code) or p.title, f"{reverse('admin:my_proposals')}#proposal-{p.pk}", _("You are asked"))
        for p in asked
    ]
    sent_back = {p.code: p for p in reversed(back) if p.code in drafts}
    return lines + [
        Line(known[code], _form(p.entry_type, code), _("Sent back"), p.decided_at) for code, p in sent_back.items()
    ]


def _still_drafts(back: list[Proposal]) -> set[str]:
    codes: dict[str, list[str]] = {}
    for proposal in back:
        codes.setdefault(proposal.entry_type, []).append(proposal.code)
    return {
        code
        for noun, mine in codes.items()
        for code in MODELS[noun].objects.filter(pk__in=mine, state=State.DRAFT).values_list("pk", flat=True)
    }


def _planned(item: planning.Planned) -> Line:
    entry = item.entry
    about = f"{entry.pk} · {item.by}" if item.by else entry.pk
    return Line(entry.title, _form(entry._meta.model_name, entry.pk), about, entry.publish_at)


def _form(noun: str, code: str) -> str:
    return reverse(f"admin:registry_{noun}_change", args=[code])
