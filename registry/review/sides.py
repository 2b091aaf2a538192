"""A proposal against its record, field by field: what its author saw, what is stored now, what is proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from registry import versions
from registry.models import Entry, Proposal, ProposalKind

from .accepting import citable
from .second_person import wants_second_person
from .subjects import model_of, record_of

_EMPTY = (None, "", [])


@dataclass(frozen=True)
class Side:
    """One field; `decided` is an earlier verdict, `needed` says that a new record cannot do without it.

    Of a draft sent for review, `before` is what it said when it was sent and `proposed` what it says now.
    """

    name: str
    before: Any
    now: Any
    proposed: Any
    decided: dict[str, Any] | None = None
    is_row: bool = False
    needed: bool = False
    wants_second: bool = False
    compared: bool = True

    @property
    def changed_meanwhile(self) -> bool:
        """Whether somebody changed the field since the proposal was written."""
        return self.compared and self.before != self.now

    @property
    def says_so_already(self) -> bool:
        """Whether the record has it by now."""
        return self.compared and self.now == self.proposed


def sides(proposal: Proposal, entry: Entry | None = None) -> list[Side]:
    """Every field of the proposal, in the order of the page; `entry` is its record, fetched where it is not given."""
    entry, model = entry or record_of(proposal), model_of(proposal)
    if proposal.kind == ProposalKind.NEW:
        found = _of_new(proposal)
    elif proposal.kind == ProposalKind.PUBLISH:
        found = _of_draft(proposal, entry) if entry else iter(())
    else:
        found = _of_change(proposal, entry)
    order = {name: place for place, name in enumerate([*citable(model), *model.children])}
    return sorted(found, key=lambda side: (not side.needed, order.get(side.name, len(order)), side.name))


def open_fields(proposal: Proposal) -> list[str]:
    """The fields that nobody has decided yet."""
    return [name for name in proposal.proposed if name not in proposal.decisions]


def needed(proposal: Proposal) -> list[str]:
    """The fields that a new record cannot do without and nobody proposed."""
    model = model_of(proposal)
    if proposal.kind != ProposalKind.NEW or proposal.code:
        return []
    required = [f.name for f in model._meta.fields if f.editable and not f.blank and not f.has_default()]
    return [name for name in required if name not in proposal.proposed]


def stated(entry: Entry, values: dict[str, Any]) -> list[str]:
    """The fields that say anything: neither empty nor what stands there before anybody says something."""
    silent = versions.snapshot(type(entry)())
    return [name for name, value in values.items() if value not in _EMPTY and value != silent.get(name)]


def _of_change(proposal: Proposal, entry: Entry | None) -> Iterator[Side]:
    model = model_of(proposal)
    now = versions.snapshot(entry) if entry else proposal.before
    seen = proposal.before
    if entry and proposal.base_version:
        seen = now if proposal.base_version == entry.version else versions.as_of(entry, proposal.base_version)
    delicate = wants_second_person(model, proposal.proposed, entry)
    for name, value in proposal.proposed.items():
        yield Side(
            name,
            seen.get(name),
            now.get(name),
            value,
            decided=proposal.decisions.get(name),
            is_row=name in model.children,
            wants_second=name in delicate,
        )


def _of_new(proposal: Proposal) -> Iterator[Side]:
    model = model_of(proposal)
    delicate = wants_second_person(model, [*proposal.proposed, *needed(proposal)])
    for name in [*needed(proposal), *proposal.proposed]:
        yield Side(
            name,
            None,
            None,
            proposal.proposed.get(name),
            decided=proposal.decisions.get(name),
            is_row=name in model.children,
            needed=name not in proposal.proposed,
            wants_second=name in delicate,
            compared=False,
        )


def _of_draft(proposal: Proposal, entry: Entry) -> Iterator[Side]:
    values = {name: value for name, value in versions.snapshot(entry).items() if _is_content(type(entry), name)}
    sent = versions.as_of(entry, proposal.base_version or entry.version)
    said = stated(entry, values)
    delicate = wants_second_person(type(entry), said, entry)
    for name, value in values.items():
        if name in said or sent.get(name) != value:
            yield Side(
                name,
                sent.get(name),
                value,
                value,
                is_row=name in entry.children,
                wants_second=name in delicate,
            )


def _is_content(model: type[Entry], name: str) -> bool:
    return name in citable(model) or name in model.children
