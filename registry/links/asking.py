"""Asks a web address once, with little time, few bytes and no trust."""

import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, RemoteDisconnected
from string import punctuation
from urllib.parse import quote, urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError

from .addresses import PORTS, Refused, Target, is_public, resolve, target

SECONDS = 10  # for everything: name, connection and answer
MOST_BYTES = 64 * 1024  # read of an answer, its headers included
MOST_ADDRESSES = 4  # of one host that are tried
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
    """Ask an address with HEAD, or GET where that is not answered, and follow it nowhere. Never raises.

    The name is resolved once; unless each of its addresses is `allowed`, nothing is sent. The connection goes to one of
    these very addresses, so that a name which changes between two look-ups (DNS rebinding) leads nowhere else.
    """
    end = time.monotonic() + seconds
    try:
        asked = target(url, ports)
        addresses = _in_time(lambda: resolve(asked.host, asked.port), end)
        if not addresses or not all(map(allowed, addresses)):
            raise Refused(_("The address leads into a network that is not public."))
        status, location = _ask(asked, addresses[:MOST_ADDRESSES], end, trust)
    except Refused as refused:
        return Answer("refused", None, "", str(refused))
    except socket.gaierror:
        return Answer("failed", None, "", _("There is no host of this name."))
    except ssl.SSLCertVerificationError:
        return Answer("failed", None, "", _("The certificate of the host is not valid for its name."))
    except (OSError, HTTPError, HTTPException, ValueError, queue.Empty) as error:
        # A refused connection is a ConnectTimeoutError to urllib3 too, of a kind of its own.
        if time.monotonic() >= end or isinstance(error, TimeoutError) or type(error) is ConnectTimeoutError:
            return Answer("failed", None, "", _("No answer within %(seconds)d seconds.") % {"seconds": seconds})
        return Answer("failed", None, "", _("The host cannot be reached or is no web server."))
    return _judge(status, url, location)


def _in_time(work: Callable[[], list[str]], end: float) -> list[str]:
    """What the work gives, or queue.Empty when it takes too long: a resolver knows no time limit of its own."""
    done: queue.SimpleQueue[tuple[list[str], Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        # Whatever it is belongs to the thread that waits.
        except Exception as error:
            done.put(([], error))

    threading.Thread(target=run, daemon=True).start()
    found, error = done.get(timeout=max(0.001, end - time.monotonic()))
    if error:
        raise error
    return found


def _ask(asked: Target, addresses: list[str], end: float, trust: ssl.SSLContext | None) -> tuple[int, str]:
    """Status and Location of the first address that can be reached."""
    for number, address in enumerate(addresses):
        share = (end - time.monotonic()) / (len(addresses) - number)
        try:
            found = _send("HEAD", asked, address, share, end, trust)
        except (ConnectTimeoutError, ConnectionError) as error:
            if number + 1 == len(addresses) or isinstance(error, RemoteDisconnected):
                raise
            continue
        return _send("GET", asked, address, share, end, trust) if found[0] in _ASK_WITH_GET else found
    raise ConnectionError


def _send(
    method: str, asked: Target, address: str, seconds: float, end: float, trust: ssl.SSLContext | None
) -> tuple[int, str]:
    """Send one request to an IP address and read the head of the answer; the body is never read."""
    options = {"port": asked.port, "timeout": max(0.001, min(seconds, end - time.monotonic()))}
    if asked.scheme == "https":
        # The certificate has to be that of the name, whatever address it is asked at.
        connection = HTTPSConnection(
            address, ssl_context=trust or ssl.create_default_context(), server_hostname=asked.host, **options
        )
    else:
        connection = HTTPConnection(address, **options)
    connection.response_class = _ShortResponse
    # A time limit of sockets starts anew with every byte; this one does not.
    bell = threading.Timer(max(0.001, end - time.monotonic()), _hang_up, [connection])
    bell.daemon = True
    try:
        connection.connect()
        bell.start()
        connection.timeout = max(0.001, end - time.monotonic())
        connection.request(method, asked.path, headers=_headers(asked), preload_content=False)
        response = connection.getresponse()
        response.close()
    finally:
        bell.cancel()
        connection.close()
    if time.monotonic() >= end:
        raise TimeoutError
    return response.status, response.headers.get("Location", "")


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _headers(asked: Target) -> dict[str, str]:
    public_url = settings.PUBLIC_URL
    name = f"CaspianHeritageRegister/1.0 (link check{'; +' if public_url else ''}{public_url})"
    return {
        "Host": asked.host_header,
        "User-Agent": name,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


class _ShortResponse(HTTPResponse):
    """An answer of which no more than MOST_BYTES are read, however long its headers are."""

    def __init__(self, sock: socket.socket, *given: object, **named: object) -> None:
        super().__init__(sock, *given, **named)
        self.fp = io.BufferedReader(_Rationed(self.fp.detach()))


class _Rationed(io.RawIOBase):
    """Gives MOST_BYTES of what it reads from, and an error for more."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self.raw, self.left = raw, MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int | None:
        if not self.left:
            raise HTTPException("too long")
        size = self.raw.readinto(memoryview(buffer)[: self.left])
        self.left -= size or 0
        return size

    def close(self) -> None:
        self.raw.close()
        super().close()


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
