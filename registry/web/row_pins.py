"""Which pins of a map stand for the rows of a list beside it."""

from registry import places
from registry.models import Entry

from . import pins


def mark(model: type[Entry], records: list[Entry], drawn: list[pins.Pin]) -> None:
    """Give each record `pin_ids`, the ids of the pins that stand for it; one query at most for all of them."""
    shown = {pin.id for pin in drawn}
    points = _points(model, records) if shown else {}
    for record in records:
        ids = [pin for code, east, north in points.get(record.pk, ()) for pin in pins.ids_of(code, east, north)]
        record.pin_ids = [pin for pin in dict.fromkeys(ids) if pin in shown]


def _points(model: type[Entry], records: list[Entry]) -> dict[str, list[tuple]]:
    """By the code of each record: what has its points, and where, in degrees."""
    if model in places.SHOWN_AT:
        rows = places.shown(model.objects.public()).filter(pk__in=[record.pk for record in records])
        return {code: [point] for code, *point in rows.values_list("pk", "at", "east", "north")}
    path = places.place_path(model)
    if path is None:
        return {}
    found = {}
    for record in records:
        around = [record] if path == "pk" else _related(record, path)
        found[record.pk] = [(place.pk, place.longitude, place.latitude) for place in around if place.is_drawn]
    return found


def _related(record: Entry, path: str) -> list[Entry]:
    value = getattr(record, path)
    return list(value.all()) if path == "regions" else [value] if value else []
