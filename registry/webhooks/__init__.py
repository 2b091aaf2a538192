"""Tells the systems of partners of public changes, as Standard Webhooks 1.0.0 has it."""

from .deeds import begin, go_on, pause, rotate, store, tell_again
from .delivering import KEPT, SECONDS, Outcome, deliver, send_test
from .keys import OLD_SIGNS
from .watching import watch

__all__ = [
    "KEPT",
    "OLD_SIGNS",
    "SECONDS",
    "Outcome",
    "begin",
    "deliver",
    "go_on",
    "pause",
    "rotate",
    "send_test",
    "store",
    "tell_again",
    "watch",
]
