"""Links that stop working: looks at the oldest first, remembers since when one fails, and marks what stays dead."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F, Func, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import ledger, links
from registry.models import Initiative, LinkCheck, Resource, ResourceState, Source, State

PATIENCE = timedelta(days=7)  # a link may be away for a weekend of maintenance
MOST = 200  # links in one run
PAUSE = 2.0  # seconds between two requests to one host
# The host is there and keeps programs out: people may well get in, so it says nothing about the link.
KEEPS_OUT = {401, 403, 407, 429, 451}
_NEVER = datetime.min.replace(tzinfo=UTC)
_Check = Callable[[str], links.Answer]


@dataclass(frozen=True)
class Link:
    """An address that a published record names, and when it was last looked at (UTC)."""

    code: str
    url: str
    checked_at: datetime = _NEVER


@dataclass(frozen=True)
class Finding:
    """What a look at a link found, and in words what an editor should know about it."""

    link: Link
    answer: links.Answer
    failing_since: datetime | None
    news: str = ""


class _Unnest(Func):
    function, set_returning = "unnest", True


def run(
    most: int = MOST, *, pause: float = PAUSE, check: _Check = links.check, now: datetime | None = None
) -> Iterator[Finding]:
    """Look at so many links, one after the other, never twice at a host within `pause` seconds; `now` is UTC.

    While nobody at all has answered, the register's own connection may be down: then no failure is noted.
    """
    asked: dict[str, float] = {}
    held: list[tuple[Link, links.Answer]] | None = []
    for link in oldest(most):
        host = urlsplit(link.url).hostname or ""
        if host in asked:
            time.sleep(max(0.0, asked[host] + pause - time.monotonic()))
        answer = check(link.url)
        asked[host] = time.monotonic()
        if held is not None and answer.outcome == "failed" and answer.http_status is None:
            held.append((link, answer))
            continue
        if held is not None and answer.http_status:
            yield from (_finding(*pair, now or timezone.now()) for pair in held)
            held = None
        yield _finding(link, answer, now or timezone.now())
    for link, answer in held or []:
        yield Finding(link, answer, None, _("not noted, since nothing answered in this run"))


def oldest(most: int) -> list[Link]:
    """Links of published resources, sources and initiatives: first those never looked at, then the longest ago."""
    found = [*_single(Resource, most), *_single(Source, most), *_of_initiatives()]
    return sorted(found, key=lambda link: (link.checked_at, link.code, link.url))[:most]


def _single(model: type[Resource] | type[Source], most: int) -> list[Link]:
    checked = LinkCheck.objects.filter(code=OuterRef("pk"), url=OuterRef("url")).values("checked_at")[:1]
    waiting = (
        model.objects.public()
        .exclude(url="")
        .annotate(checked_at=Subquery(checked))
        .order_by(F("checked_at").asc(nulls_first=True), "code")
        .values_list("pk", "url", "checked_at")
    )
    return [Link(code, url, checked_at or _NEVER) for code, url, checked_at in waiting[:most]]


def _of_initiatives() -> list[Link]:
    checked = LinkCheck.objects.filter(code__startswith=f"{Initiative.prefix}-")
    known = {(code, url): at for code, url, at in checked.values_list("code", "url", "checked_at")}
    named = Initiative.objects.public().order_by().annotate(link=_Unnest(F("links"))).values_list("pk", "link")
    return [Link(code, url, known.get((code, url), _NEVER)) for code, url in set(named)]


def _finding(link: Link, answer: links.Answer, now: datetime) -> Finding:
    row = LinkCheck.objects.filter(code=link.code, url=link.url).first() or LinkCheck(code=link.code, url=link.url)
    if answer.outcome in {"ok", "moved"}:
        row.failing_since = None
    elif answer.outcome != "refused" and answer.http_status not in KEEPS_OUT:
        row.failing_since = row.failing_since or now
    row.checked_at, row.outcome, row.http_status = now, answer.outcome, answer.http_status
    row.moved_to = (answer.moved_to or "")[:1000]
    try:
        ledger.note_link(row)
    except IntegrityError:
        return Finding(link, answer, row.failing_since, _("another run looks at it at the same time"))
    return Finding(link, answer, row.failing_since, _news(row, now))


def _news(row: LinkCheck, now: datetime) -> str:
    """Mark a resource whose link has failed for too long; that one answers again is said, and decided by editors."""
    resource = Resource.objects.filter(pk=row.code, url=row.url, state=State.PUBLISHED).first()
    if not resource:
        return ""
    dead = resource.status == ResourceState.DEAD_LINK
    if dead and row.outcome in {"ok", "moved"}:
        return _("it answers again; its availability still says that it does not")
    if not row.failing_since or now - row.failing_since < PATIENCE or resource.status not in {"", ResourceState.LIVE}:
        return ""
    reason = _("The link has not answered since %(day)s.") % {"day": row.failing_since.date().isoformat()}
    resource.status = ResourceState.DEAD_LINK
    try:
        with ledger.batch(by=None, reason=reason) as batch:
            batch.save(resource, expected=resource.version)
    except ledger.Refused as refusal:
        return str(refusal)
    except ValidationError as error:
        return " ".join(error.messages)
    return _("marked: the link no longer works")


def summary(findings: list[Finding]) -> str:
    """How many links were looked at, and how many of them gave which answer."""
    counted = Counter(finding.answer.outcome for finding in findings)
    parts = ", ".join(f"{outcome} {number}" for outcome, number in sorted(counted.items()))
    return _("%(count)d links looked at: %(parts)s.") % {"count": len(findings), "parts": parts or _("none was due")}
