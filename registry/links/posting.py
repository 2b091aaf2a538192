"""Sends something to a web address of the public Internet, with the same care as asking one."""

from collections.abc import Mapping
from ipaddress import ip_address

from django.utils.translation import gettext as _

from .addresses import Refused, is_public, target
from .reaching import PUBLIC, Guard, Reply, reach, sender


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, what_for: str, seconds: float, guard: Guard = PUBLIC
) -> Reply:
    """Send the bytes once; only the head of the answer is read, and it is followed nowhere.

    Raises Refused where the address is not public, and Unreached where nobody answers in time.
    """
    said = {"User-Agent": sender(what_for), "Accept": "*/*"} | dict(headers)
    return reach(url, lambda host: host.send("POST", headers=said, body=body), seconds=seconds, guard=guard)


def refuse(url: str) -> None:
    """Raise Refused for an address that can be seen, before its name is looked up, not to be public."""
    host = target(url).host
    try:
        ip_address(host)
    except ValueError:
        return
    if not is_public(host):
        raise Refused(_("The address leads into a network that is not public."))
