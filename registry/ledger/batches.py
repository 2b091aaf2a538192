"""A batch: changes by one person for one reason, in one transaction."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import versions
from registry.models import Action, Change, Entry, ExactPlace, Observation, Site, State, User
from registry.models.publication import newly_stated
from registry.models.wording import composed, validate_plain
from registry.versions import Related, Snapshot

from . import many, private
from .feeding import catch_up_soon
from .items import Item, Saved
from .numbering import number
from .places import settle
from .private import Private
from .refusals import Refused
from .uses import records_left_without_a_source, users_of
from .writes import end_plan, give_code, index, index_dependents, lends_otherwise, lock, relate, was_public, writing


@dataclass
class Batch:
    """Changes that belong together; made by `batch`, never by hand."""

    by: User | None
    reason: str
    role: str
    credit: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    changes: list[Change] = field(default_factory=list)

    @transaction.atomic
    def save(
        self,
        entry: Entry,
        *,
        expected: int | None = None,
        related: Related | None = None,
        action: Action = Action.EDITED,
        as_it_was: bool = False,
    ) -> None:
        """Store a new record, or a changed one whose stored version is `expected`.

        `related` holds, by name, the whole new list of a many-to-many relation or of the record's own rows; what it
        does not name stays as it is. Raises EditConflict, VersionMissing, or ValidationError when a rule is broken.
        Of a published record support is asked for what the edit newly states; of one that an undo brings back
        `as_it_was`, for nothing.
        """
        related = related or {}
        before: Snapshot = {}
        # A record that was read for the public carries shortened lists; the history needs the stored ones.
        vars(entry).pop("_prefetched_objects_cache", None)
        end_plan(entry, as_it_was)
        if entry._state.adding:
            give_code(entry)
            settle(entry)
            entry.created_at = timezone.now()
            action = Action.CREATED if action is Action.EDITED else action
        else:
            stored, before = lock(entry, expected, related)
            if stored.merged_into and not as_it_was and action is not Action.MERGED:
                raise Refused(
                    _("%(code)s was merged into %(kept)s. Undo the merge to change it on its own.")
                    % {"code": entry.pk, "kept": stored.merged_into}
                )
            entry.version, entry.created_at = stored.version, stored.created_at
            # Not before the lock: somebody else may just be moving the exact place.
            moved = settle(entry, stored)
            if not moved and versions.snapshot(entry, related) == before:
                return
            entry.version += 1
        entry.updated_at = timezone.now()
        entry.full_clean()
        with writing():
            entry.save(force_insert=not before)
            for name, rows in related.items():
                relate(entry, name, rows)
            after = versions.snapshot(entry)
            index([entry], {entry.pk: after})
            if lends_otherwise(before, after):
                index_dependents([entry])
        if entry.state == State.PUBLISHED:
            newly = newly_stated(before, after) if before.get("state") == State.PUBLISHED else None
            entry.validate_publication(() if as_it_was else newly)
        elif left := records_left_without_a_source(entry):
            raise Refused(
                _("%(codes)s would be left without a published source. Cite another one there first.")
                % {"codes": ", ".join(left)}
            )
        self.note(entry, action, before, after)
        if isinstance(entry, Observation) and entry.site:
            self.settle_again(entry.site_id)

    def save_many(self, items: list[Item]) -> list[Saved | ValidationError | Refused]:
        """Store many records of one noun, each as `save` or `publish` would; one answer each, in their order.

        One that is refused leaves the others alone: its answer is the refusal.
        """
        return many.save_many(self, items)

    def keep(self, row: Private, *, expected: int | None = None, related: Related | None = None) -> None:
        """Store something private: an exact place, or a contact with its duties.

        Raises Refused when it changed since version `expected`. A site is shown anew where its exact place has moved.
        """
        if isinstance(row, ExactPlace) and not _locked_site(row.pk):
            raise Refused(_("%(code)s is no longer in the register.") % {"code": row.pk})
        private.keep(self, row, expected, related or {})
        if isinstance(row, ExactPlace):
            self.settle_again(row.pk)

    def place(self, site: Site, exact: ExactPlace) -> None:
        """Keep the exact place of a new site, which this batch saves next."""
        give_code(site)
        exact.pk = site.pk
        private.keep(self, exact, None, {})

    def forget(self, row: Private, *, expected: int | None = None) -> None:
        """Take something private away; its history keeps what it was. Raises Refused as `keep` does."""
        if isinstance(row, ExactPlace):
            _locked_site(row.pk)
        private.forget(self, row, expected)
        if isinstance(row, ExactPlace):
            self.settle_again(row.pk)

    def settle_again(self, code: str) -> None:
        """Save a site anew, which shows its place as exactly as the rule now has it; one that was merged shows none."""
        site = _locked_site(code)
        if site and not site.merged_into:
            self.save(site, expected=site.version)

    def publish(self, entry: Entry, *, expected: int | None = None, related: Related | None = None) -> None:
        """Let the public read it; raises ValidationError with all that is still missing."""
        entry.state, entry.withdrawn_reason = State.PUBLISHED, ""
        self.save(entry, expected=expected, related=related, action=Action.PUBLISHED)

    def withdraw(self, entry: Entry, *, expected: int | None, why: str) -> None:
        """Take a published record back; its address then answers with `why`."""
        if not why.strip():
            raise ValidationError(_("Withdrawing a record needs a reason that the public can read."))
        if not was_public(entry):
            raise Refused(_("%(code)s has never been public; delete the draft instead.") % {"code": entry.pk})
        entry.state, entry.withdrawn_reason = State.WITHDRAWN, why.strip()
        self.save(entry, expected=expected, action=Action.WITHDRAWN)

    @transaction.atomic
    def delete(self, entry: Entry, *, expected: int | None) -> None:
        """Remove a draft that was never public. Its code is not used again and an undo brings it back."""
        stored, before = lock(entry, expected, {})
        if was_public(stored):
            raise Refused(
                _("%(code)s has been public and cannot be deleted. Withdraw it instead.") % {"code": entry.pk}
            )
        code = stored.pk
        for place in ExactPlace.objects.filter(pk=code):
            private.forget(self, place)
        if users := users_of(stored):
            raise Refused(
                _("%(code)s is still used by: %(users)s. Change those first.")
                % {"code": code, "users": ", ".join(users)}
            )
        with writing():
            stored.delete()
        stored.pk = code
        stored.version += 1
        self.note(stored, Action.DELETED, before, {})

    def note(self, entry: Entry, action: Action, before: Snapshot, after: Snapshot) -> None:
        """Remember a change of a record, from one snapshot to another, for the end of the batch."""
        old, new = versions.diff(before, after)
        state = after.get("state", "")
        self.changes.append(
            Change(
                by=self.by,
                role=self.role,
                reason=self.reason,
                credit=self.credit,
                batch=self.id,
                action=action,
                entry_type=entry._meta.model_name,
                entry_code=entry.pk,
                entry_title=entry.title,
                state=state,
                version=entry.version,
                before=old,
                after=new,
                public=State.PUBLISHED in {before.get("state"), state},
            )
        )

    def commit(self) -> None:
        """Number and date the changes in the order of commit, and store them."""
        with writing():
            number(self.changes)
        if any(change.public or change.state == State.WITHDRAWN for change in self.changes):
            transaction.on_commit(catch_up_soon, robust=True)


def _locked_site(code: str) -> Site | None:
    """The stored site; locked before its exact place, by everybody, so that no two wait for each other."""
    return Site.objects.select_for_update(of=("self",), no_key=True).filter(pk=code).first()


@contextmanager
def batch(*, by: User | None, reason: str, credit: str = "", going_on: uuid.UUID | None = None) -> Iterator[Batch]:
    """One transaction of changes by one person for one reason; `by` is None when the register itself writes.

    `credit` names whoever proposed the change, in the words they chose. `going_on` is the batch that this transaction
    belongs to, for work that is too long for one: an undo takes all of it back.
    """
    made = Batch(by=by, reason=_readable(reason), role=by.role if by else "register", credit=credit)
    made.id = going_on or made.id
    with transaction.atomic():
        yield made
        made.commit()


def _readable(reason: str) -> str:
    """The reason, which the public may read; refused when it is missing, too long or holds what cannot be seen."""
    reason = composed(reason.strip())
    most = Change._meta.get_field("reason").max_length
    if not reason:
        raise Refused(_("Say why the record changes."))
    if len(reason) > most:
        raise Refused(_("Say why in at most %(most)d characters.") % {"most": most})
    try:
        validate_plain(reason)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return reason
