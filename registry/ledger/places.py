"""Shows a site as exactly as its precision allows, each time it is written."""

from registry.models import Entry, ExactPlace, Site
from registry.models.sites import POINTS
from registry.places import precision_of, published_point


def settle(entry: Entry, stored: Entry | None = None, *, place_known: bool = True) -> bool:
    """Set the published point of a site from its exact place; a site without one publishes none.

    Where no point is shown, nothing tells whether an exact place is known; with `place_known=False` it is shown as if
    none were. Whether the point is another than that of the `stored` site.
    """
    if not isinstance(entry, Site):
        return False
    exact = ExactPlace.objects.filter(pk=entry.pk).first() if place_known else None
    precision = precision_of(entry)
    entry.precision = precision if exact or precision not in POINTS else ""
    point = published_point(exact.longitude, exact.latitude, precision) if exact else None
    entry.longitude, entry.latitude = point or (None, None)
    return stored is not None and (stored.longitude, stored.latitude) != (entry.longitude, entry.latitude)
