"""Numbers changes in the order in which they are committed, so that nobody who follows the numbers misses one."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from registry.canonical import FIRST
from registry.models import Change

from . import chaining, tables

# One number for PostgreSQL's advisory lock: whoever holds it hands out the next change numbers.
_NUMBERING_LOCK = 0x4865726974616765


def number(changes: list[Change]) -> None:
    """Number, date and store changes; nobody else can until the transaction ends.

    All that can be done before the others have to wait is done before.
    """
    if not changes:
        return
    for place, change in enumerate(changes, start=1):
        change.number, change.at = place, None
    rows = [tables.row(change) for change in changes]
    statement = tables.adding(Change, rows[0], number="r.number + %s", at="%s", chain="(%s::text[])[r.number]")
    text, contents = tables.as_json(rows), [chaining.content(change) for change in changes]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING_LOCK])
        last = Change.objects.order_by("-number").values_list("number", "at", "chain").first()
        above, before, chain = last or (0, None, FIRST)
        # Later than all before, also where the clock was set back: what was taken back is told from that by its moment.
        now = max(timezone.now(), before + timedelta(microseconds=1)) if before else timezone.now()
        for change, content in zip(changes, contents, strict=True):
            change.number, change.at = above + change.number, now
            change.chain = chain = chaining.next_link(chain, change, content)
        cursor.execute(statement, [above, now, [change.chain for change in changes], text])
    for change in changes:
        change._state.adding, change._state.db = False, "default"
