"""How much one sender may send in a while: counted for all processes, under a name that is forgotten with the while."""

import time
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac

from registry import ledger

_SALT = "registry.pace"


def seconds_to_wait(sender: str, *, most: int, window: int) -> int:
    """Count one more from the sender; 0, or the seconds until the next of the windows of `window` seconds begins.

    Kept in the database, as each process and each machine has a cache of its own; only sending writes there, and
    nobody learns from it who sent.
    """
    now = int(time.time())
    ends = (now // window + 1) * window
    key = salted_hmac(_SALT, f"{sender}:{ends}", algorithm="sha256").hexdigest()
    sent = ledger.count_one(key, datetime.fromtimestamp(ends, UTC))
    return ends - now if sent > most else 0
