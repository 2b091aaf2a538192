"""Shows a site as exactly as its precision allows, each time it is written."""

from registry.models import Entry, ExactPlace, Site
from registry.places import precision_of, published_point


def settle(entry: Entry) -> None:
    """Set the published point of a site from its exact place; a site without one publishes none."""
    if not isinstance(entry, Site):
        return
    exact = ExactPlace.objects.filter(pk=entry.pk).first() if entry.pk else None
    entry.precision = precision_of(entry) if exact else ""
    point = published_point(exact.longitude, exact.latitude, entry.precision) if exact else None
    entry.longitude, entry.latitude = point or (None, None)
