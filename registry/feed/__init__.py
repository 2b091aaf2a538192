"""The feed of public changes: what it says after a number, and how somebody elsewhere follows and checks it."""

from .addresses import absolute, own_host
from .entries import after, newest, newest_number, said
from .following import Broken, Following
from .watching import watch

__all__ = ["Broken", "Following", "absolute", "after", "newest", "newest_number", "own_host", "said", "watch"]
