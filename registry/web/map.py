"""The large map: every record that has a place, or those of one noun with all its questions."""

import re
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from registry.models import Region

from . import basemap, map_pins, map_summary, pins
from .across import Across
from .caching import kept
from .nouns import NOUNS

USUAL = "project"
_VIEW = re.compile(r"-?\d{1,3}(\.\d{1,12})?(,-?\d{1,3}(\.\d{1,12})?){3}", re.ASCII)
_SEA = (51.3, 38.6)
_BASIN = (43.5, 36.0, 56.5, 47.8)  # west, south, east, north


class Asked:
    """What the page and its two answers are asked, read the same way."""

    request: HttpRequest

    def read(self) -> Across:
        """Projects, unless another noun or everything is asked."""
        across = Across.read(self.request.GET, map_summary.MAPPED, USUAL, own=("view", "zoom", "place", "box"))
        across.models = map_summary.EVERY if across.model is None else across.models
        return across


class MapPage(Asked, TemplateView):
    """The page; what it says is the same with and without a script."""

    template_name = "registry/map.html"
    extra_context = {"here": "map"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The map, the places with their counts, and what stands on no map."""
        across = self.read()
        summary = kept(f"map-page:{across.key}", lambda: map_summary.summary(across))
        is_lite = self.request.display.is_lite
        return super().get_context_data(**kwargs) | {
            "across": across,
            "noun": NOUNS[across.model] if across.model else None,
            "script": _for_the_script(across, summary["pins"]) if summary["pins"] and not is_lite else None,
            **across.frame(summary["facets"]),
            **summary,
        }


class MapPins(Asked, View):
    """GeoJSON of what stands around a piece of the map."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Asked as the page, with `view` (west,south,east,north in degrees) and `zoom`."""
        view, zoom = _view(request.GET.get("view", "")), request.GET.get("zoom", "")
        if view is None or zoom not in map(str, map_pins.ZOOMS):
            return _refused(
                _("Give view as west,south,east,north in degrees and zoom as a number from %(first)d to %(last)d.")
                % {"first": map_pins.ZOOMS[0], "last": map_pins.ZOOMS[-1]}
            )
        found = map_pins.features(self.read(), view, int(zoom))
        return JsonResponse({"type": "FeatureCollection", "features": found})


class MapPlace(Asked, View):
    """The records of one place, for the panel beside the map."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Asked as the page, with the `place` and the `box` of a pin."""
        place, box = request.GET.get("place", ""), request.GET.get("box", "")
        if _view(box) is None or (place and not Region.objects.public().filter(pk=place).exists()):
            return _refused(_("Give box as west,south,east,north in degrees, and place as the code of a region."))
        across = self.read()
        groups = kept(f"map-place:{across.key}:{place}:{box}", lambda: map_summary.groups(across, place, box))
        return JsonResponse({"groups": groups})


def _refused(problem: str) -> HttpResponse:
    return JsonResponse({"detail": problem}, status=400)


def _view(text: str) -> map_pins.Box | None:
    """Four degrees in order and in range; None for anything else."""
    if not _VIEW.fullmatch(text):
        return None
    west, south, east, north = (Decimal(part) for part in text.split(","))
    return (west, south, east, north) if -180 <= west <= east <= 180 and -90 <= south <= north <= 90 else None


def _bounds(across: Across, drawn: list[pins.Pin]) -> list[list[float]]:
    """Where a reader begins, as south and west, north and east: the basin, unless a part of the records was asked."""
    west, south, east, north = _BASIN
    near = [pin for pin in drawn if west < pin.longitude < east and south < pin.latitude < north]
    if near and not across.query.data:
        return [[south, west], [north, east]]
    shown = near or drawn
    easts, norths = ([getattr(pin, name) for pin in shown] for name in ("longitude", "latitude"))
    return [[min(norths), min(easts)], [max(norths), max(easts)]]


def _for_the_script(across: Across, drawn: list[pins.Pin]) -> dict[str, Any]:
    """Names and words that the script sets on the map."""
    return {
        "query": across.address()[1:],
        "least": map_pins.ZOOMS[0],
        "most": map_pins.ZOOMS[-1],
        "bounds": _bounds(across, drawn),
        "countries": [[str(name), east, north, littoral] for name, east, north, littoral in basemap.COUNTRIES],
        "sea": [_("Caspian Sea"), *_SEA],
        "words": {
            "map": _("Map of the records. Arrow keys move it, plus and minus change its scale."),
            "in": _("Closer"),
            "out": _("Farther"),
            "cluster": _("%(records)s close together: show closer"),
            "place": _("%(name)s: %(records)s"),
            "several": _("Several places at one point"),
            "failed": _("The map could not be read anew. The places are listed below it."),
            "close": _("Close"),
        },
    }
