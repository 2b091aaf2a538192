"""Makes one record of two: the lost one leads to the kept one from then on, and an undo parts them again."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry import versions
from registry.models import Action, Entry, ExactPlace, Site, State, User
from registry.models.publication import NOTHING
from registry.versions import Snapshot

from . import handing_over, private
from .batches import Batch, batch
from .pointing import led_over, pointing, records_pointing, united
from .refusals import Refused
from .writes import lock, was_public

# So many records are led over in one request; a place with more of them wants a sheet first.
MOST_LED = 2000


@dataclass
class Merged:
    """The batch, for an undo, and the codes of the records that now point to the kept one."""

    batch: UUID
    led: list[str] = field(default_factory=list)


def merge(
    lost: Entry,
    *,
    into: Entry,
    by: User | None,
    reason: str,
    expected: tuple[int | None, int | None],
    taken: Collection[str] | None = None,
) -> Merged:
    """Merge `lost` into another record of its noun, as one batch.

    `expected` are the versions of the lost and the kept record that the editor has seen. `taken` names the fields in
    which the lost one's value wins; None takes those that the kept one leaves empty. Names, relations and rows are
    united. Raises EditConflict, or Refused with the reason in words; then nothing was written.
    """
    refuse_unfit(lost, into)
    with batch(by=by, reason=reason) as made:
        seen = dict(zip((lost.pk, into.pk), expected, strict=True))
        stored = {entry.pk: lock(entry, seen[entry.pk], {})[0] for entry in sorted((lost, into), key=lambda e: e.pk)}
        lost, kept = stored[lost.pk], stored[into.pk]
        refuse_unfit(lost, kept)
        values = merged_values(lost, kept, fillable(lost, kept) if taken is None else taken)
        done = Merged(made.id)
        for entry in records_pointing(lost):
            _lead(made, entry, lost, kept)
            done.led.append(entry.pk)
        _collapse(made, lost, kept)
        handing_over.lead(made, lost, kept)
        _move_exact_place(made, lost, kept)
        _close(made, lost, kept, values)
        kept = type(kept).objects.get(pk=kept.pk)  # a place it shows may have moved while others were led to it
        related = versions.apply(kept, values)
        with _named(kept):
            made.save(kept, expected=kept.version, related=related, action=Action.MERGED)
    return done


def refuse_unfit(lost: Entry, kept: Entry) -> None:
    """Raise Refused for two records that cannot become one, in words."""
    if type(lost) is not type(kept):
        raise Refused(_("Only two records of the same kind can become one."))
    if lost.pk == kept.pk:
        raise Refused(_("A record cannot be merged into itself."))
    for entry in (lost, kept):
        if entry.merged_into:
            raise Refused(
                _("%(code)s was merged into %(kept)s already.") % {"code": entry.pk, "kept": entry.merged_into}
            )
    if kept.state == State.WITHDRAWN:
        raise Refused(_("%(code)s is withdrawn: nothing can lead to it.") % {"code": kept.pk})
    if not kept.is_public and was_public(lost):
        raise Refused(
            _("%(lost)s is known to the public and %(kept)s is not. Publish that one first, or keep the other.")
            % {"lost": lost.pk, "kept": kept.pk}
        )
    if lost.pk in _around(kept):
        raise Refused(_("%(kept)s belongs to %(lost)s: keep the other one.") % {"lost": lost.pk, "kept": kept.pk})
    if isinstance(lost, Site) and ExactPlace.objects.filter(pk__in=[lost.pk, kept.pk]).count() == 2:
        raise Refused(_("Both sites have an exact place. Take one of them away first: nobody else may choose."))
    if sum(group.number for group in pointing(lost)) > MOST_LED:
        raise Refused(_("More than %(most)d records point to it. Lead them over with a sheet.") % {"most": MOST_LED})


def _around(entry: Entry) -> set[str]:
    """The codes of what the record lies within or is part of, of its own noun and upwards."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        at = waiting.pop()
        for one in type(entry).entry_relations():
            other = getattr(at, one.name) if one.many_to_one and one.related_model is type(entry) else None
            if other and other.pk not in found:
                found.add(other.pk)
                waiting.append(other)
    return found


# Of both records, each once.
_UNITED = {"other_names", "translations"}


def choosable(model: type[Entry]) -> list[str]:
    """The fields of which one value wins; all others are united or follow from them."""
    bound = {name for group in model.inseparable for name in group}
    fields = versions.recorded_fields(model)
    return [f.name for f in fields if (f.editable or f.name in bound) and f.name not in _UNITED]


def fillable(lost: Entry, kept: Entry) -> set[str]:
    """The fields that the kept record leaves empty and the lost one does not; those of a file only together."""
    mine, theirs = versions.snapshot(kept), versions.snapshot(lost)
    empty = {name for name in choosable(type(kept)) if mine[name] in NOTHING and theirs[name] not in NOTHING}
    for group in kept.inseparable:
        if any(mine[name] not in NOTHING for name in group):
            empty -= {*group}
    return empty - {name for name in empty if theirs[name] == kept.pk}


def merged_values(lost: Entry, kept: Entry, taken: Collection[str]) -> Snapshot:
    """What the kept record is to hold."""
    model = type(kept)
    mine = led_over(model, versions.snapshot(kept), lost, kept)
    theirs = led_over(model, versions.snapshot(lost), lost, kept)
    values = {name: theirs[name] for name in choosable(model) if name in taken}
    values["other_names"] = _names(values.get("title", mine["title"]), mine, theirs)
    values["translations"] = _translations(taken, mine, theirs)
    for one in model._meta.many_to_many:
        values[one.name] = sorted({*mine[one.name], *theirs[one.name]})
    for name in model.children:
        values[name] = united(versions.child_model(model, name), mine[name], theirs[name])
    return {name: value for name, value in values.items() if value != versions.snapshot(kept)[name]}


def _names(title: str, mine: Snapshot, theirs: Snapshot) -> list[dict[str, str]]:
    """The names of both, the title that is given up among them, each once."""
    titles = [{"name": side["title"], "language": "", "note": ""} for side in (mine, theirs)]
    found: dict[str, dict[str, str]] = {}
    for name in [*mine["other_names"], *theirs["other_names"], *titles]:
        if name["name"] != title:
            found.setdefault(name["name"], name)
    return list(found.values())


def _translations(taken: Collection[str], mine: Snapshot, theirs: Snapshot) -> dict[str, dict[str, str]]:
    """Those of both; where both have one, that of the record whose title or summary is kept."""
    found: dict[str, dict[str, str]] = {}
    for language in sorted({*mine["translations"], *theirs["translations"]}):
        sides = [side["translations"].get(language, {}) for side in (mine, theirs)]
        for name in ("title", "summary"):
            first, second = reversed(sides) if name in taken else sides
            if text := first.get(name) or second.get(name):
                found.setdefault(language, {})[name] = text
    return found


def _lead(made: Batch, entry: Entry, lost: Entry, kept: Entry) -> None:
    before = versions.snapshot(entry)
    values = led_over(type(entry), before, lost, kept)
    related = versions.apply(entry, {name: value for name, value in values.items() if value != before[name]})
    with _named(entry):
        made.save(entry, expected=entry.version, related=related)


def _collapse(made: Batch, lost: Entry, kept: Entry) -> None:
    """What was merged into the lost record leads to the kept one at once."""
    for entry in type(lost).objects.filter(merged_into=lost.pk).order_by("pk"):
        entry.merged_into = kept.pk
        made.save(entry, expected=entry.version, action=Action.MERGED)


def _move_exact_place(made: Batch, lost: Entry, kept: Entry) -> None:
    """Each site shows its place anew when it is saved, which comes next."""
    exact = ExactPlace.objects.filter(pk=lost.pk).first() if isinstance(lost, Site) else None
    if exact:
        moved = ExactPlace(pk=kept.pk, longitude=exact.longitude, latitude=exact.latitude, note=exact.note)
        private.forget(made, exact)
        private.keep(made, moved, None, {})


def _close(made: Batch, lost: Entry, kept: Entry, values: Snapshot) -> None:
    """A record that people may have read leads to the kept one; a draft that nobody has seen is deleted."""
    if not was_public(lost):
        made.delete(lost, expected=lost.version)
        return
    for constraint in lost._meta.constraints:  # a value that stands once in the register goes over
        for name in getattr(constraint, "fields", ()):
            if name in values and values[name] == getattr(lost, name):
                setattr(lost, name, lost._meta.get_field(name).get_default())
    lost.state, lost.merged_into = State.WITHDRAWN, kept.pk
    lost.withdrawn_reason = _("It is the same as %(code)s.") % {"code": kept.pk}
    made.save(lost, expected=type(lost).objects.get(pk=lost.pk).version, action=Action.MERGED)


@contextmanager
def _named(entry: Entry) -> Iterator[None]:
    """Say of which record a rule was broken, since the editor sees another one."""
    try:
        yield
    except ValidationError as error:
        raise Refused(f"{entry.title} ({entry.pk}): {' '.join(error.messages)}") from error
