"""Which web addresses may be asked: public hosts at the usual ports, and nothing in a network of one's own."""

import re
import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from typing import NoReturn
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

# Other ports belong to mail, databases and consoles; a register that knocks there is a scanner in somebody's hands.
PORTS = frozenset({80, 443})
_DEFAULT_PORTS = {"http": 80, "https": 443}

# IPv6 that is given out for the Internet (RFC 4291), and the parts of it that hide an IPv4 address, are there for
# documentation, or lead to a relay. NAT64, IPv4-mapped, unique local, link-local and multicast lie outside.
_INTERNET_6 = ip_network("2000::/3")
_NOT_PUBLIC = [
    *(ip_network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")),
    ip_network("192.0.0.0/24"),  # Python 3.11 knows only parts of it; a cloud keeps its metadata here
    ip_network("192.88.99.0/24"),
]


class Refused(Exception):
    """The address is not asked; the words say why."""


@dataclass(frozen=True)
class Target:
    """A web address taken apart: the host in ASCII, and path and query as they are sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as RFC 9110, section 7.2, has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str, ports: Collection[int] = PORTS) -> Target:
    """Take an address apart; Refused when it is none of the public web."""
    if len(url) > 2000 or re.search(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]", url):
        raise Refused(_("The address is too long or holds spaces or invisible signs."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(_("This is no web address.")) from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise Refused(_("Only addresses that start with http:// or https:// are asked."))
    if "@" in parts.netloc:
        raise Refused(_("The address holds a user name or a password."))
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise Refused(_("Only the ports of the web, 80 and 443, are asked."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]") if parts.query else ""
    host = _host(parts.hostname or "")
    if ("[" in parts.netloc) != (":" in host):
        _refuse_host()
    return Target(parts.scheme, host, port, path + query)


def _host(name: str) -> str:
    """The host in lower-case ASCII without its closing dot; an IP address in its one usual spelling."""
    try:
        return str(ip_address(name)) if "%" not in name else _refuse_host()
    except ValueError:
        pass
    try:
        # Full-width digits and ideographic dots become plain ones here, so the rules below see them.
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        _refuse_host()
    if not re.fullmatch(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+", host) or len(host) > 253:
        _refuse_host()
    # 127.1, 0x7f.0.0.1 and 2130706433 are IPv4 addresses to a resolver (WHATWG URL, section 3.5: ends in a number).
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]):
        return _usual_ipv4(host)
    return host


def _usual_ipv4(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except ValueError:
        return _refuse_host()


def _refuse_host() -> NoReturn:
    raise Refused(_("The address does not name a public host."))


def resolve(host: str, port: int) -> list[str]:
    """Every IP address of a host; OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_kind, sockaddr in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet, by IANA's special-purpose registries. Never raises."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if ip.version == 6 and (ip not in _INTERNET_6 or ip.scope_id):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or any(ip in block for block in _NOT_PUBLIC))
