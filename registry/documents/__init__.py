"""The public document of a record, made in one place for the API, for every download and for the dumps."""

from .compact import compact
from .fields import fields, names
from .frame import SHARED
from .making import AT_ONCE, Document, chunks, codes_of, documents, needed
from .nouns import GROUPED, RENAMED
from .sorts import Field, Sort, sort_of
from .tombstones import tombstone
from .xml_words import fits_xml, for_xml

__all__ = [
    "AT_ONCE",
    "GROUPED",
    "RENAMED",
    "SHARED",
    "Document",
    "Field",
    "Sort",
    "chunks",
    "codes_of",
    "compact",
    "documents",
    "fields",
    "fits_xml",
    "for_xml",
    "names",
    "needed",
    "sort_of",
    "tombstone",
]
