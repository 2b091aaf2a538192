"""Public pages of protocols."""

from registry.models import Protocol

from .lists import EntryList
from .records import EntryDetail


class ProtocolList(EntryList):
    """The list of protocols."""

    model = Protocol


class ProtocolDetail(EntryDetail):
    """The page of a protocol."""

    model = Protocol
