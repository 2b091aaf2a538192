"""What the large map says: counts, places, what stands on no map, and the records behind a pin."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry import places
from registry.filters import FILTERS
from registry.models import ENTRIES, Entry, Placed, Region

from . import map_pins, pins
from .across import Across
from .nouns import NOUNS

MAPPED = tuple(model for model in ENTRIES if issubclass(model, Placed))
# The places themselves are not counted among what stands in them.
EVERY = tuple(model for model in MAPPED if model is not Region)
PLACES_SHOWN = 60
PLACELESS_SHOWN = 8
IN_PANEL = 8
DRAWN_AT = 5  # the zoom of the map that is drawn without a script


@dataclass(frozen=True)
class Place:
    """A place of the list beside the map."""

    region: Region
    count: int
    url: str


def summary(across: Across) -> dict[str, Any]:
    """All that the page shows of a question."""
    counts = across.counts()
    return {
        "choices": list(across.choices(MAPPED, EVERY)),
        "count": sum(counts.values()),
        "total": sum(model.objects.public().count() for model in across.models),
        "lists": [(NOUNS[model], count, across.list_of(model)) for model, count in counts.items() if count],
        "facets": across.facets(),
        "pins": [_pin(across, feature) for feature in map_pins.whole(across, DRAWN_AT)],
        **_places(across),
        **_placeless(across),
    }


def _narrowed(across: Across, model: type[Entry], place: str, box: str) -> dict[str, str]:
    """What the list of a noun is asked besides, to find what a pin stands for."""
    return {"region": place} if place and model not in places.SHOWN_AT else {"bbox": box}


def _pin(across: Across, feature: dict[str, Any]) -> pins.Pin:
    """For the map without a script: leads to the list of the one noun, or to the map of the place."""
    given = feature["properties"]
    if across.model:
        url = across.list_of(across.model, **_narrowed(across, across.model, given["place"], given["box"]))
    else:
        asked = {"region": given["place"]} if given["place"] else {"bbox": given["box"]}
        url = across.address(reverse("registry:map"), **asked)
    east, north = feature["geometry"]["coordinates"]
    label = given["name"] or _("Several places")
    return pins.Pin(east, north, label, url, given["count"], given["is_approximate"])


def _places(across: Across) -> dict[str, Any]:
    """The places that most records are in, with those that lie within them."""
    counts: dict[str, int] = {}
    for model in across.models:
        for code, n in map_pins.counts_of_places(across, model).items():
            counts[code] = counts.get(code, 0) + n
    most = sorted(counts, key=lambda code: (-counts[code], code))[:PLACES_SHOWN]
    named = Region.objects.public().with_public_names().in_bulk(most)
    shown = []
    for code in most:
        if code in named:
            one = across.model and across.list_of(across.model, region=code)
            shown.append(Place(named[code], counts[code], one or across.address(region=code)))
    return {"places": shown, "places_count": len(counts)}


def _placeless(across: Across) -> dict[str, Any]:
    found: list[Entry] = []
    count = 0
    for model in across.models:
        without: QuerySet = pins.without_a_pin(across.found(model))
        count += without.order_by().count()
        if len(found) < PLACELESS_SHOWN:
            found += without.order_by("-updated_at", "code")[: PLACELESS_SHOWN - len(found)]
    return {"placeless": found, "placeless_count": count}


def groups(across: Across, place: str, box: str) -> list[dict[str, Any]]:
    """By noun, the newest records that a pin stands for, with the list of all of them."""
    found_in = []
    for model in across.models:
        asked = _narrowed(across, model, place, box)
        data = across.query.data.copy()
        for name, value in asked.items():
            data[name] = value
        found = across.found(model, data) if set(asked) <= set(FILTERS[model].base_filters) else model.objects.none()
        count = found.order_by().count()
        if count:
            entries = list(found.order_by("-updated_at", "code")[:IN_PANEL])
            found_in.append(
                {
                    "label": str(NOUNS[model].label_plural),
                    "url": across.list_of(model, **asked),
                    "all": ngettext("See the record in the list", "See all %(n)d records in the list", count)
                    % {"n": count},
                    "records": [
                        {
                            "title": entry.shown_title.plain,
                            "language": entry.shown_title.language,
                            "url": entry.get_absolute_url(),
                            "code": entry.code,
                        }
                        for entry in entries
                    ],
                }
            )
    return found_in
