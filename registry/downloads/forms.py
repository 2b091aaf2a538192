"""The formats that a list can be downloaded in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.sheets.writing import MEDIA_TYPES

from . import features, lines, tables, workbooks
from .listing import Listing


@dataclass(frozen=True)
class Format:
    """A format by the name that `?format=` takes, which is the ending of its files as well."""

    name: str
    title: str
    media_type: str
    said: Promise
    write: Callable[[Listing], Iterator[bytes]]
    is_text: bool = True

    @property
    def content_type(self) -> str:
        """The media type as an answer states it."""
        return self.media_type + ("; charset=utf-8" if self.media_type.startswith("text/") else "")


def _csv(listing: Listing) -> Iterator[bytes]:
    return tables.as_csv(tables.columns(listing.model, listing.chosen), listing.chunks())


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("csv", "CSV", "text/csv", _("A table in UTF-8, one record a row, for any program."), _csv),
        Format(
            "xlsx",
            "XLSX",
            MEDIA_TYPES["xlsx"],
            _("A workbook for spreadsheet programs, with a second sheet that says what each column means."),
            workbooks.write,
            is_text=False,
        ),
        Format(
            "geojson",
            "GeoJSON",
            "application/geo+json",
            _("For maps: each record at its published points, as exactly as it is safe to tell."),
            features.write,
        ),
        Format(
            "ndjson",
            "NDJSON",
            "application/x-ndjson",
            _("One record a line, each as the API shows it, for programs."),
            lines.write,
        ),
    )
}
