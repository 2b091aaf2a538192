"""How much one sender may read in a minute, and how many files at once; beyond it the answer is 429 with Retry-After.

Counted in Django's cache: by each process of a server for itself, as long as each keeps a cache of its own. So a sender
may get up to as many times the pace as there are processes: it is there to keep others' way free. Who reads stands in
no log and no table, and is forgotten with the minute.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from knox.models import AbstractAuthToken
from rest_framework.exceptions import APIException, AuthenticationFailed, Throttled

from registry import visitors
from registry.models import TokenScope

from . import problems
from .tokens import PartnerToken

WINDOW = 60  # seconds
LEASE = 15 * 60  # seconds after which a file whose end nobody saw is no longer counted
SOON = 5  # seconds to wait for one of one's own files to end
PARTNERS = 5  # times the pace of anybody
A_FILE = 10  # reads that a whole list as a file weighs
AT_ONCE, PARTNERS_AT_ONCE = 2, 4  # files


@dataclass(frozen=True)
class Sender:
    """Who reads, under a name that holds no name, and what they may: reads and files in a minute, files at once."""

    name: str
    reads: int
    at_once: int

    def read(self) -> None:
        """Count one more read; raises Throttled."""
        self._count("read", self.reads)

    def file(self, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """The answer with a whole file, counted until its last byte is sent or its reader is gone; raises Throttled."""
        self._count("file", max(1, self.reads // A_FILE))
        over = self._begin()
        try:
            answer = make()
        except BaseException:
            over()
            raise
        if answer.streaming:
            answer.over, answer.streaming_content = over, _Watched(answer.streaming_content, over)
        else:
            over()
        return answer

    def _count(self, what: str, most: int) -> None:
        now = int(time.time())
        if _one_more(f"pace:{what}:{self.name}:{now // WINDOW}", WINDOW) > most:
            raise Throttled(WINDOW - now % WINDOW, _("Much was asked for from here within a minute."))

    def _begin(self) -> Callable[[], None]:
        """One more file is on its way; what is returned says once that it is over."""
        key, is_over = f"pace:files:{self.name}:{int(time.time()) // LEASE}", False

        def over() -> None:
            nonlocal is_over
            if not is_over:
                is_over = True
                with suppress(ValueError):  # forgotten already
                    cache.decr(key)

        if _one_more(key, LEASE) > self.at_once:
            over()
            raise Throttled(SOON, _("As many files as may be at once are on their way to you."))
        return over


@dataclass(frozen=True)
class _Watched:
    """The pieces of a file; the server closes it whether all of them were sent or not."""

    pieces: Iterable[bytes]
    over: Callable[[], None]

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces

    def close(self) -> None:
        """The file is over."""
        self.over()


def reader(request: HttpRequest, token: Callable[[], AbstractAuthToken | None]) -> Sender:
    """Who reads, this read counted; `token` finds out whose token it is. Raises AuthenticationFailed or Throttled.

    A token changes the pace and nothing else: no byte of an answer, so caches between may keep it for everybody. One
    without the scope `read` reads as anybody does; one that is wrong is counted by where it comes from.
    """
    try:
        known = token()
    except AuthenticationFailed:
        _anybody(request).read()
        raise
    if known and TokenScope.READ in known.scopes:
        sender = Sender(f"token:{known.digest}", PARTNERS * settings.READS_A_MINUTE, at_once=PARTNERS_AT_ONCE)
    else:
        sender = _anybody(request)
    sender.read()
    return sender


def paced(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A plain view that anybody reads at the pace of the API; the sender stands in `request.sender`, for its files."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            request.sender = reader(request, lambda: (PartnerToken().authenticate(request) or (None, None))[1])
            return view(request, *args, **kwargs)
        except (Throttled, AuthenticationFailed) as refusal:
            return refused(request, refusal)

    return answer


def refused(request: HttpRequest, refusal: APIException) -> HttpResponseBase:
    """The refusal as the API answers it, outside its views."""
    answer = problems.answer(refusal.status_code, str(refusal.detail))
    if isinstance(refusal, Throttled):
        answer["Retry-After"] = str(refusal.wait)
    else:
        answer["WWW-Authenticate"] = PartnerToken().authenticate_header(request)
    return answer


def _anybody(request: HttpRequest) -> Sender:
    return Sender(f"from:{visitors.sender_of(request)}", settings.READS_A_MINUTE, at_once=AT_ONCE)


def _one_more(key: str, seconds: int) -> int:
    """Count one under the key, which is forgotten after so many seconds or when the cache needs the room."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # forgotten in between
        return 1
