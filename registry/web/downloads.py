"""Ways to take a list along: the address of the API that holds the very same records, in each format."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import Entry

from . import pins
from .queries import ListQuery

FORMATS: dict[str, tuple[str, Promise]] = {
    "csv": ("CSV", _("a table for any program")),
    "xlsx": ("Excel", _("a table with headings, for people")),
    "geojson": ("GeoJSON", _("points for a map")),
    "ndjson": ("NDJSON", _("one record a line, for programs")),
    "json": ("JSON", _("as the API answers, page by page")),
}


@dataclass(frozen=True)
class Download:
    """A format, what it is good for, and its address."""

    code: str
    name: str
    purpose: Promise
    url: str


def downloads(query: ListQuery, model: type[Entry]) -> list[Download]:
    """The formats that the noun has; the page of the list is dropped, as a file holds all that was found."""
    formats = [code for code in FORMATS if code != "geojson" or pins.is_drawn(model)]
    return [Download(code, *FORMATS[code], address(query, model, code)) for code in formats]


def address(query: ListQuery, model: type[Entry], code: str) -> str:
    """Where the API answers the same questions in this format."""
    return reverse(f"api:{model.slug}-list") + query.url(format=code)
