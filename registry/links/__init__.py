"""Asks whether a web address still answers, without ever reaching what is not public."""

from .addresses import Refused, is_public, resolve
from .asking import SECONDS, Answer, check

__all__ = ["SECONDS", "Answer", "Refused", "check", "is_public", "resolve"]
