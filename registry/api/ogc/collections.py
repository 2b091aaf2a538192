"""The collections: every noun whose records can have a published point."""

from typing import Any

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.reverse import reverse

from registry import places
from registry.models import ENTRIES, Entry
from registry.models.translations import capitalised

from . import links, times

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
COLLECTIONS: dict[str, type[Entry]] = {
    model.slug: model for model in ENTRIES if model in places.SHOWN_AT or places.place_path(model)
}


def title(model: type[Entry]) -> str:
    """What the collection is called."""
    return str(capitalised(model._meta.verbose_name_plural))


def described(model: type[Entry], request: Request, revision: int) -> dict[str, Any]:
    """A collection as the standard describes it; `revision` is that of the register that is looked at."""
    own = title(model)
    items = reverse("ogc:items", args=[model.slug], request=request)
    address = reverse("ogc:collection", args=[model.slug], request=request)
    fields = reverse("registry:data-fields", request=request)
    body = {
        "id": model.slug,
        "title": own,
        "description": f"The published {model._meta.verbose_name_plural} of the register, each at the published points "
        "of its places, never finer; one without such a point has no geometry.",
        "links": [
            links.link("self", links.JSON, own, address),
            links.link("items", links.GEOJSON, f"{own} as features", items),
            links.link(
                "alternate",
                links.HTML,
                f"{own} for people",
                reverse(f"registry:{model.noun}-list", request=request),
            ),
            links.link("describedby", links.HTML, "What each field means", f"{fields}#{model.slug}"),
            links.licence(request),
        ],
        "itemType": "feature",
        "crs": [CRS84],
    }
    found = cache.get_or_set(f"ogc:{revision}:extent:{model.slug}", lambda: _extent(model))
    return body | ({"extent": found} if found else {})


def _extent(model: type[Entry]) -> dict[str, Any]:
    """Around all published points and times; what there is none of is left out."""
    box, interval = places.extent(model), times.extent(model)
    spatial = {"bbox": [[float(end) for end in box]], "crs": CRS84} if box else None
    temporal = {"interval": [list(interval)], "trs": GREGORIAN} if interval else None
    both = {"spatial": spatial, "temporal": temporal}
    return {name: found for name, found in both.items() if found}
