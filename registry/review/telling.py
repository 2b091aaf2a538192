"""Tells those who proposed something, by e-mail, how it goes on: in plain words, with the private link."""

import logging
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import LETTERS, Proposal, ProposalMessage, ProposalState

log = logging.getLogger(__name__)


class What(StrEnum):
    """What there is to tell."""

    RECEIVED = "received"
    ASKED = "asked"
    DECIDED = "decided"
    PUBLISHED = "published"


def tell(proposal: Proposal, what: What | str) -> None:
    """Write to the author and to those who asked for the same, once the transaction at hand is committed.

    A question goes to the author alone, as does the word that it was received. Mail that cannot be sent is noted with
    the proposal and changes nothing else.
    """
    what = What(what)
    transaction.on_commit(lambda: _send(proposal.pk, what), robust=True)


def address_of(reference: str) -> str:
    """The whole address of the private page: as the register was set up, never as a request claims."""
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS), "localhost")
    return f"{settings.PUBLIC_URL or f'http://{host}:{settings.PORT}'}{reverse('registry:proposal', args=[reference])}"


def _send(number: int, what: What) -> None:
    proposal = Proposal.objects.filter(pk=number).first()
    told = [proposal] if proposal else []
    if proposal and what in {What.DECIDED, What.PUBLISHED}:
        told += list(proposal.folded.exclude(state=ProposalState.CLOSED))
    told = [each for each in told if each.email and not each.erased_at]
    if not told:
        return
    unsent = list(told)
    try:
        with get_connection() as connection:
            for each in told:
                _message(each, proposal, what, connection).send()
                unsent.remove(each)
    except Exception as problem:  # whatever it is, it may name the address: no traceback of it is kept
        log.error("A message about proposal %d could not be sent: %s", number, type(problem).__name__)
    for each in unsent:
        note = _("The message “%(what)s” could not be sent.") % {"what": what.value}
        ledger.put(ProposalMessage(proposal=each, internal=True, step="mail", text=note))


def _message(told: Proposal, decided: Proposal, what: What, connection: object) -> EmailMessage:
    """In the language of the pages on which they wrote, with the private page in it."""
    name = "letter" if told.kind in LETTERS else "proposal"
    with translation.override(told.language):
        context = {"proposal": told, "decided": decided, "what": what.value, "link": address_of(told.reference)}
        text = render_to_string(f"registry/{name}_mail.txt", context)
    subject, _empty, body = text.strip().partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", to=[told.email], connection=connection)
