"""Answers that need not be sent again: one ETag for an address, a state of the register and a state of the code."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
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
        """Whether the client names this very ETag; "*" is not an answer before the record is known to exist."""
        return self.etag in request.headers.get("If-None-Match", "").replace(" ", "").split(",")


def validators(request: Request, media_type: str) -> Validators:
    """Those of the address as asked; read before the records, so that an answer is never older than it says."""
    newest = public.changes().values_list("number", "at").first()
    number, at = newest or (0, None)
    changed = at
    if at and at > timezone.now() - timedelta(seconds=1):
        changed = None  # Last-Modified counts whole seconds: another change may still fall into this one
    return Validators(_etag(number, request.build_absolute_uri(), media_type), changed, number, at)


def names_current(given: str, address: str, media_type: str, since: int) -> bool:
    """Whether an If-Match names an answer of the address that was sent after the public change numbered `since`.

    An ETag ends with any public change anywhere; for whoever writes, only what happened to the record itself counts.
    """
    wanted = set(given.replace(" ", "").split(","))
    numbers = public.changes().filter(number__gte=since).values_list("number", flat=True)[:_LOOKED_BACK]
    return any(_etag(number, address, media_type) in wanted for number in numbers)


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
