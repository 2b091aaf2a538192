"""What a reviewer decided: field by field, with where the facts stand and what to say about it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What becomes of one proposed field."""

    ACCEPT = "accept"
    EDIT = "edit"
    DECLINE = "decline"
    ASK = "ask"
    LEAVE = "leave"


TAKEN_OVER = frozenset({Kind.ACCEPT, Kind.EDIT})


@dataclass(frozen=True)
class Verdict:
    """About one field; `value` is the plain value that an edit puts in place of the proposed one."""

    kind: str
    value: Any = None
    reason: str = ""

    def as_kept(self) -> dict[str, Any]:
        """As the proposal keeps it, and its author may read it."""
        kept = {"kind": str(self.kind), "reason": self.reason}
        return kept | ({"value": self.value} if self.kind == Kind.EDIT else {})


@dataclass(frozen=True)
class Citing:
    """Where the accepted facts stand: the code of a source, and the place in it."""

    source: str
    locator: str


@dataclass(frozen=True)
class Decision:
    """All that one reviewer decided at once; `seen` is the version of the record that they saw."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    seen: int | None = None
    citation: Citing | None = None
    message: str = ""
    publish: bool = False

    def of(self, *kinds: str) -> dict[str, Verdict]:
        """The verdicts of these kinds."""
        return {name: verdict for name, verdict in self.verdicts.items() if verdict.kind in kinds}

    @property
    def accepts(self) -> bool:
        """Whether anything is to be written."""
        return self.publish or bool(self.of(*TAKEN_OVER))

    def values(self, proposed: dict[str, Any]) -> dict[str, Any]:
        """The plain values that are to be written."""
        return {
            name: verdict.value if verdict.kind == Kind.EDIT else proposed[name]
            for name, verdict in self.of(*TAKEN_OVER).items()
        }

    def as_kept(self) -> dict[str, Any]:
        """As the proposal keeps it for the second person."""
        return {
            "verdicts": {name: verdict.as_kept() for name, verdict in self.verdicts.items()},
            "seen": self.seen,
            "citation": [self.citation.source, self.citation.locator] if self.citation else None,
            "message": self.message,
            "publish": self.publish,
        }

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        """What `as_kept` gave."""
        return cls(
            {name: Verdict(**verdict) for name, verdict in kept["verdicts"].items()},
            kept["seen"],
            Citing(*kept["citation"]) if kept["citation"] else None,
            kept["message"],
            kept["publish"],
        )
