"""Asks a web address once, whether it still answers."""

import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass
from string import punctuation
from urllib.parse import quote, urljoin

from django.utils.translation import gettext as _

from .addresses import PORTS, Refused, is_public, resolve
from .reaching import Guard, Host, Reply, Unreached, reach, sender

SECONDS = 10  # for everything: name, connection and answer
LONGEST_ADDRESS = 1000  # characters of the address that something moved to

# Some servers know no HEAD and say so, or say that it is forbidden, wrong or not there.
_ASK_WITH_GET = {400, 403, 404, 405, 501}
_MOVED_FOR_GOOD, _MOVED_FOR_NOW = {301, 308}, {302, 303, 307}


@dataclass(frozen=True)
class Answer:
    """What an address said: outcome is “ok”, “moved”, “gone”, “failed” or “refused” (then it was not asked)."""

    outcome: str
    http_status: int | None
    moved_to: str
    words: str


def check(
    url: str,
    *,
    resolve: Callable[[str, int], list[str]] = resolve,
    allowed: Callable[[str], bool] = is_public,
    ports: Collection[int] = PORTS,
    seconds: float = SECONDS,
    trust: ssl.SSLContext | None = None,
) -> Answer:
    """Ask an address with HEAD, or GET where that is not answered, and follow it nowhere. Never raises."""
    try:
        reply = reach(url, _ask, seconds=seconds, guard=Guard(resolve, allowed, ports, trust))
    except Refused as refused:
        return Answer("refused", None, "", str(refused))
    except Unreached as unreached:
        return Answer("failed", None, "", str(unreached))
    return _judge(reply.status, url, reply.headers.get("Location", ""))


def _ask(host: Host) -> Reply:
    headers = {"User-Agent": sender("link check"), "Accept": "*/*"}
    reply = host.send("HEAD", headers=headers)
    return host.send("GET", headers=headers) if reply.status in _ASK_WITH_GET else reply


def _judge(status: int, url: str, location: str) -> Answer:
    moved = status in _MOVED_FOR_GOOD | _MOVED_FOR_NOW
    if 200 <= status < 300:
        return Answer("ok", status, "", _("The address answers."))
    if moved and location:
        for_good = status in _MOVED_FOR_GOOD
        words = _("It has moved to another address.") if for_good else _("It leads on to another address for now.")
        return Answer("moved", status, _next_address(url, location), words)
    if status in {404, 410}:
        return Answer("gone", status, "", _("There is nothing at this address any more."))
    if status in {401, 403, 407, 429, 451}:
        return Answer("failed", status, "", _("The host answers, but does not let the register in."))
    return Answer("failed", status, "", _("The host answers with an error."))


def _next_address(url: str, location: str) -> str:
    """The address in full, for people to read; empty when it is none of the web, or too long to keep."""
    try:
        # Headers are read as Latin-1; whatever was sent beyond ASCII is shown percent-encoded.
        address = urljoin(url, quote(location.encode("latin-1", "replace"), safe=punctuation))
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS else ""
