"""Where a request comes from: the visitor's address and network, told by no header that the visitor could write."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
UNKNOWN = "unknown"


def address_of(request: HttpRequest) -> str:
    """The visitor's address; "unknown" where nothing trustworthy names one."""
    visitor = _visitor(request)
    return str(visitor) if visitor else UNKNOWN


def network_of(request: HttpRequest) -> str:
    """The visitor's network, such as 203.0.113.0/24; "unknown" like the address."""
    network = _network(request)
    return str(network) if network else UNKNOWN


def first_address_of_network(request: HttpRequest) -> str | None:
    """The network for whoever can keep addresses only, such as 203.0.113.0; None where it is unknown."""
    network = _network(request)
    return str(network.network_address) if network else None


def sender_of(request: HttpRequest) -> str:
    """Whom to count reading by: an IPv4 address, or the first 64 bits of an IPv6 one, which are a household's."""
    visitor = _visitor(request)
    if visitor is None or visitor.version == 4:
        return str(visitor or UNKNOWN)
    return str(ip_network((visitor, 64), strict=False))


def _network(request: HttpRequest) -> IPv4Network | IPv6Network | None:
    """The first 24 bits of an IPv4 address, the first 48 of an IPv6 one."""
    visitor = _visitor(request)
    return ip_network((visitor, 24 if visitor.version == 4 else 48), strict=False) if visitor else None


def _visitor(request: HttpRequest) -> Address | None:
    """The address that the outermost of our proxies noted; without a proxy, the peer.

    Each proxy writes who asked it at the end of X-Forwarded-For. With PROXY_COUNT of them the visitor stands so many
    places from the end; what stands before that is whatever the visitor claims. A peer on this machine is a proxy.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    proxies = settings.PROXY_COUNT or (1 if _is_local(peer) else 0)
    noted = [place.strip() for place in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    visitor = _address(noted[-proxies]) if 0 < proxies <= len(noted) else None
    return visitor or _address(peer)


def _address(text: str) -> Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_local(peer: str) -> bool:
    """A proxy on the same machine; over a socket it has no address at all."""
    address = _address(peer)
    return address is None or address.is_loopback
