"""Who may see and decide which proposals: a right, the regions of the account, and never one's own."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry import scope
from registry.models import Entry, Proposal, ProposalKind, Region, User

from .refusals import MayNotPublish, NotYourOwn
from .subjects import model_of


def visible(user: User, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Those about records in the regions of the account, in as many questions for one as for many."""
    if not scope.regions_of(user):
        return proposals
    asked = proposals.order_by().only("kind", "code", "entry_type", "proposed")
    return proposals.filter(pk__in=looked_after(user, asked))


def looked_after(user: User, proposals: Iterable[Proposal]) -> set[int]:
    """The keys of those that lie in the user's regions; a new record lies where it would, and else is everybody's."""
    about = {proposal.pk: _where(proposal) for proposal in proposals}
    mine = scope.looked_after(user, {code for codes in about.values() for code in codes})
    return {key for key, codes in about.items() if not codes or codes & mine}


def _where(proposal: Proposal) -> set[str]:
    """The record it is about; of a new one, the places and records that would say where it lies."""
    if proposal.code or proposal.kind != ProposalKind.NEW:
        return {proposal.code} - {""}
    model = model_of(proposal)
    paths = ("parent",) if model is Region else getattr(model, "place_paths", ())
    stated = (proposal.proposed.get(path.partition("__")[0]) for path in paths)
    return {code for value in stated if value for code in (value if isinstance(value, list) else [value])}


def is_author(user: User, proposal: Proposal) -> bool:
    """Whether the user asked for it, alone or with others."""
    return proposal.by_id == user.pk or proposal.folded.filter(by=user).exists()


def check_may_review(user: User) -> None:
    """Raise PermissionDenied for somebody who only reads."""
    if not user.has_perm("registry.review_proposal"):
        raise PermissionDenied


def check_reviewer(user: User, proposal: Proposal) -> None:
    """Raise PermissionDenied, or NotYourOwn for its author, whatever other rights they have."""
    check_may_review(user)
    if not looked_after(user, [proposal]):
        raise PermissionDenied
    if is_author(user, proposal):
        raise NotYourOwn(_("You asked for this yourself; somebody else decides it."))


def check_second(user: User, proposal: Proposal) -> None:
    """Raise PermissionDenied or NotYourOwn unless the user is somebody other than author and first reviewer."""
    check_reviewer(user, proposal)
    if not user.has_perm("registry.second_proposal"):
        raise PermissionDenied
    if proposal.first_reviewer_id == user.pk:
        raise NotYourOwn(_("You have decided it first; a second person confirms it."))


def may_publish(user: User, model: type[Entry]) -> bool:
    """Whether the user may change what the public reads of this noun."""
    return user.has_perm(f"registry.publish_{model._meta.model_name}")


def check_publisher(user: User, model: type[Entry]) -> None:
    """Raise MayNotPublish."""
    if not may_publish(user, model):
        words = {"nouns": model._meta.verbose_name_plural}
        raise MayNotPublish(_("To accept this needs the right to publish %(nouns)s.") % words)
