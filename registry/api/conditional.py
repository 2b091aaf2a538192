"""Answers that need not be sent again: one ETag for an address, a state of the register and a state of the code."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from registry import public

_LOOKED_BACK = 2000  # public changes; whoever holds something older reads the record once more


class NotModified(APIException):
    """The client holds what it would be sent."""

    status_code = 304


@dataclass(frozen=True)
class Validators:
    """What a client keeps to ask again: a strong ETag, and when the register last changed (UTC), if that is certain.

    `revision` is the number of the newest public change, `newest` its moment.
    """

    etag: str
    changed: datetime | None
    revision: int
    newest: datetime | None = None

    def held_by(self, request: Request) -> bool:
        """Whether the client names this ETag; "*" is not an answer before the record is known to exist.

        A proxy that compresses makes a weak tag of it, which for reading again is as good (RFC 9110, 13.1.2).
        """
        return self.etag in _tags(request.headers.get("If-None-Match", ""))


def validators(request: Request, media_type: str) -> Validators:
    """Those of the address as asked; read before the records, so that an answer is never older than it says."""
    newest = public.changes().values_list("number", "at").first()
    return of_state(request, media_type, *(newest or (0, None)))


def of_state(request: Request, media_type: str, number: int, at: datetime | None) -> Validators:
    """Those of the address at the state that has this number, reached at this moment."""
    changed = at
    if at and at > timezone.now() - timedelta(seconds=1):
        changed = None  # Last-Modified counts whole seconds: another change may still fall into this one
    return Validators(_etag(number, request.build_absolute_uri(), media_type), changed, number, at)


def names_current(given: str, address: str, media_type: str, since: int) -> bool:
    """Whether an If-Match names an answer of the address that was sent after the public change numbered `since`.

    An ETag ends with any public change anywhere; for whoever writes, only what happened to the record itself counts.
    Nothing here makes weak tags, so a weak one is one of these after a proxy compressed the answer: it names the same
    state. (RFC 9110, 13.1.1, compares strongly where a request changes its own address; a proposal changes nothing.)
    """
    wanted = _tags(given)
    numbers = public.changes().filter(number__gte=since).values_list("number", flat=True)[:_LOOKED_BACK]
    return any(_etag(number, address, media_type) in wanted for number in numbers)


def _tags(header: str) -> set[str]:
    """The entity tags of a header, weak ones as the strong ones that they come from; "*" as it is."""
    return {tag.removeprefix("W/") for tag in parse_etags(header.strip())}


def _etag(revision: int, address: str, media_type: str) -> str:
    seen = "\n".join([str(revision), address, media_type, _release()])
    return f'"{salted_hmac("registry.api", seen).hexdigest()[:32]}"'


@cache
def _release() -> str:
    """A fingerprint of the code, because a new release may say the same records otherwise."""
    digest = sha256()
    for path in sorted(Path(settings.BASE_DIR, "registry").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
