"""Follows the feed of a register from outside, over HTTP, checks every hash, and holds the same records."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from registry.canonical import FIRST, digest, link
from registry.documents import compact

from .addresses import relative

PAGE = 500
MOST_BYTES = 64 * 1024 * 1024  # of one page, unpacked: more than any register says, and less than a machine has
_LINKED = ("number", "at", "code", "noun", "state", "digest")
_PORTS = {"http": 80, "https": 443}  # which no address names
_TRIES = 3  # for a page that breaks off
_AGAIN = Retry(total=6, redirect=0, backoff_factor=0.5, status_forcelist=[429, 502, 503, 504], raise_on_status=False)


class Broken(Exception):
    """The feed cannot be read, or is not what it was; the words say where."""


@dataclass
class Following:
    """A copy of a register: its lines of JSON by collection and code, as of entry `number` with the link `chain`."""

    address: str
    number: int = 0
    chain: str = FIRST
    lines: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.address = _place(self.address)
        self._http = PoolManager(timeout=Timeout(connect=10, read=60), retries=_AGAIN)

    def catch_up(self) -> Iterator[int]:
        """Read on to the end of the feed; yields the number after each page. Raises Broken, and keeps what held."""
        try:
            yield from self._pages()
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise Broken(f"{self.address} answers with something else than a feed.") from error

    def _pages(self) -> Iterator[int]:
        for name in [found["name"] for found in self._read("/api/v1/")["collections"]]:
            self.lines.setdefault(name, {})
        while True:
            page = self._read(f"/api/v1/changes/?after={self.number}&page_size={PAGE}")
            if (newest := page["newest"]) < self.number:
                raise Broken(f"There are {newest} entries now and were {self.number}: the past was rewritten.")
            for entry in page["results"]:
                self._take(entry)
            yield self.number
            if page["next"] is None:
                return
            if not page["results"]:
                raise Broken(f"There is more after entry {self.number}, and none of it is given.")

    def text(self) -> Iterator[str]:
        """Every record as one line of JSON: collection by collection as the register names them, by code."""
        for held in self.lines.values():
            yield from (held[code] for code in sorted(held))

    def _take(self, entry: dict[str, Any]) -> None:
        number, document = entry["number"], entry["document"]
        if number != self.number + 1:
            raise Broken(f"Entry {self.number + 1} is missing.")
        if link(self.chain, {name: entry[name] for name in _LINKED}) != entry["chain"]:
            raise Broken(f"Entry {number} does not follow from those before it: the past was rewritten.")
        if document is not None and digest(relative(document, self.address), entry["salt"]) != entry["digest"]:
            raise Broken(f"The document of entry {number} is not the one that it was made of.")
        if document is not None:
            held = self.lines.setdefault(entry["noun"], {})
            if entry["state"] == "published":
                held[entry["code"]] = compact(document)
            else:
                held.pop(entry["code"], None)
        self.number, self.chain = number, entry["chain"]

    def _read(self, path: str) -> dict[str, Any]:
        try:
            status, body = self._whole(path)
            said = json.loads(body) if status == 200 else None
        except (HTTPError, ValueError, RecursionError) as error:
            raise Broken(f"{self.address}{path} cannot be read: {error}") from error
        if not isinstance(said, dict):
            raise Broken(f"{self.address}{path} answers {status}.")
        return said

    def _whole(self, path: str, tries: int = _TRIES) -> tuple[int, bytes]:
        try:
            return self._ask(path)
        except (ProtocolError, ReadTimeoutError):  # the answer broke off, which the pool does not try again
            if tries == 1:
                raise
            return self._whole(path, tries - 1)

    def _ask(self, path: str) -> tuple[int, bytes]:
        """Status and body of an answer, of which no more is held than MOST_BYTES, whatever it unpacks to."""
        answer = self._http.request(
            "GET", self.address + path, headers={"Accept": "application/json"}, preload_content=False
        )
        try:
            body = answer.read(MOST_BYTES + 1) if answer.status == 200 else b""
        finally:
            answer.close()
        if len(body) > MOST_BYTES:
            raise Broken(f"{self.address}{path} answers with more than {MOST_BYTES >> 20} MiB.")
        return answer.status, body


def _place(address: str) -> str:
    """Scheme, host and port of a register as it writes them itself. Raises Broken for what is no address of one."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise Broken("Give the address of a register, such as https://register.example.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in {None, _PORTS[parts.scheme]} else "")
