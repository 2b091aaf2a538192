"""Which places a set of records is drawn at, and which records have none."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from registry.models import Entry, Placed, Precision, Region


@dataclass(frozen=True)
class Pin:
    """A published point, in degrees, with what stands there."""

    longitude: float
    latitude: float
    label: str
    url: str
    count: int
    approximate: bool


def place_path(model: type[Entry]) -> str | None:
    """The relation that says where the records of a noun are; None where they are nowhere."""
    if model is Region:
        return "pk"
    names = {relation.name for relation in model.entry_relations()}
    return next((name for name in ("regions", "region") if name in names), None)


def pins_of(found: QuerySet, list_url: str) -> list[Pin]:
    """One pin a place, counting the records in it; leads to the list narrowed to the place."""
    path = place_path(found.model)
    if path is None:
        return []
    rows = found.order_by().values(path).annotate(n=Count("pk")).values_list(path, "n")
    counts = {code: n for code, n in rows if code}
    places = Region.objects.public().drawn().filter(pk__in=counts).order_by("title_folded")
    return [pin_at(place, f"{list_url}?region={place.pk}", counts[place.pk]) for place in places]


def pin_at(place: Region, url: str, count: int = 1) -> Pin:
    """A place as a pin."""
    approximate = place.precision not in {Precision.EXACT, Precision.KM_1}
    return Pin(float(place.longitude), float(place.latitude), place.title, url, count, approximate)


def without_a_pin(found: QuerySet) -> QuerySet:
    """The records that no place on the map stands for."""
    return found.filter(on_map=False) if issubclass(found.model, Placed) else found.none()
