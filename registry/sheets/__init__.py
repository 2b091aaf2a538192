"""Sheets of records, in and out: read whatever people send, show what it would change, write nothing unseen."""

from . import keeping, mapping, reading, reports, writing
from .checking import check, earlier
from .columns import Column, column_label, columns
from .importing import bring_in
from .limits import MOST_BYTES, Unreadable

__all__ = [
    "MOST_BYTES",
    "Column",
    "Unreadable",
    "bring_in",
    "check",
    "column_label",
    "columns",
    "earlier",
    "keeping",
    "mapping",
    "reading",
    "reports",
    "writing",
]
