"""The versions of a record that anybody may read: which they are, what each holds, and what differs between two.

A version holds public fields alone, and of what it points to only what is public now. A place that is shown less
exactly today than it was then is left out, so that no older version gives a finer one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Field, QuerySet

from registry import public, versions
from registry.models import Change, Citation, Entry, Precision, Region, Site, State, Statement
from registry.versions import Snapshot

COMMON = ("title", "other_names", "summary", "translations")
_CITATION = ("source", "locator", "fields", "note")
_POINT = ("longitude", "latitude", "precision")
# The precisions at which the region of a site may say more than everybody should know.
_KEPT_BACK = {Precision.REGION, Precision.COUNTRY, Precision.HIDDEN}
_EXACTNESS = [*Precision, ""]  # what has no point is told of least exactly


@dataclass(frozen=True)
class Version:
    """One version: `change` made it, None for a record that came without history; one that took it back holds nothing.

    `untold` names the public fields that it does not give, because it would give a place away.
    """

    number: int
    at: datetime
    change: Change | None
    is_readable: bool
    values: Snapshot
    untold: frozenset[str] = frozenset()


def names(model: type[Entry]) -> tuple[str, ...]:
    """The fields that a public version may hold, in the order of the page."""
    return *COMMON, *public.fields(model), "citations"


def changes(entry: Entry) -> QuerySet[Change]:
    """The changes of the record that the public may know of, newest first."""
    return public.changes().filter(entry_code=entry.pk, version__lte=entry.version)


def numbers(entry: Entry) -> list[int]:
    """The versions that anybody may read, oldest first; the one of today is always among them."""
    readable = changes(entry).filter(state=State.PUBLISHED)
    return sorted({*readable.values_list("version", flat=True), entry.version})


def back_to(entry: Entry, number: int) -> list[Version]:
    """The public versions of a public record from today's back to `number`, as raw values, newest first."""
    found = []
    for version in _walk(entry, number):
        if version.number < number:
            break
        found.append(version)
    return found


def some(entry: Entry, start: int, many: int) -> list[Version]:
    """So many public versions from the one at `start` on, newest first, as raw values.

    One more follows them where anybody could read one before: what the oldest of them is compared with.
    """
    asked = list(changes(entry)[start : start + many])
    if not asked:
        return back_to(entry, entry.version) if not start else []
    earlier = changes(entry).filter(number__lt=asked[-1].number, state=State.PUBLISHED).first()
    found = back_to(entry, (earlier or asked[-1]).version)
    wanted = {change.version for change in [*asked, earlier] if change}
    return [version for version in found if version.number in wanted]


def told(model: type[Entry], found: Iterable[Version]) -> tuple[list[Version], dict[str, Entry]]:
    """The same versions with what is public now alone, and by code the records that they name.

    The number of questions to the database does not grow with the versions.
    """
    found = list(found)
    others = public.by_code({code for version in found for code in _codes(model, version.values)})
    return [_restricted(model, version, others) for version in found], others


def changed(before: Version, after: Version) -> list[str]:
    """The names of the fields that differ between two versions, as far as both may tell, in the order of the page."""
    silent = before.untold | after.untold
    told = [name for name in after.values if name not in silent]
    return [name for name in told if before.values.get(name) != after.values[name]]


def as_it_stood(entry: Entry, version: Version, others: dict[str, Entry]) -> Entry:
    """The record as a version had it, not stored anywhere; `others` has what it names."""
    model = type(entry)
    stood = model(code=entry.pk, state=State.PUBLISHED, version=version.number)
    stood.created_at, stood.updated_at, stood._state.adding = entry.created_at, version.at, False
    stood._prefetched_objects_cache = {
        name: _listed(model._meta.get_field(name).related_model, []) for name in versions.relations(model)
    }
    for name, value in version.values.items():
        field = model._meta.get_field(name)
        if name in model.children:
            rows = [_row(field.related_model, row, others) for row in value]
            stood._prefetched_objects_cache[name] = _listed(field.related_model, rows)
        elif field.many_to_many:
            there = [others[code] for code in value]
            stood._prefetched_objects_cache[name] = _listed(field.related_model, there)
        else:
            _set(stood, field, value, others)
    return stood


def _walk(entry: Entry, number: int) -> Iterator[Version]:
    """From today's version back, working out the values of each through every change, those nobody may know too."""
    made = Change.objects.of(entry.pk).filter(version__lte=entry.version).defer("by", "after")
    first = made.filter(version__lte=number, public=True).first()
    values, coarsest = versions.snapshot(entry), 0
    later = list(made.filter(number__gte=first.number) if first else made)
    if not later or later[0].version != entry.version:  # loaded, with no history of how it came to be so
        yield Version(entry.version, entry.updated_at, None, True, values, _untold(entry, values, coarsest)[0])
    for change in later:
        if change.public and change.state == State.PUBLISHED:
            untold, coarsest = _untold(entry, values, coarsest)
            yield Version(change.version, change.at, change, True, dict(values), untold)
        elif change.public:
            yield Version(change.version, change.at, change, False, {})
        values.update(change.before)


def _untold(entry: Entry, values: Snapshot, coarsest: int) -> tuple[frozenset[str], int]:
    """What a version keeps to itself, and how exactly its place was shown at most from then on."""
    if isinstance(entry, Site):
        region = ("region", "region_as_reported") if entry.precision in _KEPT_BACK else ()
        elsewhere = () if entry.precision in {Precision.EXACT, ""} else ("identifiers",)  # other registers have points
        return frozenset({*_POINT, *region, *elsewhere}), coarsest
    if not isinstance(entry, Region):
        return frozenset(), coarsest
    exactness = _EXACTNESS.index(values["precision"])
    coarsest = max(exactness, coarsest)
    return frozenset(_POINT if exactness < coarsest else ()), coarsest


def _restricted(model: type[Entry], version: Version, others: dict[str, Entry]) -> Version:
    if not version.is_readable:
        return version
    kept = [name for name in names(model) if name in version.values and name not in version.untold]
    values = {name: _public_value(model, name, version.values[name], others) for name in kept}
    return Version(version.number, version.at, version.change, True, values, version.untold)


def _public_value(model: type[Entry], name: str, value: object, others: dict[str, Entry]) -> object:
    field = model._meta.get_field(name)
    if name in model.children:
        return [row for row in (_public_row(model, field.related_model, row, others) for row in value) if row]
    if field.many_to_many or (model, name) == (Statement, "about"):
        return [code for code in value if code in others]
    return value if not field.is_relation or value in others else None


def _public_row(model: type[Entry], child: type, row: Snapshot, others: dict[str, Entry]) -> Snapshot | None:
    """A row with what everybody may read; None where what it cannot do without is not public."""
    through = "source" if child is Citation else child.shown_through
    if through and row[through] not in others:
        return None
    kept = {name: row[name] for name in _row_names(child) if name in row}
    for name, value in kept.items():
        field = child._meta.get_field(name)
        if field.is_relation:
            kept[name] = value if value in others else None
        elif name == "sites":
            kept[name] = [code for code in value if code in others]
    if child is Citation:
        kept["fields"] = [name for name in names(model) if name in row["fields"]]
    return kept


def _row_names(child: type) -> tuple[str, ...]:
    return _CITATION if child is Citation else public.ROW_FIELDS[child]


def _codes(model: type[Entry], values: Snapshot) -> Iterator[str]:
    """The codes of the records that a version names in its public fields."""
    for name in names(model):
        field, value = model._meta.get_field(name), values.get(name)
        if name in model.children:
            for row in value or ():
                for held in _row_names(field.related_model):
                    if field.related_model._meta.get_field(held).is_relation or held == "sites":
                        yield from _as_list(row.get(held))
        elif field.is_relation or (model, name) == (Statement, "about"):
            yield from _as_list(value)


def _as_list(value: object) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _row(child: type, values: Snapshot, others: dict[str, Entry]) -> object:
    row = child()
    for name, value in values.items():
        _set(row, child._meta.get_field(name), value, others)
    return row


def _set(instance: object, field: Field, value: object, others: dict[str, Entry]) -> None:
    if field.is_relation:
        setattr(instance, field.name, others[value] if value else None)
    else:
        setattr(instance, field.attname, field.to_python(value))


def _listed(model: type, members: list) -> QuerySet:
    """A queryset that has been asked already, as prefetching leaves one."""
    listed = model._default_manager.none()
    listed._result_cache, listed._prefetch_done = members, True
    return listed
