"""What the answers of a reconciliation service hold, written after the text of the specification, version 0.2.

Stricter than it: a member that the specification does not name is wrong, but for the size of batches.
"""

import jsonschema

_TEXT = {"type": "string", "minLength": 1}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
_TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}


def _object(required: dict, **optional: dict) -> dict:
    members = required | optional
    return {"type": "object", "properties": members, "required": [*required], "additionalProperties": False}


def _list(of: dict) -> dict:
    return {"type": "array", "items": of}


def _by_name(of: dict) -> dict:
    return {"type": "object", "additionalProperties": of}


_NAMED = _object({"id": _TEXT, "name": _TEXT})
_SERVICE = _object({"service_url": _TEXT, "service_path": _TEXT})
_FEATURE = _object({"id": _TEXT, "value": {"type": ["boolean", "number"]}})
_CANDIDATE = _object(
    {"id": _TEXT, "name": _TEXT, "type": _list(_NAMED), "score": {"type": "number"}, "match": {"type": "boolean"}},
    description=_TEXT,
    features=_list(_FEATURE),
)
_VALUE = {
    "oneOf": [
        _NAMED,
        _object({"str": _TEXT}),
        _object({"int": {"type": "integer"}}),
        _object({"float": {"type": "number"}}),
        _object({"date": _MOMENT}),
    ]
}
SHAPES = {
    "manifest": _object(
        {
            "versions": {"const": ["0.2"]},
            "name": _TEXT,
            "identifierSpace": {"type": "string", "format": "uri", "pattern": "^https?://"},
            "schemaSpace": {"type": "string", "format": "uri", "pattern": "^https?://"},
        },
        documentation=_TEXT,
        defaultTypes=_list(_NAMED) | {"uniqueItems": True},
        view=_object({"url": _TEMPLATE}),
        preview=_object({"url": _TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        suggest=_object({}, entity=_SERVICE, property=_SERVICE, type=_SERVICE),
        extend=_object({}, propose_properties=_SERVICE),
        batchSize={"type": "integer"},
    ),
    "results": _by_name(_object({"result": _list(_CANDIDATE)})),
    "entities": _object(
        {"result": _list(_object({"id": _TEXT, "name": _TEXT, "notable": _list(_NAMED)}, description=_TEXT))}
    ),
    "types": _object({"result": _list(_object({"id": _TEXT, "name": _TEXT}, description=_TEXT))}),
    "properties": _object({"result": _list(_object({"id": _TEXT, "name": _TEXT}, description=_TEXT))}),
    "proposed": _object({"properties": _list(_NAMED)}, type=_TEXT, limit={"type": "integer"}),
    "extension": _object(
        {
            "meta": _list(_object({"id": _TEXT, "name": _TEXT}, type=_NAMED)),
            "rows": _by_name(_by_name(_list(_VALUE))),
        }
    ),
}


def wrong(shape: str, body: object) -> list[str]:
    """Where the body is not as the specification has it."""
    found = jsonschema.Draft202012Validator(SHAPES[shape]).iter_errors(body)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in found]
