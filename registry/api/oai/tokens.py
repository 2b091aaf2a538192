"""Resumption tokens: where a list goes on, signed, so that nothing has to be kept and none ever expires."""

from dataclasses import astuple, dataclass

from django.core.signing import BadSignature, Signer

from .refusals import Refused

_SIGNER = "registry.api.oai"


@dataclass(frozen=True)
class Position:
    """After which number of the feed a list goes on, how many records were sent, and what was asked at first."""

    verb: str
    arguments: dict[str, str]
    after: int = 0
    sent: int = 0

    def token(self) -> str:
        """For the client to give back."""
        return Signer(salt=_SIGNER).sign_object(astuple(self))


def position(verb: str, token: str) -> Position:
    """Where the token leads. Raises Refused for one that was not given out, or for another verb."""
    try:
        found = Position(*Signer(salt=_SIGNER).unsign_object(token))
    except (BadSignature, ValueError):
        raise bad_token() from None
    if found.verb != verb:
        raise bad_token()
    return found


def bad_token() -> Refused:
    """The list has to be asked for anew."""
    return Refused("badResumptionToken", "This resumptionToken leads nowhere. Ask for the list anew.")
