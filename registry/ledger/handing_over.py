"""Hands over what names a record to the one it is merged into: accounts, proposals, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.translation import gettext as _

from registry.models import Contact, ContactDuty, Entry, PrivateChange, Proposal, Region, User

from . import private
from .refusals import Refused
from .writes import writing

if TYPE_CHECKING:
    from .batches import Batch

# What is kept of such a row in the private history, so that an undo leads it back.
LED: dict[str, type[Model]] = {"account": User, "proposal": Proposal}
_NAMES = {model: name for name, model in LED.items()}


def lead(batch: Batch, lost: Entry, kept: Entry) -> None:
    """Let everything that is private and names the one record name the other."""
    for contact in Contact.objects.filter(duties__code=lost.pk).distinct().order_by("pk"):
        batch.keep(contact, expected=contact.version, related={"duties": _duties(contact, lost, kept)})
    for proposal in Proposal.objects.select_for_update().filter(code=lost.pk).order_by("pk"):
        # Its reviewer sees the whole of the other record anew, not what changed there since some version.
        _give(batch, proposal, {"code": kept.pk, "base_version": kept.version})
    if isinstance(lost, Region):
        for user in User.objects.filter(regions=lost.pk).order_by("pk"):
            codes = {kept.pk if code == lost.pk else code for code in _values(user)["regions"]}
            _give(batch, user, {"regions": sorted(codes)})


def counted(lost: Entry) -> dict[str, int]:
    """How many of each there are."""
    found = {
        _("contacts"): Contact.objects.filter(duties__code=lost.pk).distinct().count(),
        _("proposals"): Proposal.objects.filter(code=lost.pk).count(),
        _("accounts"): User.objects.filter(regions=lost.pk).count() if isinstance(lost, Region) else 0,
    }
    return {name: number for name, number in found.items() if number}


def lead_back(batch: Batch, change: PrivateChange) -> None:
    """Give an account or a proposal what it named before; raises Refused when it names something else by now."""
    row = LED[change.what].objects.select_for_update().filter(pk=change.key).first()
    if row is None:
        raise Refused(_("it is no longer in the register"))
    now = _values(row)
    if any(now[name] != value for name, value in change.after.items()):
        raise Refused(_("it was changed later"))
    _give(batch, row, change.before)


def _duties(contact: Contact, lost: Entry, kept: Entry) -> list[ContactDuty]:
    """Those of the contact, each once."""
    found: dict[tuple[str, str], ContactDuty] = {}
    for duty in sorted(contact.duties.all(), key=lambda duty: duty.code == lost.pk):
        duty.code = kept.pk if duty.code == lost.pk else duty.code
        found.setdefault((duty.code, duty.duty), duty)
    return list(found.values())


def _values(row: User | Proposal) -> dict[str, Any]:
    if isinstance(row, User):
        return {"regions": sorted(row.regions.order_by().values_list("pk", flat=True))}
    return {"code": row.code, "base_version": row.base_version}


def _give(batch: Batch, row: User | Proposal, values: dict[str, Any]) -> None:
    before = _values(row)
    with writing():
        if isinstance(row, User):
            row.regions.set(values["regions"])
        else:
            row.code, row.base_version = values["code"], values["base_version"]
            row.version += 1  # nobody decides about the one record what they were shown about the other
            row.save(update_fields=["code", "base_version", "version"])
    private.note(batch, _NAMES[type(row)], row.pk, before, values)
