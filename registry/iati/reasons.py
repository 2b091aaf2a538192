"""Why something is left out: in plain words, and with the field of the record that could mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """`field` is one of the document, or None where no record is at fault; `part` is the code of a funding line."""

    text: str
    field: str | None = None
    part: str | None = None


class Reasons:
    """Collected while an activity is made: what it cannot do without, and parts that it goes without."""

    def __init__(self) -> None:
        self.missing: list[Reason] = []
        self.parts: list[Reason] = []

    def lacks(self, field: str | None, text: str) -> None:
        """The standard does not take the activity without this."""
        self.missing.append(Reason(text, field))

    def without(self, field: str, text: str, part: str | None = None) -> None:
        """The activity is told, but not this of it."""
        self.parts.append(Reason(text, field, part))
