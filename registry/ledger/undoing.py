"""Taking back a batch, without touching what was changed since."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry import versions
from registry.models import Action, Change, Entry, ExactPlace, PrivateChange, State, User

from . import beside, private
from .batches import Batch, batch
from .refusals import Refused
from .writes import was_public

_ACTIONS = {State.PUBLISHED: Action.PUBLISHED, State.WITHDRAWN: Action.WITHDRAWN}


@dataclass
class Undone:
    """What an undo took back, and what it left because somebody changed it later; both in words."""

    taken_back: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def undo(batch_id: uuid.UUID, *, by: User | None, reason: str) -> Undone:
    """Take back a whole batch: every field that still holds what the batch wrote gets its earlier value.

    A record that the batch created is deleted if it was never public, else withdrawn; one that it deleted comes back
    under its old code. Later changes stay, and the answer names them. Raises Refused for a batch that is not there.
    """
    changes = list(Change.objects.filter(batch=batch_id).order_by("-number"))
    unseen = list(PrivateChange.objects.filter(batch=batch_id).order_by("-pk"))
    if not changes and not unseen:
        raise Refused(_("There is no such batch of changes."))
    done = Undone()
    with batch(by=by, reason=reason) as made:
        for change in unseen:
            with _kept_if_refused(done, f"{change.what} {change.key}"):
                if change.what in beside.LED:
                    beside.lead_back(made, change)
                    continue
                private.take_back(made, change)
                if change.what == private.KINDS[ExactPlace]:
                    made.settle_again(change.key)
                    done.taken_back.append(change.key)
        for change in changes:
            with _kept_if_refused(done, change.entry_code):
                _take_back(made, change, done)
    return done


@contextmanager
def _kept_if_refused(done: Undone, what: str) -> Iterator[None]:
    """Say what could not be taken back, and why; the rest goes on."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        done.kept.append(f"{what}: {'; '.join(error.messages)}")
    except Refused as refusal:
        done.kept.append(f"{what}: {refusal}")


def _take_back(made: Batch, change: Change, done: Undone) -> None:
    model = apps.get_model("registry", change.entry_type)
    entry = model.objects.filter(pk=change.entry_code).first()
    if change.action == Action.DELETED:
        if entry:
            raise Refused(_("it is in the register again"))
        entry = model(code=change.entry_code, version=change.version + 1)
        made.save(entry, related=versions.apply(entry, change.before))
    elif entry is None:
        raise Refused(_("it is no longer in the register"))
    elif change.after and not change.before:
        _take_back_creation(made, change, entry)
    elif not _restore(made, change, entry, done):
        return
    if change.entry_code not in done.taken_back:
        done.taken_back.append(change.entry_code)


def _take_back_creation(made: Batch, change: Change, entry: Entry) -> None:
    later = Change.objects.of(entry.pk).exclude(batch=change.batch).filter(number__gt=change.number)
    if later.exists():
        raise Refused(_("it was changed later"))
    if was_public(entry):
        made.withdraw(entry, expected=entry.version, why=made.reason)
    else:
        made.delete(entry, expected=entry.version)


def _restore(made: Batch, change: Change, entry: Entry, done: Undone) -> bool:
    """Give back the earlier values that nobody has changed since; False when there were none."""
    now = versions.snapshot(entry)
    later = [name for name in change.after if now.get(name) not in (change.after[name], change.before.get(name))]
    bound = {name for group in entry.inseparable if {*group} & {*later} for name in group}
    done.kept.extend(_("%(code)s: %(field)s was changed later") % {"code": entry.pk, "field": name} for name in later)
    back = {
        name: value
        for name, value in change.before.items()
        if name in now and now[name] == change.after[name] and name not in bound
    }
    if not back:
        return False
    public = was_public(entry)
    related = versions.apply(entry, back)
    if public and entry.state not in _ACTIONS:  # what people may have cited answers with a reason, never as unknown
        entry.state, entry.withdrawn_reason = State.WITHDRAWN, made.reason
    action = _ACTIONS.get(entry.state, Action.EDITED) if "state" in back else Action.EDITED
    made.save(entry, expected=entry.version, related=related, action=action, as_it_was=True)
    return True
