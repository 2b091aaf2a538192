"""What tells spam from a message: how long writing took, and how much came from one network. Neither is kept."""

import time
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

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
    now = int(time.time())
    key = f"sent:{network_of(request)}:{now // WINDOW}"
    cache.add(key, 0, timeout=WINDOW)
    try:
        sent = cache.incr(key)
    except ValueError:  # it ran out between the two
        return 0
    return WINDOW - now % WINDOW if sent > MOST else 0


def network_of(request: HttpRequest) -> str:
    """The visitor's network: the first 24 bits of an IPv4 address, the first 48 of an IPv6 one.

    Behind a proxy the visitor is the last address in X-Forwarded-For, which the proxy itself wrote; those before it are
    whatever the visitor claims.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    noted = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    visitor = _address(noted) if _address(noted) and (settings.BEHIND_PROXY or _is_local(peer)) else _address(peer)
    if visitor is None:
        return "unknown"
    visitor = getattr(visitor, "ipv4_mapped", None) or visitor
    return str(ip_network((visitor, 24 if visitor.version == 4 else 48), strict=False))


def _address(text: str) -> object | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_local(peer: str) -> bool:
    """A proxy on the same machine; over a socket it has no address at all."""
    address = _address(peer)
    return address is None or address.is_loopback
