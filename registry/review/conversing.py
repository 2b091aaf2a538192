"""The conversation about a proposal: words to whoever asked, words among editors, and the steps of its way."""

from registry import ledger
from registry.models import Proposal, ProposalMessage, User

from .receiving import tidy


def say(proposal: Proposal, by: User | None, text: str = "", *, step: str = "", internal: bool = False) -> None:
    """Add a word or a step; nothing when there is neither. Raises ValidationError for a text that cannot be kept."""
    text = tidy(text)
    if text or step:
        ledger.put(ProposalMessage(proposal=proposal, by=by, text=text, step=step, internal=internal))


def say_to_all(proposal: Proposal, by: User | None, text: str) -> None:
    """Tell whoever asked for it, and those who asked for the same."""
    for each in (proposal, *proposal.folded.all()):
        say(each, by, text)
