"""GeoJSON (RFC 7946): each record a feature at its published points, never finer than they are published."""

from collections.abc import Iterator
from typing import Any

from registry import places
from registry.documents import Document, compact
from registry.models import Entry, Precision

from .listing import Listing

BETWEEN = b",\n"
START, END = b'{"type":"FeatureCollection","features":[\n', b"\n]}\n"


def write(listing: Listing) -> Iterator[bytes]:
    """A collection of all, some hundred at a time; of a single record its feature."""
    if listing.is_single:
        for chunk in listing.chunks():
            yield from (compact(feature).encode() for feature in features(listing.model, chunk))
        return
    yield START
    between = b""
    for chunk in listing.chunks():
        if chunk:
            yield between + joined(listing.model, chunk)
            between = BETWEEN
    yield END


def joined(model: type[Entry], chunk: list[Document]) -> bytes:
    """The features of a collection, without its ends."""
    return written(features(model, chunk))


def written(found: list[dict[str, Any]]) -> bytes:
    """Features as they stand in a collection."""
    return BETWEEN.join(compact(feature).encode() for feature in found)


def features(model: type[Entry], chunk: list[Document]) -> list[dict[str, Any]]:
    """One a document; those of a chunk cost one query."""
    found = places.points(model, [document["code"] for document in chunk])
    return [_feature(document, found.get(document["code"], [])) for document in chunk]


def _feature(document: Document, points: list[places.Published]) -> dict[str, Any]:
    order = list(Precision)
    coarsest = max((point.precision for point in points), key=lambda code: order.index(Precision(code)), default=None)
    said = {
        "located_at": [point.at for point in points],
        "point_precision": coarsest,
        "generalised": any(point.is_generalised for point in points) if points else None,
    }
    return {"type": "Feature", "id": document["code"], "geometry": _geometry(points), "properties": document | said}


def _geometry(points: list[places.Published]) -> dict[str, Any] | None:
    found = [[float(point.longitude), float(point.latitude)] for point in points]
    if not found:
        return None
    if len(found) == 1:
        return {"type": "Point", "coordinates": found[0]}
    return {"type": "MultiPoint", "coordinates": found}
