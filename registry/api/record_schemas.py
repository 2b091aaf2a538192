"""What the answers about records hold, for the schema: whole, narrowed by `fields`, and as features of a map."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from registry.models import Precision

_NUMBER = {"type": "number"}
_POSITION = {
    "type": "array",
    "prefixItems": [_NUMBER | {"minimum": -180, "maximum": 180}, _NUMBER | {"minimum": -90, "maximum": 90}],
    "items": False,
    "minItems": 2,
    "description": "Longitude and latitude in degrees, WGS 84.",
}
_PLACED = {
    "located_at": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Codes of the places and sites whose points these are, in the order of the points.",
    },
    "point_precision": {
        "type": ["string", "null"],
        "enum": [*Precision.values, None],
        "description": "How exact the coarsest of the points is; null without a point.",
    },
    "generalised": {
        "type": ["boolean", "null"],
        "description": "Whether a point stands for a wider area on purpose; null without a point.",
    },
}


def whole_or_narrowed(schema: AutoSchema, record: type[serializers.Serializer]) -> dict[str, Any]:
    """A record: all of it, or where the request names `fields` those of them and the code."""
    whole = schema.resolve_serializer(record, "response")
    return {"anyOf": [whole.ref, _narrowed(schema, whole).ref]}


def feature(schema: AutoSchema, record: type[serializers.Serializer]) -> dict[str, Any]:
    """A record as a GeoJSON feature (RFC 7946, section 3.2)."""
    whole = schema.resolve_serializer(record, "response")
    properties = {"type": "object", "required": list(_PLACED), "properties": _PLACED}
    body = {
        "type": {"const": "Feature", "type": "string"},
        "id": {"type": "string", "description": "The code of the record."},
        "geometry": {"anyOf": [_points("Point", _POSITION), _points("MultiPoint", _all(_POSITION)), {"type": "null"}]},
        "properties": {"allOf": [_narrowed(schema, whole).ref, properties]},
    }
    return _component(schema, f"{whole.name}Feature", "A record on a map, at its published points.", body)


def features(schema: AutoSchema, record: type[serializers.Serializer]) -> dict[str, Any]:
    """A list of them as a GeoJSON feature collection (RFC 7946, section 3.3)."""
    body = {"type": {"const": "FeatureCollection", "type": "string"}, "features": _all(feature(schema, record))}
    name = schema.resolve_serializer(record, "response").name
    return _component(schema, f"{name}Features", "A whole list on a map.", body)


def _narrowed(schema: AutoSchema, whole: ResolvedComponent) -> ResolvedComponent:
    said = "What `fields` asks for of a record, and its code; without `fields` all of it."
    described = whole.schema | {"required": ["code"], "description": said}
    return _registered(schema, f"{whole.name}Fields", described)


def _component(schema: AutoSchema, name: str, said: str, members: dict[str, Any]) -> dict[str, Any]:
    body = {"type": "object", "description": said, "required": list(members), "properties": members}
    return _registered(schema, name, body).ref


def _registered(schema: AutoSchema, name: str, body: dict[str, Any]) -> ResolvedComponent:
    made = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, object=name, schema=body)
    schema.registry.register_on_missing(made)
    return made


def _points(kind: str, coordinates: dict[str, Any]) -> dict[str, Any]:
    members = {"type": {"const": kind, "type": "string"}, "coordinates": coordinates}
    return {"type": "object", "required": list(members), "properties": members}


def _all(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
