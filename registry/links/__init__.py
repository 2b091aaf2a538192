"""Asks whether a web address still answers, or sends something there, without ever reaching what is not public."""

from .addresses import Refused, is_public, resolve
from .asking import SECONDS, Answer, check
from .posting import post, refuse
from .reaching import PUBLIC, Guard, Reply, Unreached

__all__ = [
    "PUBLIC",
    "SECONDS",
    "Answer",
    "Guard",
    "Refused",
    "Reply",
    "Unreached",
    "check",
    "is_public",
    "post",
    "refuse",
    "resolve",
]
