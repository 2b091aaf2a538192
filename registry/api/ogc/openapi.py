"""OpenAPI 3.0 of these addresses, each collection named: what can be asked, and what is answered."""

from functools import cache
from typing import Any

from registry import documents
from registry.documents import Field, Sort
from registry.models import Entry

from . import links, shapes
from .collections import COLLECTIONS, title
from .questions import MOST, PAGE

Json = dict[str, Any]

_WHEN = {
    "301": "The record became part of another one; `Location` is the address of that.",
    "304": "Nothing has changed since the ETag or the moment that the request names.",
    "400": "A parameter is unknown, malformed or given twice; `errors` names each, and what is allowed.",
    "404": "There is no such record: never published, or never there.",
    "406": "The Accept header takes no JSON.",
    "410": "The record was withdrawn; `detail` is the reason.",
    "500": "The register failed.",
    "503": "The register cannot be reached at the moment.",
}
_ALWAYS = ("304", "400", "406", "500", "503")
_SORTS: dict[Sort, Json] = {
    Sort.WHOLE: {"type": "integer"},
    Sort.DEGREES: {"type": "number"},
    Sort.DAY: {"type": "string", "format": "date"},
    Sort.MOMENT: {"type": "string", "format": "date-time"},
    Sort.ADDRESS: {"type": "string", "format": "uri"},
    Sort.LINK: {"type": "object"},
    Sort.PARTS: {"type": "object"},
    Sort.WORDS: {"type": "array", "items": {"type": "string"}},
    Sort.CODES: {"type": "array", "items": {"type": "string"}},
    Sort.LINKS: {"type": "array", "items": {"type": "object"}},
    Sort.ROWS: {"type": "array", "items": {"type": "object"}},
}
# What a feature says of its place beside what the record says.
_PLACE: Json = {
    "located_at": {"type": "array", "items": {"type": "string"}, "description": "The codes of what has the points."},
    "point_precision": {"type": "string", "nullable": True, "description": "How exact the coarsest point is."},
    "generalised": {"type": "boolean", "nullable": True, "description": "Whether the place itself may be elsewhere."},
}


@cache
def document(root: str) -> Json:
    """The whole of it, for the register whose landing page is at `root`; it changes only with the code."""
    paths = {
        "/": _get("landing", "Where a program begins", links.JSON, "landingPage"),
        "/api": _get("api", "This description", links.OPENAPI_3_0, {"type": "object"}),
        "/conformance": _get("conformance", "What this conforms to", links.JSON, "confClasses"),
        "/collections": _get("collections", "Every collection", links.JSON, "collections"),
    }
    for slug, model in COLLECTIONS.items():
        called = title(model)
        paths[f"/collections/{slug}"] = _get(f"{slug}.describe", f"The collection of {slug}", links.JSON, "collection")
        asked = [_parameter(name) for name in ("bbox", "datetime", "limit", "cursor")]
        paths[f"/collections/{slug}/items"] = _get(
            f"{slug}.features", f"{called} as features", links.GEOJSON, _page(slug), slug, asked
        )
        paths[f"/collections/{slug}/items/{{featureId}}"] = _get(
            f"{slug}.feature", f"One of the {slug}", links.GEOJSON, slug, slug, [_code(model)], ("301", "404", "410")
        )
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Caspian Heritage Register: features",
            "version": "1",
            "description": "OGC API - Features, Part 1: Core, over the published records of the register.",
            "license": {"name": "BSD-3-Clause"},
        },
        "servers": [{"url": root}],
        "tags": [{"name": name} for name in ("capabilities", *COLLECTIONS)],
        "paths": paths,
        "components": {
            "parameters": shapes.parameters(PAGE, MOST),
            "schemas": shapes.SCHEMAS | {slug: _feature(model) for slug, model in COLLECTIONS.items()},
            "responses": {code: _refusal(code) for code in _WHEN},
        },
    }


def _get(
    name: str,
    summary: str,
    media_type: str,
    schema: str | Json,
    tag: str = "capabilities",
    parameters: list[Json] | None = None,
    refusals: tuple[str, ...] = (),
) -> Json:
    """One GET; `schema` is that of the answer, or the name of a component."""
    shape = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    answers = {"200": {"description": summary, "headers": shapes.HEADERS, "content": {media_type: {"schema": shape}}}}
    answers |= {code: {"$ref": f"#/components/responses/{code}"} for code in sorted((*_ALWAYS, *refusals))}
    operation = {"tags": [tag], "operationId": name, "summary": summary}
    return {"get": operation | {"parameters": [*(parameters or []), _parameter("f")], "responses": answers}}


def _parameter(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _code(model: type[Entry]) -> Json:
    said = {"description": f"The code of the record, such as {model.prefix}-0001.", "schema": {"type": "string"}}
    return {"name": "featureId", "in": "path", "required": True} | said


def _page(slug: str) -> Json:
    """A page of the features of one collection."""
    own = {"type": "array", "items": {"$ref": f"#/components/schemas/{slug}"}}
    whole = {"$ref": "#/components/schemas/featureCollection"}
    return {"allOf": [whole, {"type": "object", "properties": {"features": own}}]}


def _feature(model: type[Entry]) -> Json:
    """A feature with the fields of its record."""
    fields = {field.name: _field(field) for field in documents.fields(model)}
    properties = {"type": "object", "required": [*fields, *_PLACE], "properties": fields | _PLACE}
    whole = {"$ref": "#/components/schemas/feature"}
    return {"allOf": [whole, {"type": "object", "properties": {"properties": properties}}]}


def _field(field: Field) -> Json:
    said = ". ".join(str(words).rstrip(".") for words in (field.label, field.meaning) if words)
    shape = _SORTS.get(field.sort, {"type": "string"}) | {"description": f"{said}."}
    if field.choices and field.sort is Sort.CODE:
        shape["enum"] = [*field.choices.values, *([] if field.always else [None])]
    return shape if field.always else shape | {"nullable": True}


def _refusal(code: str) -> Json:
    """A refusal as a problem; 304 has nothing to say."""
    said: Json = {"description": _WHEN[code]}
    if code == "304":
        return said
    return said | {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}}
