"""What differs between versions of a record, field by field, in words."""

from dataclasses import dataclass

from registry import versions
from registry.models import Entry

from .naming import Wording, fields_in_order, label


@dataclass(frozen=True)
class Difference:
    """One field before and after."""

    name: str
    label: str
    before: list[str]
    after: list[str]


def differences(
    model: type[Entry], before: versions.Snapshot, after: versions.Snapshot, wording: Wording | None = None
) -> list[Difference]:
    """Field by field in the order of the form; a field that neither side states is left out.

    Give a `wording` made of many versions to look the titles of all of them up together.
    """
    wording = wording or Wording(model, before, after)
    found = []
    for name in _ordered(model, {**before, **after}):
        old, new = wording.lines(name, before.get(name)), wording.lines(name, after.get(name))
        if old or new:
            found.append(Difference(name, label(model, name), old, new))
    return found


def stated(entry: Entry) -> list[Difference]:
    """All that a stored record says, for somebody who may read but not change it."""
    return differences(type(entry), {}, versions.snapshot(entry))


def _ordered(model: type[Entry], names: dict) -> list[str]:
    known = [name for name in fields_in_order(model) if name in names]
    return known + sorted(set(names) - set(known))
