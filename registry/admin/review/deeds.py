"""What the buttons of the review page do, each with what it says afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import review
from registry.admin.forms import version_from
from registry.models import Proposal, ProposalKind, ProposalState, User

from .forms import ReviewForm
from .passing_on import chosen


@dataclass(frozen=True)
class Sent:
    """What came in: the proposal, its form, by whom, and the versions that the page showed."""

    proposal: Proposal
    form: ReviewForm
    by: User
    version: int | None
    seen: int | None
    to: frozenset[int] = frozenset()

    @classmethod
    def of(cls, proposal: Proposal, form: ReviewForm, by: User, data: QueryDict) -> "Sent":
        """The versions travel in hidden fields."""
        return cls(proposal, form, by, version_from(data.get("version")), version_from(data.get("seen")), chosen(data))

    def text(self, name: str) -> str:
        """A text of the form."""
        return self.form.cleaned_data.get(name, "").strip()


def _decide(sent: Sent) -> Proposal | None:
    form, given = sent.form, {"by": sent.by, "version": sent.version, "seen": sent.seen}
    is_draft = sent.proposal.kind == ProposalKind.PUBLISH
    publish = is_draft or form.cleaned_data["publish"]
    if not form.check_cited(published=publish or sent.proposal.kind == ProposalKind.CHANGE):
        return None
    verdicts = {} if is_draft else form.verdicts()
    citation = None if is_draft else form.citing()
    words = {"message": sent.text("message"), "note": sent.text("note")}
    return review.decide(sent.proposal, **given, **words, verdicts=verdicts, citation=citation, publish=publish)


def _decline(sent: Sent) -> Proposal:
    given = {"by": sent.by, "version": sent.version, "seen": sent.seen}
    return review.decline(sent.proposal, **given, reason=sent.text("message"), note=sent.text("note"))


def _ask(sent: Sent) -> Proposal:
    given = {"by": sent.by, "version": sent.version}
    return review.ask(sent.proposal, **given, text=sent.text("message"), note=sent.text("note"))


def _confirm(sent: Sent) -> Proposal:
    given = {"by": sent.by, "version": sent.version, "seen": sent.seen}
    return review.confirm(sent.proposal, **given, note=sent.text("note"))


def _return(sent: Sent) -> Proposal:
    return review.return_to_first(sent.proposal, by=sent.by, version=sent.version, reason=sent.text("note"))


def _pass_on(sent: Sent) -> Proposal:
    return review.pass_on(sent.proposal, by=sent.by, version=sent.version, to=sent.to)


def _close(sent: Sent) -> Proposal:
    given = {"by": sent.by, "version": sent.version}
    return review.close(sent.proposal, **given, text=sent.text("message"), note=sent.text("note"))


DEEDS: dict[str, tuple[Callable[[Sent], Proposal | None], Promise]] = {
    "decide": (_decide, _("Decided.")),
    "decline": (_decline, _("Declined.")),
    "ask": (_ask, _("Asked. It comes back to you with the answer.")),
    "pass_on": (_pass_on, _("Passed on.")),
    "close": (_close, _("Closed.")),
    "confirm": (_confirm, _("Confirmed.")),
    "return": (_return, _("Sent back to the first reviewer.")),
    "take": (lambda sent: review.take(sent.proposal, sent.by), _("It is yours for half an hour; others see that.")),
    "give_back": (lambda sent: review.give_back(sent.proposal, sent.by), _("Given back.")),
    "spam": (lambda sent: review.hold(sent.proposal, by=sent.by, version=sent.version), _("Held as spam.")),
    "not_spam": (
        lambda sent: review.release(sent.proposal, by=sent.by, version=sent.version),
        _("It is in the queue now."),
    ),
}
_OUTCOMES = {
    ProposalState.SECONDED: _("Decided. A second person confirms it before it is written."),
    ProposalState.WAITING: _("Decided in part. What you left for now stays in the queue."),
    ProposalState.ASKED: _("Decided in part; the rest was asked."),
}


def said(deed: str, done: Proposal) -> Any:
    """What the editor is told."""
    if deed in {"decide", "confirm"}:
        return _OUTCOMES.get(done.state) or DEEDS[deed][1]
    return DEEDS[deed][1]
