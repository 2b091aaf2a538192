"""What an editor has typed and not saved: kept while they type, offered again, and dropped once it is saved."""

from .keeping import forget
from .scratches import Scratches

__all__ = ["Scratches", "forget"]
