"""How a value of a document stands in an answer: as text, a number, a moment or another record."""

from decimal import Decimal
from typing import Any

from registry.documents import Sort

_MIDNIGHT = "T00:00:00Z"  # a day is sent as the moment it begins; the protocol knows no days


def said(sort: Sort, value: Any) -> dict[str, Any]:
    """{"str"}, {"int"}, {"float"}, {"date"}, or the {"id", "name"} of a record."""
    match sort:
        case Sort.LINK | Sort.LINKS:
            return {"id": value["code"], "name": value["title"] or value["code"]}
        case Sort.WHOLE:
            return {"int": value}
        case Sort.DEGREES:
            return {"float": value}
        case Sort.DECIMAL:
            number = float(value)
            # What a float cannot hold exactly stays as it is written.
            return {"float": number} if Decimal(repr(number)) == Decimal(value) else {"str": value}
        case Sort.DAY:
            return {"date": value + _MIDNIGHT}
        case Sort.MOMENT:
            return {"date": value}
        case _:
            return {"str": str(value)}
