"""What visitors write to those behind a record: passed on to who agreed to be written to, or answered and closed."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import LETTERS, Contact, Proposal, ProposalState, User

from .checking import DECIDABLE
from .conversing import say
from .refusals import AlreadyDecided
from .rights import check_reviewer, is_author
from .taking import check_free, locked
from .telling import What, tell

# Again, when the mail server did not take it for one of them.
PASSABLE = {*DECIDABLE, ProposalState.PASSED_ON}

log = logging.getLogger(__name__)


class NotSent(ledger.Refused):
    """The mail server took none of the messages."""


def may_pass_on(user: User, proposal: Proposal) -> bool:
    """Whoever reviews proposals and sees contacts; nobody what they wrote themselves."""
    return user.has_perms(["registry.review_proposal", "registry.view_contact"]) and not is_author(user, proposal)


def people_behind(proposal: Proposal, *, by: User) -> list[Contact]:
    """Everybody behind the record, each once, for somebody who may see them; the look is kept."""
    duties = ledger.contacts_of(proposal.code, by=by)
    return list({duty.contact_id: duty.contact for duty in duties if not duty.contact.erased_at}.values())


def pass_on(proposal: Proposal, *, by: User, version: int | None, to: Iterable[int]) -> Proposal:
    """Send it to those of the contacts `to` who may be written to; the conversation says to whom, by their keys.

    Raises NotSent when it took none, AlreadyDecided, TakenByAnother, ChangedMeanwhile, Refused or PermissionDenied.
    """
    with transaction.atomic():
        stored = _opened(proposal, by, version)
        if not may_pass_on(by, stored):
            raise PermissionDenied
        wanted = set(to)
        chosen = [
            contact for contact in people_behind(stored, by=by) if contact.pk in wanted and contact.may_be_written_to
        ]
        if not chosen:
            raise ledger.Refused(_("Choose somebody to pass it on to."))
        again = stored.state == ProposalState.PASSED_ON
        # First the mark, which nobody else can set meanwhile; it is taken back when no message leaves.
        _end(stored, ProposalState.PASSED_ON)
        failed = [contact for contact in chosen if not _sent(letter(stored, contact.email))]
        if len(failed) == len(chosen):
            raise NotSent(_("The mail server did not take it. Nothing was sent and nothing is lost: try again later."))
        taken = _("To contact %(keys)s.") % {"keys": _keys(set(chosen) - set(failed))}
        say(stored, by, taken, step=ProposalState.PASSED_ON.value, internal=True)
        if failed:
            text = _("The mail server did not take it for contact %(keys)s.") % {"keys": _keys(failed)}
            say(stored, by, text, step="mail", internal=True)
        if not again:
            tell(stored, What.DECIDED)
    return stored


def _keys(contacts: Iterable[Contact]) -> str:
    return ", ".join(str(key) for key in sorted(contact.pk for contact in contacts))


@transaction.atomic
def close(proposal: Proposal, *, by: User, version: int | None, text: str = "", note: str = "") -> Proposal:
    """Say the last word to whoever wrote, or none; nothing of it is passed on any more."""
    stored = _opened(proposal, by, version)
    say(stored, by, note, internal=True)
    say(stored, by, text, step=ProposalState.CLOSED.value)
    _end(stored, ProposalState.CLOSED)
    if text.strip():
        tell(stored, What.DECIDED)
    return stored


def letter(proposal: Proposal, address: str = "") -> EmailMessage:
    """One message for one contact, so that no contact learns of another. The answer goes to the visitor."""
    words = {"title": proposal.title, "code": proposal.code, "name": proposal.name, "text": proposal.text}
    subject = _("Somebody writes about %(title)s (%(code)s)") % words
    body = _(
        "%(name)s wrote this through the Caspian Heritage Register, about “%(title)s” (%(code)s):\n\n%(text)s\n\n"
        "They have not been told your name or your address. If you answer this message, they will see your address. "
        "Without an answer they learn nothing of you."
    )
    return EmailMessage(subject, body % words, to=[address] if address else [], reply_to=[proposal.email])


def _opened(proposal: Proposal, by: User, version: int | None) -> Proposal:
    stored = locked(proposal)
    check_reviewer(by, stored)
    if stored.erased_at or stored.kind not in LETTERS:
        raise AlreadyDecided(_("There is nothing here to pass on."))
    if stored.version != version:
        raise ledger.ChangedMeanwhile(stored.version, {})
    if stored.state not in PASSABLE:
        raise AlreadyDecided(_("It is closed, or held as possible spam: say first that it is none."))
    check_free(stored, by)
    return stored


def _end(proposal: Proposal, state: ProposalState) -> None:
    proposal.state, proposal.version, proposal.decided_at = state, proposal.version + 1, timezone.now()
    proposal.taken_by = proposal.taken_at = None
    ledger.put(proposal, only=["state", "version", "decided_at", "taken_by", "taken_at"])


def _sent(message: EmailMessage) -> bool:
    """Whether the mail server took it; the log tells the kind of failure and nobody's address."""
    try:
        return bool(message.send())
    except (SMTPException, OSError, ValueError) as error:
        log.warning("The mail server did not take a message: %s", type(error).__name__)
        return False
