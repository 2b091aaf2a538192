"""What is wrong with a row: in which column, what stands there, and what to do."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class Wrong(Exception):
    """A cell cannot be taken; the message says what to do. `kind` is what an editor can decide for many at once."""

    def __init__(self, message: str, kind: str = "", value: str = "") -> None:
        super().__init__(message)
        self.kind, self.value = kind, value


@dataclass(frozen=True)
class Problem:
    """One reason why a row is refused; the column is a field's name, or "" for the row as a whole."""

    column: str
    message: str
    value: str = ""
    kind: str = ""

    def as_json(self) -> dict[str, str]:
        """For the row of the import."""
        shown = {"message": self.message, "value": self.value[:200]}
        return {"column": self.column, "kind": self.kind} | {name: visible(text) for name, text in shown.items()}


def visible(text: str) -> str:
    """Without the NUL bytes that the database cannot hold."""
    return text.replace("\x00", "\ufffd")


def problems_of(refusal: Exception) -> list[Problem]:
    """What the rules of the register say against the record, by field."""
    if not isinstance(refusal, ValidationError):
        return [Problem("", str(refusal))]
    if not hasattr(refusal, "error_dict"):
        return [Problem("", message) for message in refusal.messages]
    return [
        Problem("" if name == NON_FIELD_ERRORS else name, message)
        for name, messages in refusal.message_dict.items()
        for message in messages
    ]
