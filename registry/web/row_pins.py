"""Which pins of a map stand for the rows of a list beside it."""

from registry import places
from registry.models import Entry

from . import pins


def mark(model: type[Entry], records: list[Entry], drawn: list[pins.Pin]) -> None:
    """Give each record `pin_ids`, the ids of the pins that stand for it; one query at most for all of them."""
    shown = {pin.id for pin in drawn}
    points = places.points(model, [record.pk for record in records]) if shown else {}
    for record in records:
        found = points.get(record.pk, ())
        ids = [pin for point in found for pin in pins.ids_of(point.at, point.longitude, point.latitude)]
        record.pin_ids = [pin for pin in dict.fromkeys(ids) if pin in shown]
