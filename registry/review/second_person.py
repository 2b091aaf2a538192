"""What one editor does not decide alone: money, status, sensitive places, contested names."""

from collections.abc import Iterable

from registry.models import Entry, Precision, Region, Site
from registry.places import precision_of

MONEY = frozenset({"amount", "currency", "amount_as_reported", "gap_percent", "gap_basis"})
STATUS = frozenset({"status"})
# Whose place it is said to be is as contested as what it is called.
BELONGING = frozenset({"region", "regions", "parent"})
NAMES = frozenset({"title", "other_names"})
SHOWN_PLACE = frozenset({"longitude", "latitude", "precision_chosen"})


def wants_second_person(model: type[Entry], fields: Iterable[str], entry: Entry | None = None) -> frozenset[str]:
    """Those of the fields that a second person confirms before the public reads them."""
    wanted = MONEY | STATUS | BELONGING
    if model in {Region, Site}:
        wanted |= NAMES
    if model is Site:
        wanted |= SHOWN_PLACE
        if entry is not None and precision_of(entry) != Precision.EXACT:
            wanted |= {"region_as_reported"}
    return frozenset(fields) & wanted
