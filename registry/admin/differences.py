"""What differs between versions of a record, field by field, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

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
    names = _ordered(model, {**before, **after})
    return between(names, before, after, label=partial(label, model), lines=wording.lines)


def between(
    names: Iterable[str],
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    label: Callable[[str], str],
    lines: Callable[[str, Any], list[str]],
) -> list[Difference]:
    """The fields of these names that either side states, each with its label and its values in lines."""
    both = [(name, lines(name, before.get(name)), lines(name, after.get(name))) for name in names]
    return [Difference(name, label(name), old, new) for name, old, new in both if old or new]


def stated(entry: Entry) -> list[Difference]:
    """All that a stored record says, for somebody who may read but not change it."""
    return differences(type(entry), {}, versions.snapshot(entry))


def _ordered(model: type[Entry], names: dict) -> list[str]:
    known = [name for name in fields_in_order(model) if name in names]
    return known + sorted(set(names) - set(known))
