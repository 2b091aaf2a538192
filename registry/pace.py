"""How much one sender may send in a while: counted in memory under a name that is forgotten with the while."""

import time

from django.core.cache import cache


def seconds_to_wait(sender: str, *, most: int, window: int) -> int:
    """Count one more from the sender; 0, or the seconds until the next of the windows of `window` seconds begins."""
    now = int(time.time())
    key = f"sent:{sender}:{now // window}"
    cache.add(key, 0, timeout=window)
    try:
        sent = cache.incr(key)
    except ValueError:  # it ran out between the two
        return 0
    return window - now % window if sent > most else 0
