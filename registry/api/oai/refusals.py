"""What the protocol has a code for (OAI-PMH 2.0, section 3.6)."""


class Refused(Exception):
    """The request cannot be answered; `code` is the protocol's, the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def bad_argument(message: str) -> Refused:
    """An argument is missing, unknown, given twice or malformed."""
    return Refused("badArgument", message)
