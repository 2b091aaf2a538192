"""What is to be written: which records, in which order, which of their fields, and what is said beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from registry import documents
from registry.models import Entry


@dataclass(frozen=True)
class Listing:
    """Records of one noun by their codes, to be read once; `host` is what addresses begin with.

    `address` is where the list stands as it was asked, `as_of` when the register last changed in public, in UTC.
    """

    model: type[Entry]
    codes: Iterable[str]
    host: str
    chosen: tuple[str, ...] = ()
    address: str = ""
    as_of: datetime | None = None
    is_single: bool = False  # one record, and no list of one

    def chunks(self) -> Iterator[list[documents.Document]]:
        """The documents, some hundred at a time."""
        return documents.chunks(self.model, self.codes, host=self.host, chosen=self.chosen)
