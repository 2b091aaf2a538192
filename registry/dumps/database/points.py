"""The published points as a layer that geographic software opens: WKB beside the degrees, said as GDAL reads it."""

import struct
from collections.abc import Iterator
from typing import Any

from registry.models import Entry

_EPSG = 4326  # WGS 84
_WKB_POINT = 1
TABLES = {
    "points": '"record" TEXT NOT NULL REFERENCES "records" ("code"), "row_number" INTEGER NOT NULL, '
    '"noun" TEXT REFERENCES "nouns" ("name"), "title" TEXT, "at" TEXT REFERENCES "records" ("code"), '
    '"precision" TEXT REFERENCES "vocabulary_precision" ("code"), "generalised" INTEGER, '
    '"longitude" REAL, "latitude" REAL, "geometry" BLOB, PRIMARY KEY ("record", "row_number")',
    # As the SQLite driver of GDAL has them (the form of FDO).
    "geometry_columns": '"f_table_name" TEXT, "f_geometry_column" TEXT, "geometry_type" INTEGER, '
    '"coord_dimension" INTEGER, "srid" INTEGER, "geometry_format" TEXT',
    "spatial_ref_sys": '"srid" INTEGER PRIMARY KEY, "auth_name" TEXT, "auth_srid" TEXT, "srtext" TEXT',
}
ROWS = {
    "geometry_columns": ("points", "geometry", _WKB_POINT, 2, _EPSG, "WKB"),
    "spatial_ref_sys": (
        _EPSG,
        "EPSG",
        str(_EPSG),
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
        'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]',
    ),
}


def rows(model: type[Entry], feature: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """A row for each point of a feature, none where it has none; precision is that of its coarsest point."""
    geometry, said = feature["geometry"], feature["properties"]
    if geometry is None:
        return
    several = geometry["coordinates"] if geometry["type"] == "MultiPoint" else [geometry["coordinates"]]
    for number, (at, (east, north)) in enumerate(zip(said["located_at"], several, strict=True), 1):
        shown = (said["point_precision"], said["generalised"], east, north)
        wkb = struct.pack("<BIdd", 1, _WKB_POINT, east, north)
        yield (feature["id"], number, model.slug, said["title"], at, *shown, wkb)
