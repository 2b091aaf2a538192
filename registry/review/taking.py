"""Taking a proposal for half an hour, which others see, so that no two editors work on the same one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger
from registry.models import Proposal, User

from .refusals import AlreadyDecided, TakenByAnother
from .rights import check_reviewer


@transaction.atomic
def take(proposal: Proposal, by: User) -> Proposal:
    """Have it for the next half hour, also when somebody else had it until it ran out. Raises TakenByAnother."""
    stored = locked(proposal)
    check_reviewer(by, stored)
    check_free(stored, by)
    if not stored.is_open:
        raise AlreadyDecided(_("There is nothing left to decide here."))
    stored.taken_by, stored.taken_at = by, timezone.now()
    ledger.put(stored, only=["taken_by", "taken_at"])
    return stored


@transaction.atomic
def give_back(proposal: Proposal, by: User) -> Proposal:
    """Leave it to whoever comes next; what is not theirs to give, nobody gives back."""
    stored = locked(proposal)
    check_reviewer(by, stored)
    check_free(stored, by)
    if stored.taken_by_id == by.pk:
        stored.taken_by = stored.taken_at = None
        ledger.put(stored, only=["taken_by", "taken_at"])
    return stored


def locked(proposal: Proposal) -> Proposal:
    """The stored proposal, locked until the end of the transaction."""
    found = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if found is None:
        raise ledger.Refused(_("This proposal is no longer in the register."))
    return found


def check_free(proposal: Proposal, by: User) -> None:
    """Raise TakenByAnother while somebody else has it; a lock that ran out keeps nobody from saving."""
    if proposal.is_taken(timezone.now()) and proposal.taken_by_id != by.pk:
        words = {"who": proposal.taken_by, "until": f"{proposal.taken_until():%H:%M}"}
        raise TakenByAnother(_("%(who)s has it until %(until)s UTC.") % words)
