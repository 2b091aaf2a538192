"""Reaches a host of the public web, and nothing else: with little time, few bytes and no trust."""

import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError

from .addresses import PORTS, Refused, Target, is_public, resolve, target

MOST_BYTES = 64 * 1024  # read of an answer, its headers included
MOST_ADDRESSES = 4  # of one host that are tried


class Unreached(Exception):
    """Nobody answered; the words say why."""


@dataclass(frozen=True)
class Guard:
    """What is let through: the Internet at the ports of the web, and certificates that the system trusts."""

    resolve: Callable[[str, int], list[str]] = resolve
    allowed: Callable[[str], bool] = is_public
    ports: Collection[int] = PORTS
    trust: ssl.SSLContext | None = None


PUBLIC = Guard()


@dataclass(frozen=True)
class Reply:
    """The head of an answer; its body is never read."""

    status: int
    headers: Mapping[str, str]


class Host:
    """A host whose every address was checked; what is sent goes to one of these very addresses."""

    def __init__(self, asked: Target, addresses: list[str], end: float, trust: ssl.SSLContext | None) -> None:
        self._asked, self._addresses, self._end, self._trust = asked, addresses, end, trust

    def send(self, method: str, *, headers: Mapping[str, str], body: bytes | None = None) -> Reply:
        """Send one request to the first address that can be connected to, and there alone; it is followed nowhere."""
        connection = self._connected()
        # A time limit of sockets starts anew with every byte; this one does not.
        bell = threading.Timer(max(0.001, self._end - time.monotonic()), _hang_up, [connection])
        bell.daemon = True
        try:
            bell.start()
            connection.timeout = max(0.001, self._end - time.monotonic())
            own = {"Host": self._asked.host_header, "Accept-Encoding": "identity", "Connection": "close"}
            connection.request(method, self._asked.path, body=body, headers=own | headers, preload_content=False)
            response = connection.getresponse()
            response.close()
        finally:
            bell.cancel()
            connection.close()
        if time.monotonic() >= self._end:
            raise TimeoutError
        return Reply(response.status, response.headers)

    def _connected(self) -> HTTPConnection:
        """To the first address that answers, which is the only one from then on."""
        for number, address in enumerate(self._addresses):
            left = self._end - time.monotonic()
            connection = self._connection(address, max(0.001, left / (len(self._addresses) - number)))
            bell = threading.Timer(max(0.001, left), _hang_up, [connection])
            bell.daemon = True
            try:
                bell.start()
                connection.connect()
            except BaseException as error:
                connection.close()
                last = number + 1 == len(self._addresses)
                if last or not isinstance(error, ConnectTimeoutError | ConnectionError):
                    raise
                continue
            finally:
                bell.cancel()
            self._addresses = [address]
            return connection
        raise ConnectionError

    def _connection(self, address: str, seconds: float) -> HTTPConnection:
        options = {"port": self._asked.port, "timeout": seconds}
        if self._asked.scheme == "https":
            # The certificate has to be that of the name, whatever address it is asked at.
            trust = self._trust or ssl.create_default_context()
            made = HTTPSConnection(address, ssl_context=trust, server_hostname=self._asked.host, **options)
        else:
            made = HTTPConnection(address, **options)
        made.response_class = _ShortResponse
        return made


def reach(url: str, ask: Callable[[Host], Reply], *, seconds: float, guard: Guard = PUBLIC) -> Reply:
    """What `ask` gets from the host of an address. Raises Refused where it is not public, Unreached where none answers.

    The name is resolved once; unless each of its addresses is allowed, nothing is sent. The connection goes to one of
    these very addresses, so that a name which changes between two look-ups (DNS rebinding) leads nowhere else.
    """
    end = time.monotonic() + seconds
    try:
        asked = target(url, guard.ports)
        addresses = _in_time(lambda: guard.resolve(asked.host, asked.port), end)
        if not addresses or not all(map(guard.allowed, addresses)):
            raise Refused(_("The address leads into a network that is not public."))
        return ask(Host(asked, addresses[:MOST_ADDRESSES], end, guard.trust))
    except socket.gaierror as error:
        raise Unreached(_("There is no host of this name.")) from error
    except ssl.SSLCertVerificationError as error:
        raise Unreached(_("The certificate of the host is not valid for its name.")) from error
    except (OSError, HTTPError, HTTPException, ValueError, queue.Empty) as error:
        # A refused connection is a ConnectTimeoutError to urllib3 too, of a kind of its own.
        if time.monotonic() >= end or isinstance(error, TimeoutError) or type(error) is ConnectTimeoutError:
            raise Unreached(_("No answer within %(seconds)d seconds.") % {"seconds": seconds}) from error
        raise Unreached(_("The host cannot be reached or is no web server.")) from error


def sender(what_for: str) -> str:
    """The User-Agent that says who asks, and what for."""
    public_url = settings.PUBLIC_URL
    return f"CaspianHeritageRegister/1.0 ({what_for}{'; +' if public_url else ''}{public_url})"


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


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


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
