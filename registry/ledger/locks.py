"""Locks that one process holds for as long as it lives: a killed one lets go of them at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# The first half of PostgreSQL's pair of numbers; the second says which job.
_JOBS = 0x4A6F62


@contextmanager
def held(number: int) -> Iterator[bool]:
    """Whether this process has got the lock with the number, which it gives back at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_JOBS, number])
        got = cursor.fetchone()[0]
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_JOBS, number])


def all_held() -> set[int]:
    """The numbers that some process holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [_JOBS],
        )
        return {number for (number,) in cursor.fetchall()}
