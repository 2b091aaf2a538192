"""The feed of public changes: what it says after a number, and how somebody elsewhere follows and checks it."""

from .entries import after, newest, said
from .following import Broken, Following
from .watching import watch

__all__ = ["Broken", "Following", "after", "newest", "said", "watch"]
