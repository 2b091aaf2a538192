"""The whole register as files, made when it has changed, kept for a while, and checked by their SHA-256."""

from .contents import DumpFile
from .database import ATTRIBUTION
from .keeping import LICENCE, Dump, checksums, find, kept, make, newest, taken_back_at
from .watching import is_due, watch

__all__ = [
    "ATTRIBUTION",
    "LICENCE",
    "Dump",
    "DumpFile",
    "checksums",
    "find",
    "is_due",
    "kept",
    "make",
    "newest",
    "taken_back_at",
    "watch",
]
