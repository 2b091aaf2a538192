"""What the description of the addresses refers to: parameters, headers, and the shapes that the standard gives."""

from typing import Any

Json = dict[str, Any]


def _object(required: str = "", **properties: Json) -> Json:
    """An object; `required` names the properties that are always there."""
    named = {"required": required.split()} if required else {}
    return {"type": "object", **named, "properties": properties}


def _array(items: Json, **more: Any) -> Json:
    return {"type": "array", "items": items, **more}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _only(value: str) -> Json:
    return {"type": "string", "enum": [value]}


TEXT: Json = {"type": "string"}
MOMENT: Json = {"type": "string", "format": "date-time"}
COUNT: Json = {"type": "integer", "minimum": 0}
LINKS = _array(_ref("link"))
HEADERS: Json = {
    name: {"description": said, "schema": TEXT}
    for name, said in {
        "ETag": "Send it back as If-None-Match, and an unchanged register answers 304.",
        "Last-Modified": "When anything public last changed.",
    }.items()
}

SCHEMAS: Json = {
    "link": _object("href rel type title", href={"type": "string", "format": "uri"}, rel=TEXT, type=TEXT, title=TEXT),
    "landingPage": _object("title description links", title=TEXT, description=TEXT, links=LINKS),
    "confClasses": _object("conformsTo", conformsTo=_array(TEXT)),
    "collections": _object("links collections", links=LINKS, collections=_array(_ref("collection"))),
    "collection": _object(
        "id title description links itemType crs",
        id=TEXT,
        title=TEXT,
        description=TEXT,
        links=LINKS,
        itemType=_only("feature"),
        crs=_array(TEXT),
        extent=_object(
            spatial=_object("bbox crs", bbox=_array(_array({"type": "number"}, minItems=4, maxItems=4)), crs=TEXT),
            temporal=_object(
                "interval trs", interval=_array(_array(MOMENT | {"nullable": True}, minItems=2, maxItems=2)), trs=TEXT
            ),
        ),
    ),
    "feature": _object(
        "type id geometry properties",
        type=_only("Feature"),
        id=TEXT,
        geometry=_ref("geometry"),
        properties={"type": "object"},
        links=LINKS,
    ),
    "featureCollection": _object(
        "type links timeStamp numberMatched numberReturned features",
        type=_only("FeatureCollection"),
        links=LINKS,
        timeStamp=MOMENT,
        numberMatched=COUNT,
        numberReturned=COUNT,
        features=_array(_ref("feature")),
    ),
    "geometry": _object(
        "type coordinates", type={"type": "string", "enum": ["Point", "MultiPoint"]}, coordinates=_array({})
    )
    | {"nullable": True, "description": "One position, or several; null for what is published at none."},
    "problem": _object(
        "type title status detail",
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        errors={"type": "object", "additionalProperties": _array(TEXT)},
    ),
}


def parameters(page: int, most: int) -> Json:
    """What features can be asked; `page` of them at once unless more are asked for, and never above `most`."""
    box = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    number = {"type": "integer", "minimum": 1, "maximum": most, "default": page}
    return {
        "bbox": _query(
            "bbox",
            box,
            "West, south, east and north in degrees (WGS 84), or six numbers with the lowest height third and the "
            "highest last. Finds the features with a point inside, its edges included, and those without a geometry.",
        ),
        "datetime": _query(
            "datetime",
            TEXT,
            "A moment or an interval of RFC 3339, an open end as `..` or empty. Finds the features whose time may "
            "touch it, and those of no known time.",
        ),
        "limit": _query("limit", number, f"The most features of a page; above {most} counts as {most}."),
        "cursor": _query("cursor", TEXT, "Where the page starts: follow the links of its pages."),
        "f": _query("f", _only("json"), "The form of the answer, of which there is one."),
    }


def _query(name: str, schema: Json, said: str) -> Json:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": said,
        "schema": schema,
        "style": "form",
        "explode": False,
    }
