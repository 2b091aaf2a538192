"""What tells spam from a message: how long writing took, and how much came from one network. Neither is kept."""

import time

from django.core import signing
from django.http import HttpRequest

from registry import pace
from registry.visitors import network_of

_SALT = "registry.web.spam"
TOO_FAST = 3  # seconds in which nobody reads, writes and agrees
TOO_OLD = 12 * 60 * 60
# So many messages from one network in so many seconds.
MOST = 8
WINDOW = 15 * 60


def started(at: float | None = None) -> str:
    """When a page was made, in seconds since 1970 and signed; now, unless said otherwise."""
    return signing.dumps(int(time.time() if at is None else at), salt=_SALT)


def age_of(token: str) -> float | None:
    """Seconds since the page was made; None for one that is too old or was made by somebody else."""
    try:
        age = time.time() - signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return age if age <= TOO_OLD else None


def seconds_to_wait(request: HttpRequest) -> int:
    """Count one more message from the network; 0, or the seconds until it may send again."""
    return pace.seconds_to_wait(network_of(request), most=MOST, window=WINDOW)
