"""How each kind of value stands in a document: unknown is null, money is a decimal string, a relation is a link."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from registry.models import Citation, Entry

from .given import Given

Read = Callable[[Any, Given], Any]


def words(value: Any) -> str | None:
    """Never an empty string."""
    return None if value is None else str(value) or None


def decimal(value: Decimal | None, places: int) -> str | None:
    """With all its decimals."""
    return None if value is None else f"{value.quantize(Decimal(1).scaleb(-places)):f}"


def moment(value: datetime) -> str:
    """ISO 8601 in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day(value: date | None) -> str | None:
    """ISO 8601."""
    return value and value.isoformat()


def clock(value: time | None) -> str | None:
    """Hours and minutes."""
    return None if value is None else f"{value:%H:%M}"


def number(value: Decimal | None) -> float | None:
    """Degrees, with at most six decimals."""
    return None if value is None else float(value)


def link(entry: Entry | None, given: Given) -> dict[str, str | None] | None:
    """Another record; null where there is none that the public may read."""
    return entry and given.link(type(entry), entry.pk, entry.title)


def other_name(name: dict[str, str], _given: Given) -> dict[str, str | None]:
    """A name in another language or script, as its source writes it."""
    return {"name": name["name"], "language": words(name.get("language")), "note": words(name.get("note"))}


def citation(row: Citation, given: Given) -> dict[str, Any]:
    """Where facts of the record stand."""
    found = {"fields": list(row.fields), "source": link(row.source, given)}
    return found | {"locator": words(row.locator), "note": words(row.note)}


def dates(entry: Any, _given: Given) -> dict[str, str | None] | None:
    """As precise as the source, with the first and the last day that it can mean; null where no date is stated."""
    if not entry.dates:
        return None
    return {"edtf": entry.dates, "earliest": day(entry.dates_earliest), "latest": day(entry.dates_latest)}
