"""What the service can do, and where."""

from typing import Any

from django.urls import reverse

from .candidates import type_of
from .queries import MOST_QUERIES, TYPES

NAME = "Caspian Heritage Register"
WIDTH, HEIGHT = 430, 320  # pixels of a preview
_ANY = "{{id}}"
_SUGGESTED = ("entity", "type", "property")


def of(host: str) -> dict[str, Any]:
    """The manifest, with addresses that begin with the host."""
    here = (host + reverse("reconcile:service")).removesuffix("/")
    return {
        "versions": ["0.2"],
        "name": NAME,
        "identifierSpace": host + reverse("reconcile:record", args=["_"]).removesuffix("_/"),
        "schemaSpace": host + reverse("registry:data-fields"),
        "documentation": host + reverse("api:docs"),
        "view": {"url": host + reverse("reconcile:record", args=["_"]).replace("_", _ANY)},
        "preview": {
            "url": host + reverse("reconcile:preview", args=["_"]).replace("_", _ANY),
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {name: {"service_url": here, "service_path": f"/suggest/{name}/"} for name in _SUGGESTED},
        "extend": {"propose_properties": {"service_url": here, "service_path": "/properties/"}},
        "defaultTypes": [type_of(model) for model in TYPES.values()],
        "batchSize": MOST_QUERIES,
    }
