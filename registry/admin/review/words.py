"""A proposal in words: its fields side by side, and the conversation about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.admin.naming import Wording, label
from registry.models import Entry, Proposal, ProposalMessage, ProposalState
from registry.review import Kind, Side
from registry.review.subjects import model_of
from registry.review.verdicts import Decision

VERDICTS = {
    Kind.ACCEPT: gettext_lazy("Accept"),
    Kind.EDIT: gettext_lazy("Edit, then accept"),
    Kind.DECLINE: gettext_lazy("Decline"),
    Kind.ASK: gettext_lazy("Ask"),
    Kind.LEAVE: gettext_lazy("Leave for now"),
}
_DECIDED = {
    Kind.ACCEPT: gettext_lazy("Accepted"),
    Kind.EDIT: gettext_lazy("Edited and accepted"),
    Kind.DECLINE: gettext_lazy("Declined"),
    Kind.ASK: gettext_lazy("Asked"),
    Kind.LEAVE: gettext_lazy("Left for now"),
}
_STEPS = {
    "asked": gettext_lazy("Asked"),
    "taken_back": gettext_lazy("Taken back by whoever asked for it"),
    "seconded": gettext_lazy("Decided, to be confirmed by a second person"),
    "confirmed": gettext_lazy("Confirmed by a second person"),
    "sent_back": gettext_lazy("Sent back by the second person"),
    "released": gettext_lazy("Not spam"),
    "held": gettext_lazy("Held as spam"),
    "mail": gettext_lazy("An e-mail could not be sent"),
}


@dataclass(frozen=True)
class Shown:
    """One field as the page shows it; each value is a list of lines."""

    side: Side
    label: str
    before: list[str]
    now: list[str]
    proposed: list[str]
    verdict: str = ""
    value: list[str] | None = None
    reason: str = ""


def shown(proposal: Proposal, sides: list[Side], decision: Decision | None = None) -> list[Shown]:
    """The fields in words; with what was decided earlier or, given a `decision`, by the first reviewer."""
    model = model_of(proposal)
    verdicts = {side.name: side.decided or _kept(decision, side.name) for side in sides}
    values = [{side.name: value} for side in sides for value in (side.before, side.now, side.proposed)]
    edits = [{name: kept.get("value")} for name, kept in verdicts.items()]
    wording = Wording(model, *values, *edits)
    return [_field(model, wording, side, verdicts[side.name]) for side in sides]


def as_proposed(proposals: Iterable[Proposal]) -> dict[int, list[Shown]]:
    """By key, the fields of many as their authors wrote them, with the verdicts; the records are not looked at."""
    proposals = list(proposals)
    wordings = {
        noun: Wording(model_of(proposal), *(side for p in proposals if p.entry_type == noun for side in _values(p)))
        for noun, proposal in {proposal.entry_type: proposal for proposal in proposals}.items()
    }
    return {
        proposal.pk: [
            _field(
                model_of(proposal),
                wordings[proposal.entry_type],
                Side(name, proposal.before.get(name), None, value, compared=False),
                proposal.decisions.get(name) or {},
            )
            for name, value in proposal.proposed.items()
        ]
        for proposal in proposals
    }


def _values(proposal: Proposal) -> Iterator[dict[str, Any]]:
    yield proposal.before
    yield proposal.proposed
    for name in proposal.proposed:
        yield {name: (proposal.decisions.get(name) or {}).get("value")}


def _field(model: type[Entry], wording: Wording, side: Side, kept: dict[str, Any]) -> Shown:
    lines = [wording.lines(side.name, value) for value in (side.before, side.now, side.proposed)]
    kind = kept.get("kind", "")
    return Shown(
        side,
        label(model, side.name),
        *lines,
        verdict=str(_DECIDED.get(kind, "")),
        value=wording.lines(side.name, kept["value"]) if kind == Kind.EDIT else None,
        reason=kept.get("reason", ""),
    )


def _kept(decision: Decision | None, name: str) -> dict[str, Any]:
    verdict = decision.verdicts.get(name) if decision else None
    return verdict.as_kept() if verdict else {}


def conversation(messages: Iterable[ProposalMessage], *, with_internal: bool = True) -> list[dict[str, Any]]:
    """Every word and step; for whoever asked, without the names of editors and what they say among themselves."""
    return [
        {
            "at": message.at,
            "who": _who(message, with_internal),
            "step": _step(message.step),
            "text": message.text,
            "internal": message.internal,
            "from_author": message.from_author,
        }
        for message in messages
        if with_internal or not message.internal
    ]


def _who(message: ProposalMessage, named: bool) -> str:
    if message.from_author:
        return _("whoever asked for it") if named else _("you")
    return str(message.by) if named and message.by else _("the editors")


def _step(step: str) -> str:
    return str(_STEPS.get(step) or dict(ProposalState.choices).get(step, ""))
