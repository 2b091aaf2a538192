"""Counts what senders send, exactly, however many processes count at once."""

from datetime import datetime

from django.db import connection

from .writes import writing


def count_one(key: str, until: datetime) -> int:
    """One more under the key, which is forgotten after `until`; how many there are now."""
    with writing(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO "registry_sendcount" (key, sent, until) VALUES (%s, 1, %s) '
            'ON CONFLICT (key) DO UPDATE SET sent = "registry_sendcount".sent + 1 RETURNING sent',
            [key, until],
        )
        sent = cursor.fetchone()[0]
        if sent == 1:
            # Those that somebody else is just forgetting are passed over: nobody waits for anybody.
            cursor.execute(
                'DELETE FROM "registry_sendcount" WHERE key IN '
                '(SELECT key FROM "registry_sendcount" WHERE until < now() FOR UPDATE SKIP LOCKED)'
            )
    return sent
