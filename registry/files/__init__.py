"""Uploaded files: what one must be to be kept, how it is kept, and how it is served."""

from .checking import examine
from .kinds import EXTENSIONS, LARGEST_FILE, LARGEST_IMAGE
from .names import safe_name
from .serving import answer
from .store import Checked, NoRoom, keep, open_kept

__all__ = [
    "EXTENSIONS",
    "LARGEST_FILE",
    "LARGEST_IMAGE",
    "Checked",
    "NoRoom",
    "answer",
    "examine",
    "keep",
    "open_kept",
    "safe_name",
]
