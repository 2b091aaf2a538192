"""Lists of public documents as files: CSV, XLSX, GeoJSON and lines of JSON, of any length in the same memory."""

from . import features, lines, tables
from .forms import FORMATS, Format
from .listing import Listing
from .notes import how_to_read, licence
from .tables import BETWEEN, columns

__all__ = [
    "BETWEEN",
    "FORMATS",
    "Format",
    "Listing",
    "columns",
    "features",
    "how_to_read",
    "licence",
    "lines",
    "tables",
]
